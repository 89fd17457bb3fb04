import DataFrames
import Learning
import Reports
import Rules
import Tensors

/// The page of a rule set: each rule with its support, its precision on held-out rows and a row that it decides.
struct RulesPage {
  /// The page.
  let page: Page

  /// The page of extracted rules.
  init(_ run: RulesRun) {
    let text = RulesText(run: run)
    var sections = [
      Section(heading: "The rules", id: "rules", blocks: Self.rules(run)),
      Section(
        heading: "How well they follow", id: "figures",
        blocks: text.comments.dropFirst().filter { !$0.hasPrefix("Beware") }.map { .paragraph($0 + ".") }),
      Section(
        heading: "The rules as text", id: "text",
        blocks: [.preformatted(RuleText.print(WrittenRules(run.extraction.rules)))]),
    ]
    if let explained = run.explained { sections.append(.model(explained.trained, target: run.table.targetName)) }
    page = Page(
      title: "Rules for \(run.table.targetName)", headline: text.headline + ".",
      alerts: [text.comments[1] + "."] + (run.explained?.trained.warning.map { [$0] } ?? [])
        + run.warnings.map { $0 + "." }
        + run.table.source.notes.map { "\($0)" },
      sections: sections,
      provenance: .provenance(
        run.table, seed: run.run.seed,
        (run.explained.map { [Fact("Model", $0.trained.name)] } ?? []) + [Fact("Method", run.method.rawValue)])
    )
  }

  private static func rules(_ run: RulesRun) -> [Block] {
    let set = run.extraction.rules
    let written = WrittenRules(set)
    let isHeldOut = run.heldOut.rows > 0
    let figures = isHeldOut ? run.heldOut : run.train
    let rows = isHeldOut ? run.split.heldOut : run.split.training
    let cells = set.rules.indices.map { index -> [Table.Cell] in
      let decided = figures.decided[index]
      let precision = decided == 0 ? "" : NumberText.percent(Double(figures.right[index]) / Double(decided))
      return [
        .init("\(index + 1)"),
        .init("IF \(RuleText.conditions(written.rules[index])) THEN \(RuleText.quoted(written.rules[index].then))"),
        .init("\(Int(set.rules[index].support))"), .init("\(decided)"), .init(precision),
        .init(figures.examples[index].map { example(run, rows[$0], set.rules[index]) } ?? ""),
      ]
    }
    let kind = isHeldOut ? "held-out" : "training"
    return [
      .table(
        Table(
          caption: set.semantics == .firstMatch
            ? "The first rule that fires decides; where none does, the class is \(written.defaultClass)"
            : "Each rule that fires votes; where none does, the class is \(written.defaultClass)",
          columns: [
            .init("Rule", isNumeric: true), .init("If ... then"), .init("Support", isNumeric: true),
            .init("Decides, \(kind)", isNumeric: true), .init("As the model", isNumeric: true), .init("Example"),
          ], rows: cells)),
      .paragraph(
        "Support: training rows for which the rule fires. Decides: \(kind) rows that it decides, and how often as the model does."
      ),
    ]
  }

  /// A row in the columns that a rule asks of.
  private static func example(_ run: RulesRun, _ row: Int, _ rule: Rule) -> String {
    var seen: Set<Int> = []
    let cells = rule.conditions.flatMap(\.columns).filter { seen.insert($0).inserted }.map { column in
      let feature = run.table.encoding.features[column]
      return "\(feature.name) \(ConditionText.cell(run.table.rows[row, column], feature) ?? "missing")"
    }
    return "row \(row + 1): \(cells.joined(separator: ", "))"
  }
}
