public import DataFrames
import Learning
public import Rules
public import Tensors

/// Rules held against a table that comes in parts, and against another rule set beside them.
public struct RuleCheck: Sendable {
  /// The rules.
  public let file: RuleFile
  /// What has been counted of them.
  public private(set) var tally: RuleTally
  /// Another rule set.
  public private(set) var other: Other?

  /// Another rule set beside the first one.
  public struct Other: Sendable {
    /// The rules as they were read.
    public let file: RuleFile
    /// What has been counted of them.
    public fileprivate(set) var tally: RuleTally
    /// On how many rows the two decide otherwise, and the first of them, from 0.
    public fileprivate(set) var differentCount = 0
    /// The first rows on which the two decide otherwise, from 0.
    public fileprivate(set) var different: [Int] = []
  }

  /// What the rules do on one row.
  public struct Outcome: Sendable {
    /// What the rules do.
    public let own: RuleTally.Outcome
    /// What the other rules do; nil where there are none.
    public let other: RuleTally.Outcome?
  }

  /// Rules over the columns and classes of a table.
  /// - Throws: `RuleFileError` for rules that do not fit them.
  public init(_ file: RuleFile, against other: RuleFile?, features: [Feature], classNames: [String]) throws {
    self.file = file
    let set = try file.bound(to: features, classNames: classNames)
    tally = RuleTally(set)
    self.other = try other.map { other in
      Other(file: other, tally: RuleTally(try other.bound(to: set.features, classNames: set.classNames)))
    }
  }

  /// Counts rows.
  /// - Parameters:
  ///   - table: the rows, whose target is classes.
  ///   - answers: a model's outputs, `[rows, classes]`; nil without a model.
  ///   - firstRow: the number of the first row, from 1.
  ///   - workers: share the work.
  /// - Returns: what the rules do on each row.
  /// - Throws: `ExtractionError` where the target is a number.
  public mutating func add(_ table: LearningTable, answers: Matrix?, firstRow: Int, workers: Workers) throws
    -> [Outcome]
  {
    guard case .classes(let codes, _) = table.target else { throw ExtractionError.needsClasses }
    let answers = answers.map { Metrics.classes($0) }
    func add(to tally: inout RuleTally) -> [RuleTally.Outcome] {
      tally.add(table.rows, answers: answers, classes: codes, firstRow: firstRow - 1, workers: workers)
    }
    let own = add(to: &tally)
    guard var other else { return own.map { Outcome(own: $0, other: nil) } }
    self.other = nil
    let there = add(to: &other.tally)
    for row in own.indices where own[row].decision != there[row].decision {
      other.differentCount += 1
      if other.different.count < RuleTally.listLimit { other.different.append(firstRow - 1 + row) }
    }
    self.other = other
    return zip(own, there).map { Outcome(own: $0, other: $1) }
  }

  /// The classes and words of the rules that a table does not have.
  public func unknown(_ table: LearningTable) -> [String] {
    let classNames = table.target.classNames ?? []
    var unknown = tally.set.classNames.dropFirst(classNames.count).map { "the class \"\($0)\"" }
    for (own, given) in zip(tally.set.features, table.encoding.features) {
      guard case .category(levels: let words) = own.kind, let known = given.levelCount else { continue }
      unknown += words.dropFirst(known).map { "\"\($0)\" of \"\(own.name)\"" }
    }
    return unknown
  }
}
