import Rules
public import Runs

/// What a rule set does on a table, as JSON, `xai-tab/check/1`. Rows and rules count from 1. A list of rows ends after
/// `RuleTally.listLimit` of them; the count beside it does not.
public struct CheckJSON: HeadedObject, Equatable {
  /// The name and version of the JSON form.
  public static let schema = "xai-tab/check/1"
  let header: TableHeader
  let body: Body

  struct Body: Codable, Equatable {
    let model: ModelFacts?
    /// The file of the rules.
    let path: String
    let semantics: String
    let metrics: Metrics
    let uncovered: [Int]
    let uncoveredCount: Int
    let redundant: [Int]
    let rules: [Decisions]
    let against: Against?
    let warnings: [String]

    init(_ run: CheckRun) {
      model = run.trained.map { ModelFacts($0) }
      path = run.path
      semantics = run.set.semantics.rawValue
      metrics = Metrics(run.set, run.figures)
      uncovered = run.figures.uncovered.map { $0 + 1 }
      uncoveredCount = run.figures.uncoveredCount
      redundant = run.figures.redundant.map { $0 + 1 }
      rules = run.written.rules.enumerated().map { index, rule in
        Decisions(
          text: "IF \(RuleText.conditions(rule)) THEN \(RuleText.quoted(rule.then))",
          decided: run.figures.decided[index], right: run.figures.right[index])
      }
      against = run.other.map { other in
        Against(
          path: other.path,
          agreement: JSONNumber(1 - Double(other.differentCount) / Double(max(1, run.figures.rows))),
          different: other.different.map { $0 + 1 }, differentCount: other.differentCount,
          metrics: Metrics(other.set, other.figures))
      }
      warnings = run.warnings
    }
  }

  struct Against: Codable, Equatable {
    let path: String
    let agreement: JSONNumber
    let different: [Int]
    let differentCount: Int
    let metrics: Metrics
  }

  /// A rule and the rows that it decides.
  struct Decisions: Codable, Equatable {
    /// The rule in words.
    let text: String
    let decided: Int
    let right: Int
  }

  struct Metrics: Codable, Equatable {
    /// nil without a model.
    let fidelity: JSONNumber?
    let balancedFidelity: JSONNumber?
    let accuracy: JSONNumber
    let rules: Int
    let meanLength: JSONNumber
    let coverage: JSONNumber
    let overlap: JSONNumber
    let conflicts: JSONNumber

    init(_ set: RuleSet, _ figures: RuleFigures) {
      fidelity = figures.fidelity.isNaN ? nil : JSONNumber(figures.fidelity)
      balancedFidelity = figures.fidelity.isNaN ? nil : JSONNumber(figures.balancedFidelity)
      accuracy = JSONNumber(figures.accuracy)
      rules = set.rules.count
      meanLength = JSONNumber(set.meanLength)
      coverage = JSONNumber(figures.coverage)
      overlap = JSONNumber(figures.overlap)
      conflicts = JSONNumber(figures.conflicts)
    }
  }
}

extension CheckJSON {
  /// The object of a check.
  public init(_ run: CheckRun) {
    self.init(
      header: TableHeader(
        Self.schema, run.source, target: run.targetName, setAside: run.setAside, seed: run.seed), body: Body(run))
  }
}
