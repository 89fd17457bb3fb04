import Rules
public import Runs
public import Tensors

/// What rules do on each row, a JSON object a line, between a first line that holds for all rows and a last one with
/// the figures.
public struct CheckLines: Sendable {
  /// The rules.
  let check: RuleCheck

  /// Lines of a check.
  public init(check: RuleCheck) {
    self.check = check
  }

  /// The first line.
  public func opening(_ trained: TrainedModel?, targetName: String, seed: UInt64) throws -> String {
    func facts(_ file: RuleFile) -> Rules {
      Rules(
        path: file.path, rules: file.written.rules.count, semantics: file.written.semantics.rawValue,
        sha256: file.sha256)
    }
    return try JSONText.text(
      Opening(
        header: ResultHeader(CheckJSON.schema, seed: seed),
        body: Opening.Body(
          target: targetName, model: trained.map { ModelFacts($0) }, rules: facts(check.file),
          against: check.other.map { facts($0.file) })), onOneLine: true)
  }

  /// The lines of some rows.
  /// - Parameters:
  ///   - outcomes: what the rules do on each.
  ///   - table: the rows.
  ///   - rows: which of them.
  ///   - answers: the model's class of each; nil without a model.
  ///   - firstRow: the number of the table's first row.
  ///   - workers: share the work.
  /// - Returns: a line each.
  /// - Throws: what keeps them from being JSON.
  public func text(
    _ outcomes: [RuleCheck.Outcome], _ table: LearningTable, rows: Range<Int>, answers: [Int]?, firstRow: Int,
    workers: Workers
  ) throws -> String {
    let names = check.tally.set.classNames
    return try workers.silent.tryMap(count: rows.count) { place in
      let row = rows.lowerBound + place
      let outcome = outcomes[row]
      return try JSONText.text(
        Row(
          row: firstRow + row, class: names[outcome.own.decision],
          rule: JSONNumber(outcome.own.rule.map { Double($0 + 1) } ?? .nan), firing: outcome.own.firing,
          actual: JSONText.Nullable(text: table.actual(row)), model: answers.map { names[$0[row]] },
          against: outcome.other.map { check.other?.tally.set.classNames[$0.decision] ?? "" }), onOneLine: true)
    }.joined()
  }

  /// The last line.
  public static func closing(_ result: CheckJSON, failed: Int) throws -> String {
    try JSONText.text(
      Closing(
        rows: result.data.rows + failed, failed: failed, sha256: result.data.sha256, metrics: result.metrics,
        uncoveredCount: result.uncoveredCount, redundant: result.redundant, rules: result.rules,
        against: result.against.map {
          Closing.Against(
            path: $0.path, agreement: $0.agreement, differentCount: $0.differentCount, metrics: $0.metrics)
        }, warnings: result.warnings), onOneLine: true)
  }

  private struct Closing: Encodable {
    let rows: Int
    let failed: Int
    let sha256: String
    let metrics: CheckJSON.Metrics
    let uncoveredCount: Int
    let redundant: [Int]
    let rules: [CheckJSON.Decisions]
    let against: Against?
    let warnings: [String]

    struct Against: Encodable {
      let path: String
      let agreement: JSONNumber
      let differentCount: Int
      let metrics: CheckJSON.Metrics
    }
  }

  private struct Opening: HeadedObject {
    let header: ResultHeader
    let body: Body

    struct Body: Codable {
      let target: String
      let model: ModelFacts?
      let rules: Rules
      let against: Rules?
    }
  }

  private struct Rules: Codable {
    let path: String
    let rules: Int
    let semantics: String
    let sha256: String
  }

  private struct Row: Encodable {
    let row: Int
    let `class`: String
    /// The first rule that fires; null where none does.
    let rule: JSONNumber
    /// How many rules fire.
    let firing: Int
    let actual: JSONText.Nullable
    let model: String?
    /// The class by the rules of --against.
    let against: String?
  }
}
