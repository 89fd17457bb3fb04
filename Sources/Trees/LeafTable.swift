public import Tensors

/// The leaves that rows fall into, kept so that the prediction with a few columns' cells replaced costs only the walks that
/// the replacement can change: of rows whose way down a tree tests one of those columns.
///
/// With a column that no tree uses nothing is walked at all. The predictions have the digits of `TreeEnsemble.predict`.
public struct LeafTable: Sendable {
  /// The trees.
  public let ensemble: TreeEnsemble
  /// The number of rows.
  public let rowCount: Int
  /// The rows' predictions, `[n, outputs]`.
  public let predictions: Matrix
  /// `[trees, rows]`.
  private let leaves: [Int32]
  /// The used columns' cells, `[rows, used columns]`.
  private let cells: [Float]
  /// For each tree and row whether the tree has no say in the row's prediction; nil: every tree has.
  private let isLeftOut: [[Bool]]?
  /// For each used column, in order, the trees that test it, ascending.
  private let treesOfSlot: [[Int]]
  private let slotOfColumn: [Int: Int]

  /// Walks all rows down all trees.
  /// - Parameters:
  ///   - ensemble: the trees.
  ///   - rows: `[n, features]` in the user's columns.
  ///   - isLeftOut: for each tree the rows whose prediction it has no say in, such as those it was grown on; nil: none. A row
  ///     that no tree speaks of has the prediction NaN.
  ///   - workers: share the trees.
  /// - Complexity: O(n · trees · depth)
  public init(_ ensemble: TreeEnsemble, _ rows: Matrix, isLeftOut: [[Bool]]? = nil, workers: Workers) {
    self.ensemble = ensemble
    self.isLeftOut = isLeftOut
    rowCount = rows.rows
    var cells = [Float](repeating: 0, count: rows.rows * ensemble.columns.count)
    for row in 0..<rows.rows {
      for (slot, column) in ensemble.columns.enumerated() {
        cells[row * ensemble.columns.count + slot] = Float(rows.elements[row * rows.columns + column])
      }
    }
    let walked = workers.map(count: ensemble.trees.count) { [cells] tree in
      var leaves = [Int32](repeating: 0, count: rows.rows)
      ensemble.trees[tree].walk(Array(0..<Int32(rows.rows)), into: &leaves, width: ensemble.columns.count) {
        row, slot in
        cells[row &* ensemble.columns.count &+ slot]
      }
      return leaves
    }
    self.cells = cells
    leaves = walked.flatMap { $0 }
    var treesOfSlot = [[Int]](repeating: [], count: ensemble.columns.count)
    for (index, tree) in ensemble.trees.enumerated() {
      for slot in Set(tree.nodes.filter { !$0.isLeaf }.map { Int($0.slot) }).sorted() {
        treesOfSlot[slot].append(index)
      }
    }
    self.treesOfSlot = treesOfSlot
    slotOfColumn = Dictionary(uniqueKeysWithValues: ensemble.columns.enumerated().map { ($0.element, $0.offset) })
    predictions = Self.sum(ensemble, leaves, rows.rows, isLeftOut, replaced: [:])
  }

  /// Whether any tree tests one of the user's columns.
  public func tests(_ columns: [Int]) -> Bool { columns.contains { slotOfColumn[$0] != nil } }

  /// The number of the leaf of each row in a tree.
  public func leafNumbers(tree: Int) -> [Int] { leaves[(tree * rowCount)..<((tree + 1) * rowCount)].map { Int($0) } }

  /// The predictions with the cells of some columns replaced.
  /// - Parameters:
  ///   - columns: the user's columns.
  ///   - replacement: for each of them n cells.
  /// - Returns: `[n, outputs]`.
  /// - Complexity: O(n · trees), and a walk for each row and tree where the way down tests one of the columns
  public func predictions(replacing columns: [Int], with replacement: [[Double]]) -> Matrix {
    var places = [Int32](repeating: -1, count: ensemble.columns.count)
    var others: [Float] = []
    var affected: Set<Int> = []
    for (column, values) in zip(columns, replacement) {
      guard let slot = slotOfColumn[column] else { continue }
      places[slot] = Int32(others.count / max(1, rowCount))
      others += values.map { Float($0) }
      affected.formUnion(treesOfSlot[slot])
    }
    if affected.isEmpty { return predictions }
    let width = ensemble.columns.count
    let count = rowCount
    var replaced: [Int: [Int32]] = [:]
    for index in affected.sorted() {
      let tree = ensemble.trees[index]
      let before = leaves[(index * count)..<((index + 1) * count)]
      let passes = tree.leavesBehindTests { places[$0] >= 0 }
      var rows: [Int32] = []
      for (row, leaf) in before.enumerated() where passes[Int(leaf)] && !(isLeftOut?[index][row] ?? false) {
        rows.append(Int32(row))
      }
      var after = Array(before)
      cells.withUnsafeBufferPointer { cells in
        others.withUnsafeBufferPointer { others in
          places.withUnsafeBufferPointer { places in
            tree.walk(rows, into: &after, width: width) { row, slot in
              let place = Int(places[slot])
              return place < 0 ? cells[row &* width &+ slot] : others[place &* count &+ row]
            }
          }
        }
      }
      replaced[index] = after
    }
    return Self.sum(ensemble, leaves, count, isLeftOut, replaced: replaced)
  }

