import DataFrames
import Learning
import Rules
import Surrogates
import Tensors
import Trees

/// Everything about one data set and one model: the model is trained once, and all parts are of that one.
public struct ReportRun: Sendable {
  /// A part that is not there, and why.
  public struct Missing: Sendable {
    /// The name of the part.
    public let part: String
    /// Why it is not there.
    public let reason: String
  }

  /// The data.
  public let table: LearningTable
  /// The model with its answers to every row.
  public let explained: ExplainedModel
  /// How it was computed.
  public let options: RunSettings
  /// How good the model is; nil where no row tells.
  public let evaluation: ModelEvaluation?
  /// Which columns matter; nil where it is missing.
  public let importance: ImportanceRun?
  /// A tree of the model; nil where it is missing.
  public let tree: TreeRun?
  /// A regression of the model; nil where it is missing.
  public let regression: RegressionRun?
  /// Rules of the model; nil where they are missing.
  public let rules: RulesRun?
  /// The explained rows: the typical ones, then the surprising ones.
  public let lime: LimeRun
  /// The numbers of rows that together show most of what drives the model.
  public let typical: [Int]
  /// The numbers of the rows with the largest errors, the largest first.
  public let surprising: [Int]
  /// The parts that are not there.
  public let missing: [Missing]
  /// A column that tells the target all alone, with how well it does so.
  public let leak: (column: String, score: Double, metric: String)?
  /// The rows that are the same as an earlier one in all columns.
  public let duplicates: Int
  /// How long each step took, in order.
  public let seconds: [(step: String, seconds: Double)]

  /// Features beyond which rules and a regression on all columns are left out.
  public static let featureLimit = 500
  private static let typicalCount = 4
  private static let surprisingCount = 4

  /// Computes all parts.
  /// - Throws: what keeps the model from being trained or from answering.
  public static func run(_ table: LearningTable, model: ModelRequest, options: RunSettings) throws -> ReportRun {
    var clock = StepClock()
    let explained = try ExplainedModel.make(table, model, options)
    clock.ends("model")
    var missing: [Missing] = []
    func attempt<Part>(_ part: String, _ body: () throws -> Part) -> Part? {
      do {
        return try body()
      } catch {
        missing.append(Missing(part: part, reason: Failure(error).text))
        return nil
      }
    }
    let evaluation = ModelEvaluation(table, explained, run: options)
    let duplicates = Self.duplicates(table)
    clock.ends("figures")
    let importance = attempt("importance") { try Self.importance(table, explained, model, options) }
    let leak = Self.leak(table, explained.trained, importance, options)
    clock.ends("importance")
    let tree = attempt("tree") {
      try TreeRun.run(
        table, explained,
        TreeRun.Request(
          tree: DecisionTree(maximumDepth: 3), isPruned: false, classWeights: nil, isOneHot: false,
          repeats: 5, run: options))
    }
    clock.ends("tree")
    let regression = attempt("regression") { try Self.regression(table, explained, options) }
    clock.ends("regression")
    var rules: RulesRun?
    if table.target.classNames == nil {
      missing.append(Missing(part: "rules", reason: "rules are for classes; for a number the tree above says the same"))
    } else if table.encoding.features.count > Self.featureLimit || table.rows.elements.count > 5_000_000 {
      missing.append(
        Missing(part: "rules", reason: "the table is too large for rules in a report; xai-tab rules makes them"))
    } else {
      rules = attempt("rules") {
        try RulesRun.run(
          table, explained, method: explained.trained.kind == .forest ? ForestRules() : RuleExtractors.baseline,
          budget: .unlimited, limits: ExtractionLimits(maximumRules: 30, maximumMemory: 1000 << 20),
          testFraction: model.testFraction, run: options)
      }
    }
    clock.ends("rules")
    let surprising = Self.surprising(table, explained)
    var lime = LimeRun(table, explained.trained, Self.request(table, options), workers: options.workers)
    let candidates = Self.candidates(table, explained, lime, apart: Set(surprising))
    try lime.explain(candidates, classes: .predicted, workers: options.workers(showing: "explaining rows"))
    lime.keepRepresentativeRows(Self.typicalCount)
    let typical = lime.rows.map(\.number)
    try lime.explain(typical + surprising, classes: .leading(2), workers: options.workers)
    clock.ends("rows")
    return ReportRun(
      table: table, explained: explained, options: options, evaluation: evaluation, importance: importance, tree: tree,
      regression: regression, rules: rules, lime: lime, typical: typical, surprising: surprising, missing: missing,
      leak: leak, duplicates: duplicates, seconds: clock.steps)
  }

  private static func importance(
    _ table: LearningTable, _ explained: ExplainedModel, _ model: ModelRequest, _ options: RunSettings
  ) throws -> ImportanceRun {
    let features = table.encoding.features
    let isProgram = explained.trained.kind.isProgram
    let limit = explained.trained.ensemble != nil ? Int.max : isProgram ? 30 : 200
    var groups = ImportanceRun.Groups.single
    if features.count > limit {
      // What the model says is told best by these, one by one.
      let answers = explained.answers
      let values = (0..<answers.rows).map { answers[$0, answers.columns - 1] }
      groups = .only(
        ColumnScreening.best(features, rows: table.rows, values: values, limit: limit, workers: options.workers))
    }
    return try ImportanceRun.run(
      table, explained.trained,
      ImportanceRun.Request(
        method: .permute, repeats: explained.trained.kind == .command ? 2 : 10, groups: groups,
        // Accuracy hardly moves where a model is sure of itself; log loss does.
        score: table.target.classNames == nil ? .r2 : .logLoss, run: options, model: model))
  }

