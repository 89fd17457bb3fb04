import DataFrames
import Rules

/// What a rule set does on a table, as JSON. Rows and rules count from 1. A list of rows ends after
/// `RuleTally.listLimit` of them; the count beside it does not.
struct CheckJSON: Encodable {
  let run: CheckRun
  /// Whether it is the last line behind those of all rows: then it has no lists of rows.
  var isClosing = false

  private enum Key: String, CodingKey {
    case schema, version, seed, data, model, metrics, uncovered, uncoveredCount, redundant, rules, against, warnings
    case rows, failed, sha256
  }

  private struct Against: Encodable {
    let path: String
    let agreement: JSONNumber
    /// nil where the rows have lines of their own.
    let different: [Int]?
    let differentCount: Int
    let metrics: Figures
  }

  private struct RuleRows: Encodable {
    let decided: Int
    let right: Int
  }

  private struct Figures: Encodable {
    let set: RuleSet
    let figures: RuleFigures

    enum Key: String, CodingKey {
      case fidelity, balancedFidelity, accuracy, rules, meanLength, coverage, overlap, conflicts
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      if !figures.fidelity.isNaN {
        try container.encode(figures.fidelity, forKey: .fidelity)
        try container.encode(figures.balancedFidelity, forKey: .balancedFidelity)
      }
      try container.encode(JSONNumber(figures.accuracy), forKey: .accuracy)
      try container.encode(set.rules.count, forKey: .rules)
      try container.encode(JSONNumber(set.meanLength), forKey: .meanLength)
      try container.encode(JSONNumber(figures.coverage), forKey: .coverage)
      try container.encode(JSONNumber(figures.overlap), forKey: .overlap)
      try container.encode(JSONNumber(figures.conflicts), forKey: .conflicts)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    if isClosing {
      try container.encode(run.source.rows + run.source.skippedRecords, forKey: .rows)
      try container.encode(run.source.skippedRecords, forKey: .failed)
      try container.encode(run.source.sha256, forKey: .sha256)
    } else {
      try container.encode("xai-tab/check/1", forKey: .schema)
      try container.encode(Provenance.version, forKey: .version)
      try container.encode(run.seed, forKey: .seed)
      try container.encode(DataFacts(run.source, target: run.targetName), forKey: .data)
      if let trained = run.trained { try container.encode(ModelFacts(trained), forKey: .model) }
      try container.encode(run.figures.uncovered.map { $0 + 1 }, forKey: .uncovered)
    }
    try container.encode(Figures(set: run.set, figures: run.figures), forKey: .metrics)
    try container.encode(run.figures.uncoveredCount, forKey: .uncoveredCount)
    try container.encode(run.figures.redundant.map { $0 + 1 }, forKey: .redundant)
    try container.encode(
      zip(run.figures.decided, run.figures.right).map { RuleRows(decided: $0.0, right: $0.1) }, forKey: .rules)
    if let other = run.other {
      try container.encode(
        Against(
          path: other.path,
          agreement: JSONNumber(1 - Double(other.differentCount) / Double(max(1, run.figures.rows))),
          different: isClosing ? nil : other.different.map { $0 + 1 }, differentCount: other.differentCount,
          metrics: Figures(set: other.set, figures: other.figures)),
        forKey: .against)
    }
    try container.encode(run.warnings, forKey: .warnings)
  }
}