  /// The mean of the trees' leaves in the order of the trees, as `TreeEnsemble.predict` takes it.
  private static func sum(
    _ ensemble: TreeEnsemble, _ leaves: [Int32], _ rowCount: Int, _ isLeftOut: [[Bool]]?, replaced: [Int: [Int32]]
  ) -> Matrix {
    let outputs = ensemble.outputs
    var sums = [Double](repeating: 0, count: rowCount * outputs)
    var counts = [Double](repeating: 0, count: rowCount)
    for (index, tree) in ensemble.trees.enumerated() {
      let own = replaced[index]
      let mask = isLeftOut?[index]
      tree.leafValues.withUnsafeBufferPointer { values in
        leaves.withUnsafeBufferPointer { leaves in
          for row in 0..<rowCount {
            if let mask, mask[row] { continue }
            let leaf = Int(own?[row] ?? leaves[index &* rowCount &+ row])
            counts[row] += 1
            for output in 0..<outputs { sums[row &* outputs &+ output] += values[leaf &* outputs &+ output] }
          }
        }
      }
    }
    for place in sums.indices { sums[place] /= counts[place / outputs] }
    return Matrix(rows: rowCount, columns: outputs, elements: sums)
  }
}

extension Tree {
  /// For each leaf whether the way to it passes a test of a column, told by its slot.
  fileprivate func leavesBehindTests(_ isTold: (_ slot: Int) -> Bool) -> [Bool] {
    var isBehind = [Bool](repeating: false, count: nodes.count)
    var leaves = [Bool](repeating: false, count: leafCount)
    // Children stand behind their parents.
    for (index, node) in nodes.enumerated() {
      if node.isLeaf {
        leaves[node.leaf] = isBehind[index]
      } else {
        let isFlagged = isBehind[index] || isTold(Int(node.slot))
        isBehind[Int(node.firstChild)] = isFlagged
        isBehind[Int(node.firstChild) + 1] = isFlagged
      }
    }
    return leaves
  }

  /// Puts the leaf of each of `rows` in its place; eight rows walk together, so that one's step waits where another's need not.
  @inline(__always)
  fileprivate func walk(
    _ rows: [Int32], into leaves: inout [Int32], width: Int, cell: (_ row: Int, _ slot: Int) -> Float
  ) {
    if width == 0 { return }
    let lanes = Self.laneCount
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * lanes) { places in
      nodes.withUnsafeBufferPointer { nodes in
        for first in stride(from: 0, to: rows.count, by: lanes) {
          for lane in 0..<lanes {
            places[lane] = 0
            places[lanes + lane] = rows[min(first + lane, rows.count - 1)]
          }
          var flags: UInt32 = 0
          while flags & Node.leafFlag == 0 {
            flags = .max
            for lane in 0..<lanes {
              let node = nodes[Int(places[lane])]
              let value = cell(Int(places[lanes + lane]), Int(node.slot))
              let goesLeft: Bool
              if value.isNaN || node.isLeaf {
                goesLeft = node.missingGoesLeft
              } else if node.isCategorical {
                goesLeft = setContains(node, Int(value))
              } else {
                goesLeft = value <= node.threshold
              }
              places[lane] = node.firstChild &+ (goesLeft ? 0 : 1)
              flags &= node.flags
            }
          }
          for lane in 0..<min(lanes, rows.count - first) {
            leaves[Int(rows[first + lane])] = Int32(truncatingIfNeeded: nodes[Int(places[lane])].leaf)
          }
        }
      }
    }
  }
}
