import DataFrames
import Rules

/// What a rule set does on a table, as JSON. Rows and rules count from 1.
struct CheckJSON: Encodable {
  let run: CheckRun

  private enum Key: String, CodingKey {
    case schema, version, seed, data, model, metrics, uncovered, redundant, rules, against, warnings
  }

  private struct Against: Encodable {
    let path: String
    let agreement: JSONNumber
    let different: [Int]
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
    try container.encode("xai-tab/check/1", forKey: .schema)
    try container.encode(Provenance.version, forKey: .version)
    try container.encode(run.run.seed, forKey: .seed)
    try container.encode(DataFacts(run.table.source, target: run.table.targetName), forKey: .data)
    if let explained = run.explained { try container.encode(ModelFacts(explained.trained), forKey: .model) }
    try container.encode(Figures(set: run.set, figures: run.figures), forKey: .metrics)
    try container.encode(run.figures.uncovered.map { $0 + 1 }, forKey: .uncovered)
    try container.encode(run.figures.redundant.map { $0 + 1 }, forKey: .redundant)
    try container.encode(
      zip(run.figures.decided, run.figures.right).map { RuleRows(decided: $0.0, right: $0.1) }, forKey: .rules)
    if let other = run.other {
      try container.encode(
        Against(
          path: other.path,
          agreement: JSONNumber(1 - Double(other.different.count) / Double(max(1, run.figures.rows))),
          different: other.different.map { $0 + 1 }, metrics: Figures(set: other.set, figures: other.figures)),
        forKey: .against)
    }
    try container.encode(run.warnings, forKey: .warnings)
  }
}
