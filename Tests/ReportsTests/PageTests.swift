import Foundation
import Testing

@testable import Reports

@Suite struct PageTests {
  /// A drawing that needs no gnuplot, as the golden page must be the same on every machine.
  static let drawing = SVG(
    width: 20, height: 10, title: "Weights", description: "thal: +0.2",
    content: "<g id=\"\(SVG.idMark)canvas\"><text>thal</text></g>")

  static let small = Page(
    title: "LIME for row 12 of heart.csv",
    headline: "Row 12 of heart.csv: predicted \"1\" with probability 0.78.",
    alerts: ["The local model explains little of the forest near this row (R² 0.41)."],
    sections: [
      Section(
        heading: "Why this prediction", id: "why",
        blocks: [
          .figure(drawing, caption: "Whiskers: one standard error."),
          .table(
            Table(
              caption: "The same weights as numbers",
              columns: [Table.Column("Condition"), Table.Column("Weight", isNumeric: true), Table.Column("This row")],
              rows: [
                ["thal = fixed defect", Table.Cell("+0.2", bar: 1), "fixed defect"],
                ["age ≤ 48", Table.Cell("−0.05", bar: -0.25)],
              ])),
        ]),
      Section(
        heading: "The model", id: "model", blocks: [.facts([Fact("Held-out accuracy", "0.82 on 61 rows")])]),
      Section(
        heading: "Method", id: "method",
        blocks: [
          .paragraph("The weights are exact."), .note("A weight is no cause."),
          .preformatted("IF age > 61\n  THEN 1"),
        ]),
    ],
    provenance: [Fact("Seed", "0"), Fact("Data", "Data/heart.csv, 303 rows")])

  /// `XAI_TAB_RECORD=1` writes the page instead of comparing with it.
  @Test func smallPageIsAsRecorded() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let golden = folder.appendingPathComponent("Golden/page.html")
    let html = try Self.small.html()
    if ProcessInfo.processInfo.environment["XAI_TAB_RECORD"] == "1" {
      try FileManager.default.createDirectory(
        at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(html.utf8).write(to: golden)
    }
    #expect(try html == String(contentsOf: golden, encoding: .utf8))
  }

