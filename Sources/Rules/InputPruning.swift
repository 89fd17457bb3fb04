import DataFrames
import Learning
import Tensors

/// The columns that a model needs (RxREN: Augasta & Kathirvalavakumar, *Reverse engineering the neural networks for
/// rule extraction in classification problems*, Neural Processing Letters 35, 2012).
///
/// Each column in turn is given its mean, or its commonest word, in all rows; those that change the fewest of the
/// model's answers go, as many together as change no more than a share of them.
struct InputPruning: Sendable {
  /// The share of the model's answers that may change.
  var loss: Double
  /// The widest table that is pruned: each column costs the model's answers to two hundred rows or more.
  var maximumColumns = 1000

  /// The columns that are left, ascending; all of them where there is no time to find out.
  /// - Throws: what keeps the model from answering.
  /// - Complexity: O(columns + log columns) questions of at least 200 rows
  func neededColumns(_ task: ExtractionTask) throws -> [Int] {
    let width = task.features.count
    let all = Array(0..<width)
    guard width > 1, width <= maximumColumns else { return all }
    let budget = task.budget.first(0.15)
    let count = min(task.rows.rows, max(200, 200_000 / width))
    let chosen = (0..<count).map { $0 * task.rows.rows / count }
    let rows = task.rows.selectingRows(chosen)
    let labels = chosen.map { task.labels[$0] }
    let fill = (0..<width).map { Self.usual(task.rows, column: $0, isNumber: task.features[$0].levelCount == nil) }
    @Sendable func changes(_ columns: ArraySlice<Int>) throws -> Int {
      var blank = rows
      for column in columns {
        for row in 0..<count { blank.elements[row * width + column] = fill[column] }
      }
      return zip(Metrics.classes(try task.answers(to: blank, workers: .one)), labels).count { $0 != $1 }
    }
    let found = try task.workers.silent.tryMap(count: width) { column in
      budget.isSpent ? nil : try changes([column])
    }
    let counts = found.compactMap { $0 }
    guard counts.count == width else { return all }
    let order = counts.risingOrder()
    let allowed = Int(loss * Double(count))
    var low = 0
    var high = width - 1
    // More columns seldom change fewer answers; where they do, some columns stay that could go.
    while low < high {
      let middle = (low + high + 1) / 2
      if try changes(order[..<middle]) <= allowed { low = middle } else { high = middle - 1 }
    }
    return order[low...].sorted()
  }

  /// The mean of a column's numbers, or its commonest word; NaN where all cells are missing.
  private static func usual(_ rows: Matrix, column: Int, isNumber: Bool) -> Double {
    let known = (0..<rows.rows).map { rows[$0, column] }.filter { !$0.isNaN }
    if known.isEmpty { return .nan }
    if isNumber { return known.reduce(0) { $0 + $1 / Double(known.count) } }
    let counts = Dictionary(known.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.max { $0.value != $1.value ? $0.value < $1.value : $0.key > $1.key }?.key ?? .nan
  }
}
