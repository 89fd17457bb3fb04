public import Learning
import RealModule
public import Tensors
public import Trees

/// C4.5rules: a decision list from an unpruned C4.5 tree (Quinlan, *C4.5: Programs for Machine Learning*, 1993, chapter
/// 5).
///
/// Every path becomes a rule and loses the tests that its expected errors do not need; each class keeps the rules of
/// the shortest description; the classes are put in order, the one whose rules are wrong about the fewest rows first;
/// rows that no rule covers are of the class that is commonest among them; and rules without which the list makes fewer
/// errors go.
public struct C45Rules: Estimator, Equatable {
  /// How the tree is grown; it is never pruned. Its expected errors judge the rules too.
  public var tree = C45()
  /// The greatest expected share of errors of a rule.
  public var largestErrorShare = 0.5

  /// Quinlan's choices.
  public init() {}

  /// Learns rules from all rows of `data`, whose target is classes; no random numbers are drawn.
  public func fit(_ data: Dataset, workers: Workers, using generator: inout some RandomNumberGenerator) -> RuleSet {
    fit(data, workers: workers)
  }

  /// As `fit(_:workers:using:)`.
  public func fit(_ data: Dataset, workers: Workers) -> RuleSet {
    fitWithin(data, workers: workers, budget: .unlimited).rules
  }

  /// As `fit(_:workers:)`, with a smaller tree and fewer rules where a budget is spent, and whether that left something
  /// out.
  func fitWithin(_ data: Dataset, workers: Workers, budget: Budget) -> (rules: RuleSet, isCut: Bool) {
    var unpruned = tree
    unpruned.isPruned = false
    let grown = unpruned.fit(data, workers: workers, budget: budget.first(0.5))
    let (rules, isCut) = rules(data, grown.tree, workers: workers, budget)
    return (rules, isCut || grown.isCut)
  }

  /// Rules of a tree that was grown on `data`.
  /// - Parameters:
  ///   - data: the rows, whose target is classes.
  ///   - tree: the tree, not pruned.
  ///   - workers: the threads that may share the work.
  /// - Returns: a list of rules of which the first that fires decides, each with its counts over all rows.
  /// - Complexity: O(leaves · tests² · rows / 64 + rules² · rows / 64)
  public func fit(_ data: Dataset, _ tree: C45Tree, workers: Workers) -> RuleSet {
    rules(data, tree, workers: workers, .unlimited).rules
  }

  private func rules(
    _ data: Dataset, _ tree: C45Tree, workers: Workers, _ budget: Budget
  ) -> (rules: RuleSet, isCut: Bool) {
    guard case .classes(let codes, let names) = data.target else {
      preconditionFailure("C45Rules: the target is a number")
    }
    var ofClass = RowBits(rowCount: data.count)
    for index in names.indices { ofClass.append(rowCount: data.count) { codes[$0] == index } }
    let (candidates, isComplete) = candidates(data, tree, ofClass, budget.first(0.6), workers)
    let costs = TestBits(data.rows, levelCounts: data.levelCounts)
    let selecting = budget.first(0.8)
    let chosen = workers.map(count: names.count) { [ofClass] index in
      let own = candidates.filter { $0.conclusion == index }
      var covered = RowBits(rowCount: data.count)
      covered.words = own.flatMap(\.rows)
      let selection = RuleSelection(
        covered: covered, ofClass: Array(ofClass[index]), bits: own.map { costs.bits($0.tests) },
        rowCount: data.count, budget: selecting)
      return selection.choose().map { own[$0] }.sorted { $0.errorShare < $1.errorShare }
    }
    var list = RuleOrdering(chosen, ofClass, rowCount: data.count)
    list.dropHarmful(classes: codes, budget: budget.first(0.9))
    let isCut = !isComplete || selecting.isSpent
    let set = RuleSet(
      features: data.features, classNames: names,
      rules: list.rules.map { candidate in
        Rule(
          PathTest.conditions(candidate.tests), then: candidate.conclusion, support: Double(candidate.support),
          correct: Double(candidate.correct))
      }, defaultClass: list.defaultClass)
    return (set, isCut)
  }

  /// A rule that may be chosen.
  struct Candidate: Sendable {
    let tests: [PathTest]
    let conclusion: Int
    /// The rows that it covers.
    let rows: [UInt64]
    let support: Int
    let correct: Int
    let errorShare: Double
  }

  /// The different rules of the tree's paths that are not expected to be wrong too often, and whether there was time
  /// for all.
  private func candidates(
    _ data: Dataset, _ tree: C45Tree, _ ofClass: RowBits, _ budget: Budget, _ workers: Workers
  ) -> (candidates: [Candidate], isComplete: Bool) {
    let paths = PathTest.paths(of: tree)
    let general = RuleGeneralization(paths, data.rows, ofClass: ofClass, errors: self.tree.errors, workers: workers)
    let results = workers.map(count: paths.count) { path -> RuleGeneralization.Result? in
      budget.isSpent
        ? nil : general.generalize(paths[path].tests, conclusion: paths[path].conclusion)
    }
    var known: Set<Rule> = []
    var candidates: [Candidate] = []
    for case (let path, let result?) in zip(paths, results)
    where !result.tests.isEmpty && result.errorShare <= largestErrorShare {
      let conditions = PathTest.conditions(result.tests).sorted { ($0.columns.first ?? 0) < ($1.columns.first ?? 0) }
      guard known.insert(Rule(conditions, then: path.conclusion)).inserted else { continue }
      candidates.append(
        Candidate(
          tests: result.tests, conclusion: path.conclusion, rows: result.rows, support: result.support,
          correct: result.correct, errorShare: result.errorShare))
    }
    return (candidates, results.allSatisfy { $0 != nil })
  }
}

extension C45Rules: RuleExtractor {
  /// `c45rules`.
  public var name: String { "c45rules" }
  /// What the method does.
  public var summary: String { "learns from the data" }
  /// The data alone.
  public var requirement: ExtractionRequirement { .dataAlone }

  /// Extracts rules of the classes of the task's rows.
  public func extract(_ task: ExtractionTask) -> Extraction {
    let fitted = fitWithin(task.dataset, workers: task.workers.silent, budget: task.budget)
    return Extraction(rules: fitted.rules.settled(task.rows), cuts: fitted.isCut ? [.unfinishedTree] : [])
      .bounded(by: task.limits, task.rows, labels: task.labels, workers: task.workers)
  }
}

/// The bits that name a rule: for each test its column, and then one of two sides of one of the column's cuts, or a
/// category, by how common it is; less the order of the tests.
struct TestBits: Sendable {
  /// The bits of a test of each column.
  private let ofColumn: [Double]

  /// The bits of tests of the columns of `rows`.
  init(_ rows: Matrix, levelCounts: [Int?]) {
    let which = Double.log2(Double(max(1, rows.columns)))
    ofColumn = (0..<rows.columns).map { column in
      let cells = (0..<rows.rows).map { rows[$0, column] }.filter { !$0.isNaN }
      var counts: [Double: Int] = [:]
      for cell in cells { counts[cell, default: 0] += 1 }
      if levelCounts[column] == nil { return which + 1 + Double.log2(Double(max(1, counts.count - 1))) }
      let shares = counts.sorted { $0.key < $1.key }.map { Double($0.value) / Double(cells.count) }
      return which - shares.reduce(0) { $0 + $1 * Double.log2($1) }
    }
  }

  /// The bits of a rule.
  func bits(_ tests: [PathTest]) -> Double {
    tests.reduce(0) { $0 + ofColumn[$1.column] } - RuleSelection.bitsOfOrder(tests.count)
  }
}