  @Test func pageLoadsNothingAndRunsItsOwnScriptAlone() throws {
    let html = try Self.small.html()
    #expect(html.hasPrefix("<!doctype html>\n<html lang=\"en\">"))
    #expect(
      html.contains(
        "default-src 'none'; style-src 'unsafe-inline'; script-src '\(Templates.scriptHash)'; img-src data:"))
    #expect(html.components(separatedBy: "<script").count == 2 && html.contains("<script>\(Templates.script)</script>"))
    #expect(Templates.script.utf8.count < 15_000 && !Templates.script.contains("</"))
    let addresses = Self.withoutScript(html).replacing("http://www.w3.org/2000/svg", with: "").replacing(
      "http://www.w3.org/1999/xlink", with: "")
    for part in ["<script", "http:", "https:", "@import", "url(", "src=", "<link", "javascript:", " onclick"] {
      #expect(!addresses.contains(part), "\(part)")
    }
    #expect(html.utf8.count < 30_000)
  }

  @Test func pageWithoutTablesNeedsNoScript() throws {
    let html = try Page(title: "", headline: "").html()
    #expect(!html.contains("<script") && !html.contains("script-src"))
  }

  @Test func partsChoicesAndDetailsStandInEachOther() throws {
    let row = Choice.Option(
      label: "12", heading: "Row 12", blocks: [.paragraph("inner"), .figure(Self.drawing, caption: "")])
    let part = Section(heading: "A part", id: "part", blocks: [.choice(Choice(label: "Row", options: [row, row]))])
    let blocks: [Block] = [.part(part), .details(summary: "More", [.figure(Self.drawing, caption: "")])]
    let html = try Page(
      title: "", headline: "", sections: [Section(heading: "Top", id: "part", blocks: blocks)]
    ).html()
    let page = try XMLElements(Self.asXML(html))
    #expect(page.texts("h2") == ["Top"] && page.texts("h3") == ["A part"] && page.texts("h4") == ["Row 12", "Row 12"])
    #expect(page.texts("summary") == ["More"] && page.texts("p").filter { $0 == "inner" }.count == 2)
    let ids = page.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count && ids.contains("part-2"))
    #expect(
      page.elements.filter { $0.attributes["class"] == "option" }.allSatisfy { $0.attributes["data-name"] == "12" })
  }

  @Test func aPageThatIsTooLongLosesItsLongestParts() throws {
    let long = Section(heading: "Long", id: "a", blocks: [.preformatted(String(repeating: "x", count: 50_000))])
    let page = Page(
      title: "", headline: "", sections: [long, Section(heading: "Short", id: "b", blocks: [.paragraph("y")])])
    #expect(try page.html(limit: 1_000_000).left.isEmpty)
    let (html, left) = try page.html(limit: 30_000)
    #expect(left == ["Long"] && html.utf8.count <= 30_000 && html.contains("left out") && html.contains("<p>y</p>"))
    #expect(try page.html(limit: 10).left == ["Long", "Short"])
  }

  @Test func columnsAndShadesOfCells() throws {
    let cells: [Table.Cell] = ["a", .init("0 to 1", columns: [0.5, 1, .nan]), .init("7", shade: 1)]
    let table = Table(caption: "", columns: [.init("a"), .init("b"), .init("c")], rows: [cells])
    let page = Page(title: "", headline: "", sections: [Section(heading: "", id: "a", blocks: [.table(table)])])
    let elements = try XMLElements(Self.asXML(page.html()))
    #expect(elements.all("span").compactMap { $0["style"] } == ["height:50%", "height:100%", "height:0%"])
    #expect(elements.all("td").compactMap { $0["style"] } == ["--shade:45%"])
  }

  @Test func structureServesThoseWhoListen() throws {
    let page = try XMLElements(Self.asXML(Self.small.html()))
    #expect(page.all("h1").count == 1)
    #expect(page.all("html").first?["lang"] == "en")
    for landmark in ["header", "nav", "main", "footer"] { #expect(page.all(landmark).count == 1, "\(landmark)") }
    #expect(page.all("table").count == page.all("caption").count)
    #expect(page.all("th").allSatisfy { ["col", "row"].contains($0["scope"] ?? "") })
    #expect(page.all("svg").allSatisfy { $0["role"] == "img" })
    let links = page.all("a").compactMap { $0["href"] }
    #expect(links.count == 5 && links.allSatisfy { page.ids.contains(String($0.dropFirst())) })
    for list in page.elements.compactMap({ $0.attributes["aria-labelledby"] }) {
      #expect(page.ids.isSuperset(of: list.split(separator: " ").map(String.init)), "\(list)")
    }
    #expect(page.elements.compactMap { $0.attributes["id"] }.count == page.ids.count)
  }

  /// Each hostile text in every slot at once: the elements and attributes are those of a page with a plain word in
  /// the same slots, and the text comes back whole from each slot.
  @Test func hostileTextsStayText() throws {
    let plain = try XMLElements(Self.asXML(Self.page(saying: "plain").html()))
    for text in Hostile.texts(canary: "canary") where text.utf8.count < 1_000 {
      let page = try XMLElements(Self.asXML(Self.page(saying: text).html()))
      #expect(page.elements.map(\.name) == plain.elements.map(\.name), "\(text.debugDescription)")
      #expect(page.elements.map { $0.attributes.keys.sorted() } == plain.elements.map { $0.attributes.keys.sorted() })
      let shown = try XMLElements("<x>\(text.markup)</x>").texts("x")
      for name in [
        "title", "h1", "p", "li", "a", "h2", "pre", "caption", "th", "td", "span", "figcaption", "dt", "dd", "h3",
        "summary",
      ] {
        let said = zip(plain.elements, page.elements).filter { $0.0.name == name && $0.0.text == "plain" }
        #expect(!said.isEmpty && said.allSatisfy { [$0.1.text] == shown }, "\(name): \(text.debugDescription)")
      }
    }
  }

  @Test func placesForLinksAreDistinctAndPlain() throws {
    let ids = ["why", "why", "main", "", "a b\"c", "é", "provenance"]
    let page = Page(title: "", headline: "", sections: ids.map { Section(heading: "", id: $0, blocks: []) })
    let made = try XMLElements(Self.asXML(page.html())).all("h2").compactMap { $0["id"] }
    #expect(made == ["why", "why-2", "main-2", "-2", "a-b-c", "-", "provenance-2"])
  }

  @Test func twoFiguresShareNoNames() throws {
    let figures = Array(repeating: Block.figure(Self.drawing, caption: ""), count: 2)
    let sections = ["a", "b"].map { Section(heading: "", id: $0, blocks: figures) }
    let page = try XMLElements(Self.asXML(Page(title: "", headline: "", sections: sections).html()))
    let ids = page.elements.compactMap { $0.attributes["id"] }
    #expect(ids.count == 4 * 3 + 2 + 1)
    #expect(Set(ids).count == ids.count)
  }

  @Test func barsOfCellsHaveTheirSideAndLength() throws {
    let lengths = [1, -0.5, 0, 1e-9, 7, .nan]
    let rows = lengths.map { ["", Table.Cell("", bar: $0)] as [Table.Cell] }
    let table = Table(caption: "", columns: [Table.Column("a"), Table.Column("b")], rows: rows)
    let page = Page(title: "", headline: "", sections: [Section(heading: "", id: "a", blocks: [.table(table)])])
    let bars = try XMLElements(Self.asXML(page.html())).all("span").filter { $0["style"] != nil }
    #expect(bars.map { $0["class"] } == ["positive", "negative", "positive", "positive", "positive"])
    #expect(bars.map { $0["style"] } == ["width:50.0%", "width:25.0%", "width:0.0%", "width:0.0%", "width:50.0%"])
    let whole = Table(caption: "", columns: table.columns, rows: [rows[0], rows[3]])
    let other = Page(title: "", headline: "", sections: [Section(heading: "", id: "a", blocks: [.table(whole)])])
    let filled = try XMLElements(Self.asXML(other.html())).all("span").filter { $0["style"] != nil }
    #expect(filled.map { $0["style"] } == ["width:100.0%", "width:0.0%"])
  }

  @Test func shortRowsAreFilledAndLongOnesCut() throws {
    let columns = [Table.Column("a"), Table.Column("b")]
    let table = Table(caption: "", columns: columns, rows: [[], ["1"], ["1", "2", "3"]])
    let page = Page(title: "", headline: "", sections: [Section(heading: "", id: "a", blocks: [.table(table)])])
    let elements = try XMLElements(Self.asXML(page.html()))
    #expect(elements.texts("td") == ["", "", "2"])
    #expect(elements.all("th").filter { $0["scope"] == "row" }.count == 3)
  }

  /// A page with the same text in every slot.
  private static func page(saying text: String) -> Page {
    let cell = Table.Cell(text, bar: 0.5)
    let columns = [Table.Column(text), Table.Column(text, isNumeric: true), Table.Column(text)]
    let table = Table(caption: text, columns: columns, rows: [[Table.Cell(text), cell, Table.Cell(text)]])
    let drawing = SVG(width: 1, height: 1, title: text, description: text, content: "")
    let blocks: [Block] = [
      .paragraph(text), .note(text), .preformatted(text), .table(table), .figure(drawing, caption: text),
      .facts([Fact(text, text)]), .part(Section(heading: text, id: text, blocks: [])),
      .choice(Choice(label: text, options: [.init(label: text, heading: text, blocks: [])])),
      .details(summary: text, []),
    ]
    let sections = ["a", "b", "c"].map { Section(heading: text, id: $0, blocks: blocks) }
    return Page(title: text, headline: text, alerts: [text], sections: sections, provenance: [Fact(text, text)])
  }

  /// The page as XML: without the doctype, and with the elements closed that HTML leaves open.
  private static func asXML(_ html: String) -> String {
    withoutScript(html).replacing("<!doctype html>\n", with: "").replacing(#/<meta ([^>]*)>/#) { "<meta \($0.1)/>" }
  }

  private static func withoutScript(_ html: String) -> String {
    html.replacing("<script>\(Templates.script)</script>", with: "")
  }
}
