import FoundationEssentials
import Mustache

extension Page {
  /// The page as HTML in UTF-8, one file with all it needs.
  ///
  /// Equal pages give equal text.
  ///
  /// - Throws: `MustacheTemplate.ParserError` if a template of this module is malformed.
  public func html() throws -> String {
    let page: [String: Any] = [
      "title": title, "headline": headline, "style": Templates.style,
      "hasAlerts": !alerts.isEmpty, "alerts": alerts,
      "hasContents": sections.count > 2,
      "sections": Self.unique(sections.map(\.id)).enumerated().map { sections[$0].values(id: $1, number: $0 + 1) },
      "hasProvenance": !provenance.isEmpty, "facts": provenance.map(\.values),
    ]
    let library = try Templates.library()
    return library.render(page, withTemplate: "page") ?? ""
  }

  /// Names for links: no two the same, none that the page itself uses, none that a link could not hold.
  private static func unique(_ ids: [String]) -> [String] {
    var taken: Set<String> = ["main", "provenance", ""]
    return ids.map { id in
      let plain = String(id.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
      var candidate = plain
      var number = 2
      while !taken.insert(candidate).inserted {
        candidate = "\(plain)-\(number)"
        number += 1
      }
      return candidate
    }
  }
}

extension Section {
  /// What the template of a section names.
  fileprivate func values(id: String, number: Int) -> [String: Any] {
    [
      "id": id, "heading": heading,
      "blocks": blocks.enumerated().map { $1.values(idPrefix: "figure_\(number)_\($0 + 1)") },
    ]
  }
}

extension Block {
  /// What the template of a block names. A kind that the block is not is false and not left out, because a name that
  /// is missing here would be looked for in what stands around the block.
  fileprivate func values(idPrefix: String) -> [String: Any] {
    var values: [String: Any] = [
      "paragraph": false, "note": false, "preformatted": false, "table": false, "figure": false, "factList": false,
      "picture": false,
    ]
    switch self {
    case .paragraph(let text): values["paragraph"] = ["text": text]
    case .note(let text): values["note"] = ["text": text]
    case .preformatted(let text): values["preformatted"] = ["text": text]
    case .table(let table): values["table"] = table.values
    case .figure(let svg, let caption):
      values["figure"] = ["svg": svg.markup(idPrefix: idPrefix), "caption": caption]
    case .picture(let png, let caption):
      values["picture"] = ["data": Data(png).base64EncodedString(), "caption": caption]
    case .facts(let facts): values["factList"] = ["facts": facts.map(\.values)]
    }
    return values
  }
}

extension Fact {
  /// What the template of a fact names.
  fileprivate var values: [String: Any] { ["label": label, "value": value] }
}

extension Table {
  /// What the template of a table names.
  fileprivate var values: [String: Any] {
    [
      "caption": caption,
      "columns": columns.map { ["header": $0.header, "numeric": $0.isNumeric] as [String: Any] },
      "rows": rows.map { row in ["cells": columns.indices.map { cellValues(row, $0) }] },
    ]
  }

  /// What the template of a cell names: the cell of `row` in a column, empty where the row is too short.
  private func cellValues(_ row: [Cell], _ column: Int) -> [String: Any] {
    let cell = column < row.count ? row[column] : Cell("")
    return [
      "text": cell.text, "isHeader": column == 0, "numeric": columns[column].isNumeric,
      "bar": cell.bar.map(Self.barValues) ?? false,
    ]
  }

  /// The side and the width of a bar, in percent of the whole track with zero in its middle.
  private static func barValues(_ length: Double) -> Any {
    guard length.isFinite else { return false }
    let tenths = (min(1, length.magnitude) * 500).rounded()
    return ["side": length < 0 ? "negative" : "positive", "width": "\(tenths / 10)%"]
  }
}
