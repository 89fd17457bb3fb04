import DataFrames
import Learning
import Rules
import Tensors

/// What a rule set does on all rows of a table.
struct CheckRun: Sendable {
  /// Another rule set beside it.
  struct Other: Sendable {
    let path: String
    let set: RuleSet
    let figures: RuleFigures
    /// On how many rows the two decide otherwise, and the first of them, from 0.
    let differentCount: Int
    let different: [Int]
  }

  let source: Source
  /// The columns that only tell the rows apart.
  let setAside: [String]
  let targetName: String
  /// The model that the rules are held against, if there is one.
  let trained: TrainedModel?
  let path: String
  let written: WrittenRules
  let set: RuleSet
  let figures: RuleFigures
  let other: Other?
  let seed: UInt64
  /// The classes and words of the rules that the table does not have.
  let unknown: [String]

  /// The figures of rows that have been counted.
  init(
    _ check: RuleCheck, source: Source, setAside: [String] = [], targetName: String, trained: TrainedModel?,
    seed: UInt64,
    unknown: [String]
  ) {
    self.setAside = setAside
    self.source = source
    self.targetName = targetName
    self.trained = trained
    self.seed = seed
    self.unknown = unknown
    path = check.file.path
    written = check.file.written
    set = check.tally.set
    figures = RuleFigures(check.tally)
    other = check.other.map { other in
      Other(
        path: other.file.path, set: other.tally.set, figures: RuleFigures(other.tally),
        differentCount: other.differentCount, different: other.different)
    }
  }

  /// What a reader must know.
  var warnings: [String] {
    unknown.isEmpty
      ? []
      : [
        "the data do not have \(unknown.prefix(5).joined(separator: ", "))"
          + (unknown.count > 5 ? " and \(unknown.count - 5) more" : "")
      ]
  }
}
