import DataFrames
public import Learning
public import Surrogates
import Tensors
import Trees

/// Which columns matter to a model.
public struct ImportanceRun: Sendable {
  /// How a column is taken from the model.
  public enum Method: String, Sendable, CaseIterable {
    case permute
    case drop
    case mean
    case conditional
  }

  /// Which columns are spoilt together.
  public enum Groups: Sendable, Equatable {
    case single
    /// Those whose |Spearman| correlation is above `CorrelatedColumns`' threshold.
    case correlated
    case given([[String]])
    /// Each of these columns, and no other.
    case only([Int])
  }

  /// What is asked of the command.
  public struct Request: Sendable {
    /// How columns are taken away.
    public let method: Method
    /// How often each group is taken away.
    public let repeats: Int
    /// What is taken away together.
    public let groups: Groups
    /// What is measured.
    public let score: Score
    /// How it was computed.
    public let run: RunSettings
    /// How the model was made, so that it can be made again without a column.
    public let model: ModelRequest

    /// What is asked; by default every column by itself.
    public init(
      method: Method = .permute, repeats: Int = 10, groups: Groups = .single, score: Score, run: RunSettings,
      model: ModelRequest
    ) {
      self.method = method
      self.repeats = repeats
      self.groups = groups
      self.score = score
      self.run = run
      self.model = model
    }
  }

  /// The rows that are scored.
  public enum Scored: Sendable {
    case heldOut
    /// Training rows, each by the trees that did not see it.
    case outOfBag
    /// Training rows, by a model that has seen them.
    case training
    /// All rows of the file, by a model from elsewhere.
    case all
  }

  /// A group of columns with its importance.
  public struct Entry: Sendable {
    /// The indices of the columns.
    public let columns: [Int]
    /// How much worse the model does without them.
    public let importance: Importance
    /// The share of the trees' decrease of impurity; nil where the model is no trees that were grown here.
    public let impurity: Double?
  }

  /// The data.
  public let table: LearningTable
  /// The model.
  public let trained: TrainedModel
  /// What was asked.
  public let request: Request
  /// Which rows were scored.
  public let scored: Scored
  /// How many they are.
  public let rowsScored: Int
  /// The score with all columns.
  public let baseline: Double
  /// All groups, the most important first.
  public let entries: [Entry]

  /// Measures the columns.
  /// - Throws: what keeps the model from being trained again or from answering, and `UsageError`.
  public static func run(_ table: LearningTable, _ trained: TrainedModel, _ request: Request) throws
    -> ImportanceRun
  {
    let known = table.target.knownRows
    var rows = trained.split.heldOut
    var leftOut: [[Bool]]?
    let scored: Scored
    if !trained.isTrainedHere {
      scored = .all
      rows = known
    } else if !rows.isEmpty {
      scored = .heldOut
    } else {
      rows = trained.split.training
      leftOut = request.method == .drop ? nil : trained.drawn
      scored = leftOut == nil ? .training : .outOfBag
      if let mask = leftOut {
        // A row that every tree was grown on has no say.
        let isSpokenOf = rows.indices.map { row in mask.contains { !$0[row] } }
        leftOut = mask.map { drawn in rows.indices.filter { isSpokenOf[$0] }.map { drawn[$0] } }
        rows = rows.indices.filter { isSpokenOf[$0] }.map { rows[$0] }
      }
    }
    guard !rows.isEmpty else { throw TargetError.noValues(column: table.targetName) }
    let data = table.dataset(rows)
    let groups = try Self.groups(table, request, data.rows)
    let importances: [Importance]
    let baseline: Double
    if request.method == .drop {
      (baseline, importances) = try Self.retrained(table, trained, data, groups, request)
    } else {
      let workers = request.run.workers(showing: "scoring columns")
      let leaves = trained.ensemble.map { LeafTable($0, data.rows, isLeftOut: leftOut, workers: workers.silent) }
      // A program answers one question at a time.
      let isProgram = trained.kind.isProgram
      (baseline, importances) = try PermutationImportance(
        method: PermutationImportance.Method(rawValue: request.method.rawValue) ?? .permute, repeats: request.repeats,
        score: request.score, seed: request.run.seed
      ).measure(trained.model, leaves, data, groups: groups, workers: isProgram ? .one : workers)
    }
    let shares =
      trained.isTrainedHere
      ? trained.ensemble.flatMap { ImpurityImportance.of($0, columnCount: table.encoding.features.count) } : nil
    let entries = zip(groups, importances).map { group, importance in
      Entry(
        columns: group, importance: importance, impurity: shares.map { shares in group.reduce(0) { $0 + shares[$1] } })
    }.sortedFalling(by: \.importance.difference)
    return ImportanceRun(
      table: table, trained: trained, request: request, scored: scored, rowsScored: rows.count, baseline: baseline,
      entries: entries)
  }

  private static func groups(_ table: LearningTable, _ request: Request, _ rows: Matrix) throws -> [[Int]] {
    let features = table.encoding.features
    switch request.groups {
    case .single: return features.indices.map { [$0] }
    case .only(let columns): return columns.map { [$0] }
    case .correlated: return CorrelatedColumns.groups(features, rows: table.rows, workers: request.run.workers)
    case .given(let names):
      let places = Dictionary(features.enumerated().map { ($0.element.name, $0.offset) }) { first, _ in first }
      var isTaken = Set<Int>()
      let given = try names.map { names in
        try names.map { name in
          guard let place = places[name] else {
            throw ColumnError.unknown(name: name, names: features.map(\.name))
          }
          guard isTaken.insert(place).inserted else {
            throw UsageError.contradiction("--groups names \"\(name)\" twice")
          }
          return place
        }.sorted()
      }
      return given + features.indices.filter { !isTaken.contains($0) }.map { [$0] }
    }
  }

  /// Trains models without each group, on the same rows, and measures them on the same others.
  private static func retrained(
    _ table: LearningTable, _ trained: TrainedModel, _ data: Dataset, _ groups: [[Int]], _ request: Request
  ) throws -> (Double, [Importance]) {
    let workers = request.run.workers
    let baseline = request.score.value(try trained.model.predict(data.rows, workers: workers), data.target)
    let progress = request.run.workers(showing: "training without each column")
    var importances: [Importance] = []
    for (index, group) in groups.enumerated() {
      let removed = Set(group)
      let rest = table.encoding.features.indices.filter { !removed.contains($0) }
      guard !rest.isEmpty else { throw TableError.noFeatures(file: table.source.path, target: table.targetName) }
      let training = Dataset(
        features: rest.map { table.encoding.features[$0] }, rows: trained.training.rows.selectingColumns(rest),
        target: trained.training.target)
      let rows = data.rows.selectingColumns(rest)
      let spoilt = try (0..<request.repeats).map { turn in
        let model = try request.model.fit(training, seed: request.run.seed &+ UInt64(turn), workers: workers)
        return request.score.value(try model.predict(rows, workers: workers), data.target)
      }
      importances.append(Importance(request.score, baseline: baseline, spoilt: spoilt))
      progress.report(done: index + 1, of: groups.count)
    }
    return (baseline, importances)
  }

  /// The names of a group's columns.
  public func name(_ entry: Entry) -> String {
    entry.columns.map { table.encoding.features[$0].name }.joined(separator: " + ")
  }
}
