public import DataFrames
public import Learning
public import Tensors

/// What rules are extracted from: a model's answers to rows, and what bounds the work.
public struct ExtractionTask: Sendable {
  /// The columns.
  public var features: [Feature]
  /// The names of the classes.
  public var classNames: [String]
  /// The rows to learn from, `[n, features]`.
  public var rows: Matrix
  /// The model's class of each of them.
  public var labels: [Int]
  /// The model.
  public var model: any Predictor
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
    features: [Feature], classNames: [String], rows: Matrix, model: any Predictor,
    budget: Budget = .unlimited, limits: ExtractionLimits = ExtractionLimits(), seed: UInt64, workers: Workers
  ) throws {
    self.features = features
    self.classNames = classNames
    self.rows = rows
    self.model = model
    self.budget = budget
    self.limits = limits
    self.seed = seed
    self.workers = workers
    labels = Metrics.classes(try model.predict(rows, workers: workers.silent))
  }

  /// The rows, and behind them random ones near them, with the model's classes; of the random ones as many as there is time
  /// for.
  /// - Throws: what keeps the model from answering.
  func reference(synthetic count: Int) throws -> (rows: Matrix, labels: [Int]) {
    let budget = budget.first(0.2)
    if count == 0 { return (rows, labels) }
    let source = SyntheticRows(rows, features: features)
    var cells = rows.elements
    var answers = labels
    for part in Workers.ranges(count, size: 4096).enumerated() where !budget.isSpent {
      let drawn = source.draw(part.element.count, seed: seed &+ UInt64(part.offset), workers: workers)
      answers += Metrics.classes(try model.predict(drawn, workers: workers.silent))
      cells += drawn.elements
    }
    return (Matrix(rows: answers.count, columns: rows.columns, elements: cells), answers)
  }

  /// The task without every fifth of its rows, on which forms of rules are then compared; of few rows none is set aside.
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
  /// - Parameter cellBytes: what a cell of the rows takes while it is worked on; for most extractors the cell, its code and room
  ///   for copies.
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

  /// How many random rows make what the model does between the rows visible: 8,000 for small tables, fewer for those whose
  /// own rows show it, within the budget's memory.
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

/// Rules, and what a reader must know of their making.
public struct Extraction: Sendable {
  /// The rules as printed.
  public var rules: RuleSet
  /// The exact form of what the rules stand for, where the method has one.
  public var graph: DecisionGraph?
  /// What a budget cut short.
  public var cuts: [Cut]

  /// What a budget cut short.
  public enum Cut: Sendable, Equatable {
    /// Of so many candidates for rules only some were looked at.
    case candidates(kept: Int, of: Int)
    /// Of so many intermediate rules only some were put in terms of the inputs.
    case intermediateRules(kept: Int, of: Int)
    /// The decision graph was composed of smaller trees than asked for, with at least a share of the rows on each side of a
    /// cut.
    case coarserGraph(share: Double)
    /// The search for hyperplanes ended early.
    case planes(found: Int)
    /// Of so many rows only some were learned from, as there was no more memory.
    case rows(kept: Int, of: Int)
    /// A tree was left unfinished, so that some of its leaves hold rows of several classes.
    case unfinishedTree
    /// Candidates for rules were left when the time for choosing was over.
    case unfinishedChoice
    /// Of so many rules only some are printed; how often all of them decide as the model does on the rows learned from.
    case rules(kept: Int, of: Int, fidelity: Double)
  }

  /// The same with the first `maximumRules` of the rules, where there are more.
  /// - Parameters:
  ///   - limits: what bounds them.
  ///   - rows: rows that the cost is counted on, `[n, features]`.
  ///   - labels: their classes.
  ///   - workers: the threads that may share the work.
  /// - Returns: the rules within the bound, and what it costs.
  public func bounded(
    by limits: ExtractionLimits, _ rows: Matrix, labels: [Int], workers: Workers
  ) -> Extraction {
    let count = rules.rules.count
    if count <= limits.maximumRules { return self }
    let right = zip(rules.classes(rows, workers: workers), labels).count { $0 == $1 }
    var bounded = self
    bounded.rules.rules.removeLast(count - limits.maximumRules)
    bounded.cuts.append(
      .rules(kept: limits.maximumRules, of: count, fidelity: Double(right) / Double(max(1, labels.count))))
    return bounded
  }

  /// Rules, whole.
  public init(rules: RuleSet, graph: DecisionGraph? = nil, cuts: [Cut] = []) {
    self.rules = rules
    self.graph = graph
    self.cuts = cuts
  }
}

/// What keeps a method from a model.
public enum ExtractionError: Error, Equatable, CustomStringConvertible {
  /// The method looks at hidden layers and the model has none, or none in a chain.
  case needsNetwork(method: String)
  /// The method takes the trees of a forest apart.
  case needsForest
  /// The target is a number.
  case needsClasses
  /// The method needs columns of numbers.
  case needsNumbers(method: String)

  /// The message, in one line.
  public var description: String {
    switch self {
    case .needsNetwork(let method):
      "\(method) takes the hidden layers of a feed-forward network apart, and the model has none (--model network, or a file of one)"
    case .needsForest: "forest takes the trees of a forest apart; the model is none (--model forest)"
    case .needsClasses: "rules tell classes apart, and the target is a number (--above makes classes of it)"
    case .needsNumbers(let method): "\(method) needs columns of numbers, and there are none"
    }
  }
}

extension RuleSet {
  /// The rules with the numbers of rows for which each fires, and of those that are of its class.
  public func counted(_ rows: Matrix, labels: [Int], workers: Workers) -> RuleSet {
    let counts = workers.silent.map(count: rules.count) { index in
      var counts = (support: 0.0, correct: 0.0)
      for row in 0..<rows.rows where rules[index].fires(rows, row: row) {
        counts.support += 1
        if labels[row] == rules[index].conclusion { counts.correct += 1 }
      }
      return counts
    }
    var set = self
    for (index, count) in counts.enumerated() {
      set.rules[index].support = count.support
      set.rules[index].correct = count.correct
    }
    return set
  }
}
