public import Tensors

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
    /// The decision graph was composed of smaller trees than asked for, with at least a share of the rows on each side
    /// of a cut.
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
  case needsForest(method: String)
  /// The method asks a model, and the task has none.
  case needsModel
  /// The target is a number.
  case needsClasses
  /// The method needs columns of numbers.
  case needsNumbers(method: String)

  /// The message, in one line.
  public var description: String {
    switch self {
    case .needsNetwork(let method):
      "\(method) takes the hidden layers of a feed-forward network apart, and the model has none (--model network, or "
        + "a file of one)"
    case .needsForest(let method): "\(method) takes the trees of a forest apart; the model is none (--model forest)"
    case .needsModel: "the method asks a model, and there is none"
    case .needsClasses: "rules tell classes apart, and the target is a number (--above makes classes of it)"
    case .needsNumbers(let method): "\(method) needs columns of numbers, and there are none"
    }
  }
}
