/// A deal of rows into folds for cross-validation.
public struct Folds: Sendable, Equatable {
  /// The rows of each fold, ascending.
  public let rows: [[Int]]

  /// Deals the rows whose target is known, at random, one class after the other, so that the folds' sizes and each
  /// class's shares in them differ by one row at most.
  /// - Parameters:
  ///   - target: the target of all rows.
  ///   - count: the number of folds, at least 2.
  ///   - generator: decides which fold a row falls in.
  public init(_ target: Target, count: Int, using generator: inout some RandomNumberGenerator) {
    precondition(count >= 2, "Folds: \(count) folds")
    var groups: [[Int]] = [target.knownRows]
    if case .classes(let codes, let names) = target {
      groups = [[Int]](repeating: [], count: names.count)
      for row in target.knownRows { groups[codes[row]].append(row) }
    }
    var folds = [[Int]](repeating: [], count: count)
    var next = 0
    for group in groups {
      for row in group.shuffled(using: &generator) {
        folds[next].append(row)
        next = (next + 1) % count
      }
    }
    rows = folds.map { $0.sorted() }
  }

  /// The rows of all folds but one, ascending.
  public func training(without fold: Int) -> [Int] {
    rows.indices.filter { $0 != fold }.flatMap { rows[$0] }.sorted()
  }
}
