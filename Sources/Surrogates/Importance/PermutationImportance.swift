public import Learning
public import Tensors
public import Trees

/// How much worse a model does when a column's cells are put out of order (Breiman, 2001; Fisher, Rudin and Dominici,
/// *All Models are Wrong, but Many are Useful*, JMLR 20, 2019).
///
/// The importance of a column, or of a group of columns whose cells stay together, is the worsening of a score over
/// `repeats` shuffles: its mean and, as scikit-learn has it, its standard deviation over n. Each shuffle has random
/// numbers of its own, told by the group's first column and the repeat, so that a column's importance depends neither
/// on the other columns that are asked for nor on the number of threads.
public struct PermutationImportance: Sendable, Equatable {
  /// How a column is spoilt.
  public enum Method: String, Sendable, Equatable, CaseIterable {
    /// Its cells change places between all rows.
    case permute
    /// Its cells change places between rows that are alike in the other columns.
    case conditional
    /// Every cell is the column's mean, or its commonest category.
    case mean
  }

  /// How columns are spoilt.
  public var method: Method
  /// How many times; `mean` is the same each time and is done once.
  public var repeats: Int
  /// The score whose worsening is measured.
  public var score: Score
  /// Decides the shuffles.
  public var seed: UInt64

  /// A way to measure.
  public init(method: Method = .permute, repeats: Int = 10, score: Score, seed: UInt64 = 0) {
    precondition(repeats >= 1, "PermutationImportance: \(repeats) repeats")
    self.method = method
    self.repeats = repeats
    self.score = score
    self.seed = seed
  }

  /// Measures groups of columns on rows that the model was not fitted to.
  /// - Parameters:
  ///   - model: the model.
  ///   - table: the leaves of the same rows where the model is a mean of trees, which makes it many times faster; its
  ///     predictions then stand for the model's.
  ///   - data: the rows, of known target.
  ///   - groups: the columns of each group, none empty.
  ///   - workers: share the groups.
  /// - Returns: the score of the model itself, and an importance for each group.
  /// - Throws: what keeps the model from answering.
  /// - Complexity: O(groups · repeats) predictions of all rows
  public func measure(
    _ model: any Predictor, _ table: LeafTable?, _ data: Dataset, groups: [[Int]], workers: Workers
  ) throws -> (baseline: Double, importances: [Importance]) {
    let plain = try table?.predictions ?? model.predict(data.rows, workers: workers.silent)
    let baseline = score.value(plain, data.target)
    let importances = try workers.tryMap(count: groups.count) { index in
      let group = groups[index]
      if let table, !table.tests(group) {
        return Importance(score, baseline: baseline, spoilt: [Double](repeating: baseline, count: times))
      }
      return Importance(score, baseline: baseline, spoilt: try spoilt(group, model, table, data))
    }
    return (baseline, importances)
  }

  private var times: Int { method == .mean ? 1 : repeats }

  /// The scores with a group's cells spoilt, one a repeat.
  private func spoilt(_ group: [Int], _ model: any Predictor, _ table: LeafTable?, _ data: Dataset) throws -> [Double] {
    let shuffle = Shuffle(method, group, data, seed: seed)
    if let table {
      return Workers.ranges(times, size: LeafTable.replacementLimit).flatMap { range in
        table.predictions(replacing: group, withEach: range.map { shuffle.cells($0) }).map {
          score.value($0, data.target)
        }
      }
    }
    var rows = data.rows
    return try (0..<times).map { index in
      let cells = shuffle.cells(index)
      for (column, values) in zip(group, cells) {
        for row in 0..<data.count { rows[row, column] = values[row] }
      }
      return score.value(try model.predict(rows, workers: .one), data.target)
    }
  }
}

/// How much worse a model does without what a column says.
public struct Importance: Sendable, Equatable {
  /// The mean worsening of the score: positive where the model does worse without the column.
  public let difference: Double
  /// Its standard deviation over the repeats, over n.
  public let standardDeviation: Double
  /// The mean error without the column by the model's error; NaN where the model makes none.
  public let ratio: Double
  /// (1 + the repeats that did no worse than the model) / (1 + repeats).
  public let p: Double
  /// The worsening in each repeat.
  public let differences: [Double]

  /// The importance from the model's score and its scores without the column.
  public init(_ score: Score, baseline: Double, spoilt: [Double]) {
    let differences = spoilt.map { score.isBetterLarger ? baseline - $0 : $0 - baseline }
    let count = Double(spoilt.count)
    let mean = differences.reduce(0, +) / count
    let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = score.error(baseline)
    difference = mean
    standardDeviation = (squares / count).squareRoot()
    ratio = error > 0 ? spoilt.reduce(0) { $0 + score.error($1) } / count / error : .nan
    p = (1 + Double(differences.count { $0 <= 0 })) / (1 + count)
    self.differences = differences
  }
}
