import DataFrames
import Images
import Presentation
import Reports
import Runs

/// The pages of the review done again: one a part, and an index.
enum ReproducedPage {
  private static let review =
    "B. Song and X. Zhang, \"Review, implementation, and analysis of approaches to interpret deep learning models\""

  /// The page of a part.
  static func page(_ result: Reproduced, isQuick: Bool, _ options: RunSettings, _ figures: inout Figures) -> Page {
    var exhibits: [Block] = []
    for exhibit in result.exhibits { exhibits += blocks(exhibit, &figures) }
    if exhibits.isEmpty { exhibits = [.note("There is nothing to show: the data are missing.")] }
    let run = result.runs.map { Fact($0.name, $0.text) } + facts(standIns: result.standIns)
    var sections = [Section(heading: "What the review says", id: "says", blocks: [.paragraph(result.says)])]
    if !run.isEmpty { sections.append(Section(heading: "What was run here", id: "run", blocks: [.facts(run)])) }
    sections.append(Section(heading: "What came out", id: "exhibits", blocks: exhibits))
    sections.append(
      Section(
        heading: "Whether it holds", id: "statements",
        blocks: blocks(result.statements.map { ReproduceJSON.Claim($0) }, id: "statement")
          + (result.statements.isEmpty ? [.note("No statement could be judged.")] : [])))
    sections.append(Section(heading: "More", id: "more", blocks: [.table(links)]))
    return Page(
      title: result.title, headline: headline(result),
      alerts: result.missing.map { "\($0)." }
        + (isQuick ? [quickAlert] : []),
      sections: sections,
      provenance: provenance(result.data, isQuick: isQuick, options))
  }

  /// The title of a page about several parts.
  static let title = "The review's table and figures on the data at hand"

  /// What stands in for data that cannot be had, if anything does.
  static func facts(standIns: [String]) -> [Fact] {
    standIns.isEmpty ? [] : [Fact("Stands in", standIns.joined(separator: "; "))]
  }

  /// The files that were read, and whether the counts were small.
  static func facts(_ files: [ReproduceJSON.File], isQuick: Bool) -> [Fact] {
    files.map { Fact("Data", "\($0.path), SHA-256 \($0.sha256)") } + [Fact("Counts", isQuick ? "quick" : "usual")]
  }

  /// What a page says of a quick run.
  static let quickAlert = "This was a quick run with small counts; without --quick more is run."

  /// Each statement with its verdict, the numbers that decide and the criterion; their anchors begin with `id`.
  static func blocks(_ claims: [ReproduceJSON.Claim], id: String) -> [Block] {
    claims.enumerated().map { number, claim in
      .part(
        Section(
          heading: "\(capitalized(claim.verdict)): \(claim.claim)", id: "\(id)-\(number + 1)",
          blocks: [
            .facts(claim.numbers.map { Fact($0.name, ReproduceText.number($0.value.value)) }),
            .note("Criterion: \(claim.criterion)"),
          ]))
    }
  }

