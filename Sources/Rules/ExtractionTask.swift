public import DataFrames
public import Learning
public import Tensors
public import Trees

/// What rules are extracted from: rows with their classes, a model's or the data's own, and what bounds the work.
public struct ExtractionTask: Sendable {
  /// The columns.
  public var features: [Feature]
  /// The names of the classes.
  public var classNames: [String]
  /// The rows to learn from, `[n, features]`.
  public var rows: Matrix
  /// The class of each of them: what the model says, or what the data say where there is no model.
  public var labels: [Int]
  /// The model; nil where there is none.
  public var model: (any Predictor)?
  /// The trees whose mean the model is; nil where it is none.
  public var ensemble: TreeEnsemble?
  /// How long the work may take.
  public var budget: Budget
  /// What else bounds it.
  public var limits: ExtractionLimits
  /// The seed of random rows.
  public var seed: UInt64
  /// The threads.
  public var workers: Workers

  /// A task over rows that the model is asked about at once.
  /// - Throws: what keeps the model from answering.
  public init(
    features: [Feature], classNames: [String], rows: Matrix, model: any Predictor, ensemble: TreeEnsemble? = nil,
    budget: Budget = .unlimited, limits: ExtractionLimits = ExtractionLimits(), seed: UInt64, workers: Workers
  ) throws {
    self.init(
      features: features, classNames: classNames, rows: rows,
      labels: Metrics.classes(try model.predict(rows, workers: workers.silent)), budget: budget, limits: limits,
      seed: seed, workers: workers)
    self.model = model
    self.ensemble = ensemble
  }

  /// A task over rows with the classes that the data give them, without a model.
  public init(
    features: [Feature], classNames: [String], rows: Matrix, labels: [Int], budget: Budget = .unlimited,
    limits: ExtractionLimits = ExtractionLimits(), seed: UInt64, workers: Workers
  ) {
    self.features = features
    self.classNames = classNames
    self.rows = rows
    self.labels = labels
    self.budget = budget
    self.limits = limits
    self.seed = seed
    self.workers = workers
  }

  /// The rows with their classes, to learn from.
  var dataset: Dataset { Dataset(features: features, rows: rows, target: .classes(labels, names: classNames)) }

  /// What the model says of rows `[n, features]`: the probabilities of the classes.
  /// - Throws: `ExtractionError.needsModel`, and what keeps the model from answering.
  func answers(to rows: Matrix, workers: Workers) throws -> Matrix {
    guard let model else { throw ExtractionError.needsModel }
    return try model.predict(rows, workers: workers)
  }

  /// The rows, and behind them random ones near them, with the model's classes; of the random ones as many as there is
  /// time for.
  /// - Throws: what keeps the model from answering.
  func reference(synthetic count: Int) throws -> (rows: Matrix, labels: [Int]) {
    let budget = budget.first(0.2)
    if count == 0 { return (rows, labels) }
    let source = SyntheticRows(rows, features: features)
    var cells = rows.elements
    var answers = labels
    for part in Workers.ranges(count, size: 4096).enumerated() where !budget.isSpent {
      let drawn = source.draw(part.element.count, seed: seed &+ UInt64(part.offset), workers: workers)
      answers += Metrics.classes(try self.answers(to: drawn, workers: workers.silent))
      cells += drawn.elements
    }
    return (Matrix(rows: answers.count, columns: rows.columns, elements: cells), answers)
  }

  /// The task without every fifth of its rows, on which forms of rules are then compared; of few rows none is set
  /// aside.
  func partedForComparison() -> (task: ExtractionTask, aside: (rows: Matrix, labels: [Int])) {
    let isEnough = labels.count >= RuleCommittee.leastRows
    let aside = isEnough ? labels.indices.filter { $0 % 5 == 4 } : []
    if aside.isEmpty { return (self, (Matrix(rows: 0, columns: rows.columns), [])) }
    let kept = labels.indices.filter { $0 % 5 != 4 }
    var task = self
    task.rows = rows.selectingRows(kept)
    task.labels = kept.map { labels[$0] }
    return (task, (rows.selectingRows(aside), aside.map { labels[$0] }))
  }

  /// The task over as many of its rows, spread over all, as its memory and its time allow, and what that leaves out.
  /// - Parameter cellBytes: what a cell of the rows takes while it is worked on; for most extractors the cell, its code
  ///   and room for copies.
  /// - Returns: the task to work on, and the cut if there is one.
  func withinBudget(cellBytes: Int = 20) -> (task: ExtractionTask, cuts: [Extraction.Cut]) {
    let cells = min(limits.maximumMemory / cellBytes, cellsInTime)
    let limit = max(50, cells / max(1, rows.columns))
    if rows.rows <= limit { return (self, []) }
    let kept = (0..<limit).map { $0 * rows.rows / limit }
    var task = self
    task.rows = rows.selectingRows(kept)
    task.labels = kept.map { labels[$0] }
    return (task, [.rows(kept: limit, of: rows.rows)])
  }

  /// How many cells can be put in order in the time that there is, with time left for what is done with them.
  private var cellsInTime: Int {
    if budget.isSpent { return 0 }
    guard let deadline = budget.deadline else { return .max }
    let seconds = ContinuousClock.now.duration(to: deadline) / .seconds(1)
    return Int(max(0, min(seconds, 1e6)) * Self.cellsPerSecond)
  }

  private static let cellsPerSecond = 3e6

  /// How many random rows make what the model does between the rows visible: 8,000 for small tables, fewer for those
  /// whose own rows show it, within the budget's memory.
  var syntheticCount: Int {
    let wanted = max(0, 8000 - rows.rows / 2)
    let cells = min(limits.maximumMemory / 64, cellsInTime / 2)
    return max(0, min(wanted, cells / max(1, rows.columns) - rows.rows))
  }

  /// Rules as they are printed: their bounds in few digits, and their counts on the rows.
  func finished(_ rules: RuleSet) -> RuleSet {
    rules.settled(rows).counted(rows, labels: labels, workers: workers)
  }

  /// A rule set of boxes, with the counts of the rows and the model's classes.
  func ruleSet(_ list: RuleCover.List, _ table: CutTable, semantics: RuleSet.Semantics = .firstMatch) -> RuleSet {
    RuleSet(
      features: features, classNames: classNames,
      rules: list.rules.map { Rule(table.conditions($0.box), then: $0.conclusion) }, defaultClass: list.defaultClass,
      semantics: semantics
    ).counted(rows, labels: labels, workers: workers)
  }
}

/// What a run may cost beside time.
public struct ExtractionLimits: Sendable {
  /// The most rules that are printed.
  public var maximumRules: Int
  /// The most bytes of working memory beside the data.
  public var maximumMemory: Int

  /// Limits.
  public init(maximumRules: Int = 500, maximumMemory: Int = 1 << 30) {
    self.maximumRules = maximumRules
    self.maximumMemory = maximumMemory
  }
}
