import DataFrames
import Learning
import RealModule
import Tensors

@testable import Trees

/// The slow twin of the split search: every split of a node that the fast search may find, each scored from its rows.
struct ExhaustiveSplit {
  let node: RandomNode
  let criterion: Criterion
  let minimumWeight: Double

  /// The least Σ weight · impurity over the two sides, or nil where no split leaves enough weight on both.
  var least: Double? {
    let sides = node.data.features.indices.flatMap { column in
      node.data.features[column].levelCount.map { categorySplits(column, levels: $0) } ?? numberSplits(column)
    }
    return sides.filter { side in
      let left = weight(side)
      return left >= minimumWeight && weight(side.map { !$0 }) >= minimumWeight
    }.map(loss).min()
  }

  /// Σ weight · impurity over the rows that go left and those that do not.
  func loss(goesLeft: [Bool]) -> Double {
    impurity(goesLeft) + impurity(goesLeft.map { !$0 })
  }

  private func weight(_ isIn: [Bool]) -> Double {
    zip(node.weights, isIn).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
  }

  private func impurity(_ isIn: [Bool]) -> Double {
    let total = weight(isIn)
    if total == 0 { return 0 }
    switch node.data.target {
    case .values(let values):
      var mean = 0.0
      for row in values.indices where isIn[row] { mean += node.weights[row] * values[row] / total }
      var sum = 0.0
      for row in values.indices where isIn[row] {
        sum += node.weights[row] * (values[row] - mean) * (values[row] - mean)
      }
      return sum
    case .classes(let codes, let names):
      let shares = names.indices.map { name in
        weight(codes.indices.map { isIn[$0] && codes[$0] == name }) / total
      }
      if criterion == .entropy { return -total * shares.reduce(0) { $0 + ($1 > 0 ? $1 * Double.log($1) : 0) } }
      return total * (1 - shares.reduce(0) { $0 + $1 * $1 })
    }
  }

  private func cells(_ column: Int) -> [Double] {
    (0..<node.data.count).map { node.data.rows[$0, column] }
  }

  /// `isLeft` for the known cells, with the missing ones on either side.
  private func bothWays(_ cells: [Double], _ isLeft: (Double) -> Bool) -> [[Bool]] {
    [true, false].map { missingLeft in cells.map { $0.isNaN ? missingLeft : isLeft($0) } }
  }

  private func numberSplits(_ column: Int) -> [[Bool]] {
    let cells = cells(column)
    return cells.filter { !$0.isNaN }.flatMap { bound in bothWays(cells) { $0 <= bound } }
  }

  /// All sets of categories; for more than two classes those that hold the categories in which a class has the
  /// largest shares.
  private func categorySplits(_ column: Int, levels: Int) -> [[Bool]] {
    let cells = cells(column)
    guard case .classes(let codes, let names) = node.data.target, names.count > 2 else {
      return (0..<1 << levels).flatMap { set in bothWays(cells) { set >> Int($0) & 1 == 1 } }
    }
    let present = Set(cells.filter { !$0.isNaN })
    return names.indices.flatMap { name in
      let share = Dictionary(
        uniqueKeysWithValues: present.map { level in
          let rows = cells.indices.filter { cells[$0] == level }
          let own = rows.filter { codes[$0] == name }.reduce(0) { $0 + node.weights[$1] }
          return (level, own / rows.reduce(0) { $0 + node.weights[$1] })
        })
      let order = present.sorted { ((share[$0] ?? 0), $0) < ((share[$1] ?? 0), $1) }
      return (1...max(1, order.count)).flatMap { count in
        let left = Set(order.prefix(count))
        return bothWays(cells) { left.contains($0) }
      }
    }
  }
}
