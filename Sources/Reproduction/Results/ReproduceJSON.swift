public import Presentation
public import Reports

/// The JSON form of the review done again, `xai-tab/reproduce/1`.
public struct ReproduceJSON: Codable, Equatable, Sendable {
  /// The name and version of the JSON form.
  public static let schema = "xai-tab/reproduce/1"

  let schema: String
  let version: String
  let seed: UInt64
  let quick: Bool
  /// The files that were read by any part.
  let data: [File]
  let parts: [Part]

  struct File: Codable, Equatable, Sendable {
    let path: String
    let sha256: String

    init(_ file: UsedFile) {
      path = file.path
      sha256 = file.sha256
    }
  }

  struct Part: Codable, Equatable, Sendable {
    let name: String
    let title: String
    let says: String
    let runs: [String: String]
    let standIns: [String]
    let statements: [Claim]
    /// Files that are not there, each with what fetches it.
    let missing: [String]
    let data: [File]
    let page: String
    /// nil where SOURCE_DATE_EPOCH is set.
    let seconds: JSONNumber?
  }

  struct Claim: Codable, Equatable, Sendable {
    let claim: String
    let criterion: String
    /// In their order, the one that decides first.
    let numbers: [Figure]
    let verdict: Verdict

    init(_ statement: Statement) {
      claim = statement.claim
      criterion = statement.criterion
      numbers = statement.numbers.map { Figure(name: $0.name, value: JSONNumber($0.value)) }
      verdict = statement.verdict
    }
  }

  struct Figure: Codable, Equatable, Sendable {
    let name: String
    let value: JSONNumber
  }

  init(_ results: [Reproduced], isQuick: Bool, seed: UInt64, folder: String) {
    schema = Self.schema
    version = Provenance.version
    self.seed = seed
    quick = isQuick
    let isTimed = !Provenance.isReproducible
    var all: [File] = []
    parts = results.map { result in
      let files = result.data.map { File($0) }
      for file in files where !all.contains(file) { all.append(file) }
      return Part(
        name: result.name, title: result.title, says: result.says,
        runs: Dictionary(result.runs.map { ($0.name, $0.text) }) { first, _ in first }, standIns: result.standIns,
        statements: result.statements.map { Claim($0) }, missing: result.missing.map { "\($0)" }, data: files,
        page: "\(folder)/\(result.name).html",
        seconds: isTimed ? JSONNumber(result.seconds) : nil)
    }
    data = all
  }
}

extension ReproduceJSON: PagedResult {
  /// The parts with their statements and numbers; tables and pictures are on the pages that were written with them.
  public func page(_ figures: inout Figures) -> Page {
    let claims = parts.flatMap(\.statements)
    let sections = parts.enumerated().map { number, part in
      let run =
        part.runs.sorted { $0.key < $1.key }.map { Fact($0.key, $0.value) }
        + ReproducedPage.facts(standIns: part.standIns) + [Fact("Its page", part.page)]
      return Section(
        heading: part.title, id: "part-\(number + 1)",
        blocks: [.paragraph(part.says), .facts(run)] + part.missing.map { .note("\($0).") }
          + ReproducedPage.blocks(part.statements, id: "part-\(number + 1)-statement"))
    }
    return Page(
      title: ReproducedPage.title,
      headline: ReproduceText.counts(claims.map(\.verdict)),
      alerts: quick ? [ReproducedPage.quickAlert] : [], sections: sections,
      provenance: .provenance(version: version, seed: seed, ReproducedPage.facts(data, isQuick: quick)))
  }
}
