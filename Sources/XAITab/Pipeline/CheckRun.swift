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
    /// The rows, from 0, on which the two decide otherwise.
    let different: [Int]
  }

  let table: LearningTable
  let explained: ExplainedModel?
  let path: String
  let set: RuleSet
  let figures: RuleFigures
  let other: Other?
  let run: RunOptions
  /// The classes and words of the rules that the table does not have.
  let unknown: [String]

  /// Measures the rules.
  /// - Throws: `RuleFileError` for rules that do not fit the table, and `ExtractionError` where the target is a number.
  init(
    _ table: LearningTable, _ explained: ExplainedModel?, rules: (path: String, written: WrittenRules),
    against: (path: String, written: WrittenRules)?, run: RunOptions
  ) throws {
    guard case .classes(let codes, let names) = table.target else { throw ExtractionError.needsClasses }
    let features = table.encoding.features
    func bind(_ rules: (path: String, written: WrittenRules), classNames: [String]) throws -> RuleSet {
      do {
        return try rules.written.bound(to: features, classNames: classNames)
      } catch let error as BindingError {
        throw RuleFileError.binding(path: rules.path, error)
      }
    }
    let set = try bind(rules, classNames: names)
    let answers = explained.map { Metrics.classes($0.answers) }
    let workers = run.workers(showing: "checking rules")
    figures = RuleFigures(set, table.rows, answers: answers, classes: codes, workers: workers)
    other = try against.map { against in
      let bound = try bind(against, classNames: set.classNames)
      let one = set.classes(table.rows, workers: workers)
      let two = bound.classes(table.rows, workers: workers)
      return Other(
        path: against.path, set: bound,
        figures: RuleFigures(bound, table.rows, answers: answers, classes: codes, workers: workers),
        different: one.indices.filter { one[$0] != two[$0] })
    }
    var unknown = set.classNames.dropFirst(names.count).map { "the class \"\($0)\"" }
    for (own, given) in zip(set.features, features) {
      guard case .category(levels: let words) = own.kind, let known = given.levelCount else { continue }
      unknown += words.dropFirst(known).map { "\"\($0)\" of \"\(own.name)\"" }
    }
    self.unknown = unknown
    self.table = table
    self.explained = explained
    self.set = set
    self.run = run
    path = rules.path
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