  private static func regression(_ table: LearningTable, _ explained: ExplainedModel, _ options: RunSettings) throws
    -> RegressionRun
  {
    let count = table.encoding.features.count
    let rows = explained.fitted.count
    let top = count > 20 || count * 3 > rows ? min(20, max(1, rows / 5)) : nil
    let output = table.target.classNames.map { names -> Int in
      if names.count == 2 { return 1 }
      let classes = Metrics.classes(explained.answers)
      let counts = names.indices.map { name in classes.count { $0 == name } }
      return counts.argmax()
    }
    return try RegressionRun.run(
      table, explained,
      RegressionRun.Request(
        regression: LinearRegression(hasIntercept: true, errors: .classical, confidence: 0.95), top: top,
        isLogit: false,
        output: output, seed: options.seed), workers: options.workers)
  }

  private static func request(_ table: LearningTable, _ options: RunSettings) -> RowExplainer.Request {
    RowExplainer.Request(columns: table.encoding.features.count, limit: 8, seed: options.seed)
  }

  /// Rows that the model was not trained on, if there are any of known target; else all.
  private static func pool(_ table: LearningTable, _ explained: ExplainedModel) -> [Int] {
    let known = Set(table.target.knownRows)
    let heldOut = explained.trained.isTrainedHere ? explained.heldOut.filter { known.contains($0) } : []
    if !heldOut.isEmpty { return heldOut }
    return known.isEmpty ? Array(0..<table.rows.rows) : table.target.knownRows
  }

  /// The numbers of rows from which the typical ones are picked: evenly from the pool, as many as are explained
  /// quickly.
  private static func candidates(
    _ table: LearningTable, _ explained: ExplainedModel, _ lime: LimeRun, apart: Set<Int>
  ) -> [Int] {
    let all = pool(table, explained).map { $0 + 1 }
    let rest = all.filter { !apart.contains($0) }
    let rows = rest.isEmpty ? all : rest
    let isProgram = explained.trained.kind.isProgram
    let limit = isProgram ? 8 : lime.method == "exact" ? (table.encoding.features.count > featureLimit ? 60 : 300) : 24
    if rows.count <= limit { return rows }
    return (0..<limit).map { rows[$0 * rows.count / limit] }
  }

  /// The numbers of the rows that the model is most wrong about, the most wrong first.
  private static func surprising(_ table: LearningTable, _ explained: ExplainedModel) -> [Int] {
    let rows = pool(table, explained)
    let answers = explained.answers
    let losses: [(row: Int, loss: Double)] =
      switch table.target {
      case .classes(let codes, _):
        rows.filter { codes[$0] >= 0 && codes[$0] < answers.columns }.map { ($0, 1 - answers[$0, codes[$0]]) }
      case .values(let values):
        rows.filter { !values[$0].isNaN }.map { ($0, (values[$0] - answers[$0, 0]).magnitude) }
      }
    return losses.sorted { ($1.loss, $0.row) < ($0.loss, $1.row) }.prefix(surprisingCount).map { $0.row + 1 }
  }

  /// The number of rows whose features and target are those of an earlier row.
  private static func duplicates(_ table: LearningTable) -> Int {
    var seen: Set<[UInt64]> = []
    let columns = table.rows.columns
    return (0..<table.rows.rows).count { row in
      var key = (0..<columns).map { column in
        let cell = table.rows.elements[row * columns + column]
        return cell.isNaN ? UInt64.max : cell.bitPattern
      }
      switch table.target {
      case .classes(let codes, _): key.append(UInt64(bitPattern: Int64(codes[row])))
      case .values(let values): key.append(values[row].isNaN ? .max : values[row].bitPattern)
      }
      return !seen.insert(key).inserted
    }
  }

  /// How well a column must do all alone to be told of.
  private static let leakBound = 0.97

  /// The best of the most important columns at telling the target all alone, if it does so nearly without error: by a
  /// tree of depth 3 that is grown on the model's training rows and measured on others.
  private static func leak(
    _ table: LearningTable, _ trained: TrainedModel, _ importance: ImportanceRun?, _ options: RunSettings
  ) -> (column: String, score: Double, metric: String)? {
    guard let importance, trained.isTrainedHere, trained.split.heldOut.count >= 20, table.encoding.features.count > 1
    else { return nil }
    let score: Score = table.target.classNames == nil ? .r2 : .balancedAccuracy
    let columns = importance.entries.prefix(20).flatMap(\.columns)
    let training = table.dataset(trained.split.training)
    let rest = table.dataset(trained.split.heldOut)
    let scores = columns.map { column in
      let data = Dataset(
        features: [training.features[column]], rows: training.rows.selectingColumns([column]), target: training.target)
      var generator = SeededGenerator(seed: options.seed, purpose: .tree)
      let tree = DecisionTree(maximumDepth: 3).fit(data, workers: options.workers.silent, using: &generator)
      return score.value(tree.predict(rest.rows.selectingColumns([column]), workers: .one), rest.target)
    }
    guard let best = scores.indices.max(by: { scores[$0] < scores[$1] }), scores[best] >= leakBound else { return nil }
    return (training.features[columns[best]].name, scores[best], score.name)
  }
}

/// How long the steps of a piece of work take.
public struct StepClock {
  private var last = ContinuousClock.now
  /// The steps that have ended, each with its seconds.
  public private(set) var steps: [(step: String, seconds: Double)] = []

  /// Ends a step, which began when the one before it ended.
  public mutating func ends(_ step: String) {
    let now = ContinuousClock.now
    steps.append((step, (now - last) / .seconds(1)))
    last = now
  }
}
