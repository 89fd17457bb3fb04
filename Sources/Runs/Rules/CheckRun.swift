public import DataFrames
import Learning
public import Rules
import Tensors

/// What a rule set does on all rows of a table.
public struct CheckRun: Sendable {
  /// Another rule set beside it.
  public struct Other: Sendable {
    /// The path of the rules.
    public let path: String
    /// The rules over the columns of the table.
    public let set: RuleSet
    /// How the rules do on all rows.
    public let figures: RuleFigures
    /// On how many rows the two decide otherwise, and the first of them, from 0.
    public let differentCount: Int
    /// The first of those rows, from 0.
    public let different: [Int]
  }

  /// The data.
  public let source: Source
  /// The columns that only tell the rows apart.
  public let setAside: [String]
  /// The name of the target.
  public let targetName: String
  /// The model that the rules are held against, if there is one.
  public let trained: TrainedModel?
  /// The path of the rules.
  public let path: String
  /// The rules as they were read.
  public let written: WrittenRules
  /// The rules over the columns of the table.
  public let set: RuleSet
  /// How the rules do on all rows.
  public let figures: RuleFigures
  /// Another rule set beside them; nil where there is none.
  public let other: Other?
  /// The seed of all random numbers.
  public let seed: UInt64
  /// The classes and words of the rules that the table does not have.
  public let unknown: [String]

  /// The figures of rows that have been counted.
  public init(
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
}