  /// The page that leads to all parts.
  static func index(_ results: [Reproduced], isQuick: Bool, _ options: RunSettings) -> Page {
    let table = Table(
      caption: "The parts that were run",
      columns: [
        .init("Part"), .init("Holds", isNumeric: true), .init("Does not", isNumeric: true),
        .init("Cannot be told", isNumeric: true),
      ],
      rows: results.map { result in
        [
          .init(result.title, link: "\(result.name).html"), .init("\(result.count(.holds))"),
          .init("\(result.count(.doesNotHold))"), .init("\(result.count(.cannotBeTold))"),
        ]
      })
    let statements = Table(
      caption: "All statements", columns: [.init("Statement"), .init("Verdict"), .init("Where")],
      rows: results.flatMap { result in
        result.statements.map { statement in
          [
            .init(statement.claim), .init(statement.verdict.rawValue),
            .init(short(result.title), link: "\(result.name).html"),
          ]
        }
      })
    return Page(
      title: title,
      headline: ReproduceText.counts(results.flatMap(\.statements).map(\.verdict)),
      alerts: results.flatMap { result in result.missing.map { "\(short(result.title)): \($0)." } }
        + (isQuick ? [quickAlert] : []),
      sections: [
        Section(
          heading: "The parts", id: "parts",
          blocks: [
            .paragraph(
              "\(review) groups methods and says what came of them. Here its table and figures are done again; each "
                + "page says what the review says, what was run with which data and model, and whether the statement "
                + "holds, by a stated criterion."
            ),
            .table(table),
          ]),
        Section(heading: "The statements", id: "statements", blocks: [.table(statements)]),
      ],
      provenance: provenance(
        results.flatMap(\.data).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }, isQuick: isQuick, options))
  }

  private static var links: Table {
    Table(
      caption: "The other parts", columns: [.init("Part")],
      rows: [[Table.Cell("Index of all parts", link: "index.html")]]
        + ReviewParts.all.map { [Table.Cell($0.title, link: "\($0.name).html")] })
  }

  private static func headline(_ result: Reproduced) -> String {
    let count = result.statements.count
    if count == 0 { return "Nothing could be run: data are missing." }
    return "\(result.count(.holds)) of \(count) statements \(count == 1 ? "holds" : "hold") here"
      + (result.count(.cannotBeTold) > 0 ? "; \(result.count(.cannotBeTold)) cannot be told" : "") + "."
  }

  private static func capitalized(_ verdict: Verdict) -> String {
    switch verdict {
    case .holds: "Holds"
    case .doesNotHold: "Does not hold here"
    case .cannotBeTold: "Cannot be told"
    }
  }

  /// A title up to its colon.
  private static func short(_ title: String) -> String { String(title.prefix { $0 != ":" }) }

  private static func provenance(_ files: [UsedFile], isQuick: Bool, _ options: RunSettings) -> [Fact] {
    let data = files.map { ReproduceJSON.File($0) }
    return .provenance(
      version: Provenance.version, seed: options.seed, [Fact("Review", review)] + facts(data, isQuick: isQuick))
  }

  private static func blocks(_ exhibit: Exhibit, _ figures: inout Figures) -> [Block] {
    switch exhibit {
    case .table(let caption, let columns, let rows):
      return [
        .table(
          Table(
            caption: caption,
            columns: columns.enumerated().map { place, name in
              Table.Column(name, isNumeric: place > 0 && rows.contains { isNumber($0.cells, place - 1) })
            }, rows: rows.map { row in [Table.Cell(row.name)] + row.cells.map { cell($0) } }))
      ]
    case .pictures(let caption, let tiles):
      return [
        .gallery(
          tiles.map { GalleryTile(png: $0.picture.png(), label: $0.label, note: $0.note) }, caption: caption)
      ]
    case .bars(let title, let axis, let caption, let bars):
      let largest = bars.map(\.value.magnitude).max() ?? 0
      let figure = DivergingBars(
        title: title, axis: axis,
        bars: bars.map { bar in
          .init(
            label: bar.label, value: bar.value, error: bar.error > 0 ? bar.error : nil,
            valueText: LimeText.weight(bar.value, largest: largest))
        })
      return [figures.block(caption) { try figure.svg(using: $0) }]
    }
  }

  private static func isNumber(_ cells: [Exhibit.Cell], _ place: Int) -> Bool {
    guard place < cells.count else { return false }
    switch cells[place] {
    case .number, .bar: return true
    case .text, .part: return false
    }
  }

  private static func cell(_ cell: Exhibit.Cell) -> Table.Cell {
    switch cell {
    case .text(let text): .init(text)
    case .number(let value): .init(ReproduceText.number(value))
    case .bar(let value, let largest):
      .init(NumberText.significant(value, 3), bar: largest > 0 ? value / largest : nil)
    case .part(let name, let text): .init(text, link: "\(name).html")
    }
  }
}
