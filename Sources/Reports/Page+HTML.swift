import DataFrames
import FoundationEssentials
import Mustache

extension Page {
  /// The page as HTML in UTF-8, one file with all it needs.
  ///
  /// Equal pages give equal text.
  ///
  /// - Throws: `MustacheTemplate.ParserError` if a template of this module is malformed.
  public func html() throws -> String {
    var names = PageNames()
    let sections = sections.map { section in
      section.values(level: 2, &names)
    }
    let page: [String: Any] = [
      "title": title, "headline": headline, "style": Templates.style,
      "hasAlerts": !alerts.isEmpty, "alerts": alerts,
      "hasContents": sections.count > 2,
      "sections": sections,
      "hasProvenance": !provenance.isEmpty, "facts": provenance.map(\.values),
      "isActive": names.isActive, "script": Templates.script,
      "scriptSource": names.isActive ? " script-src '\(Templates.scriptHash)';" : "",
    ]
    let library = try Templates.library()
    return library.render(page, withTemplate: "page") ?? ""
  }
}

/// The names that the elements of a page have for links and for each other.
struct PageNames {
  private var taken: Set<String> = ["main", "alerts", "provenance", ""]
  private var figures = 0
  private var panels = 0
  /// Whether anything on the page is for the script.
  var isActive = false

  /// A name for links: no two the same, none that the page itself uses, none that a link could not hold.
  mutating func unique(_ id: String) -> String {
    let plain = String(id.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    var candidate = plain
    var number = 2
    while !taken.insert(candidate).inserted {
      candidate = "\(plain)-\(number)"
      number += 1
    }
    return candidate
  }

  /// The beginning of the names in the next figure.
  mutating func nextFigure() -> String {
    figures += 1
    return "figure_\(figures)"
  }

  /// The name of the next option of a choice.
  mutating func nextPanel() -> String {
    panels += 1
    return "option_\(panels)"
  }
}

extension Section {
  /// What the template of a section names, its heading one of the given level.
  fileprivate func values(level: Int, _ names: inout PageNames) -> [String: Any] {
    let id = names.unique(id)
    return [
      "id": id, "heading": heading, "level": "\(min(level, 6))",
      "blocks": blocks.map { $0.values(level: level, &names) },
    ]
  }
}

extension Block {
  /// What the template of a block names. A kind that the block is not is false and not left out, because a name that
  /// is missing here would be looked for in what stands around the block.
  fileprivate func values(level: Int, _ names: inout PageNames) -> [String: Any] {
    var values: [String: Any] = [
      "paragraph": false, "note": false, "preformatted": false, "table": false, "figure": false, "factList": false,
      "picture": false, "gallery": false, "part": false, "choice": false, "details": false,
    ]
    switch self {
    case .paragraph(let text): values["paragraph"] = ["text": text]
    case .note(let text): values["note"] = ["text": text]
    case .preformatted(let text): values["preformatted"] = ["text": text]
    case .table(let table):
      names.isActive = true
      values["table"] = table.values
    case .figure(let svg, let caption):
      values["figure"] =
        ["svg": svg.markup(idPrefix: names.nextFigure()), "caption": caption, "width": svg.width] as [String: Any]
    case .picture(let png, let caption):
      values["picture"] = ["data": Data(png).base64EncodedString(), "caption": caption]
    case .gallery(let tiles, let caption):
      values["gallery"] =
        [
          "caption": caption,
          "tiles": tiles.map {
            [
              "data": Data($0.png).base64EncodedString(), "label": $0.label, "note": $0.note,
              "hasNote": !$0.note.isEmpty,
            ]
              as [String: Any]
          },
        ] as [String: Any]
    case .facts(let facts): values["factList"] = ["facts": facts.map(\.values)]
    case .part(let section): values["part"] = section.values(level: level + 1, &names)
    case .choice(let choice):
      names.isActive = true
      values["choice"] = choice.values(level: level + 1, &names)
    case .details(let summary, let blocks):
      values["details"] =
        ["summary": summary, "blocks": blocks.map { $0.values(level: level, &names) }] as [String: Any]
    }
    return values
  }
}

extension Choice {
  /// What the template of a choice names.
  fileprivate func values(level: Int, _ names: inout PageNames) -> [String: Any] {
    [
      "label": label,
      "options": options.map { option in
        let id = names.nextPanel()
        return [
          "id": id, "name": option.label, "heading": option.heading, "level": "\(min(level, 6))",
          "blocks": option.blocks.map { $0.values(level: level, &names) },
        ] as [String: Any]
      },
    ]
  }
}

extension Fact {
  /// What the template of a fact names.
  fileprivate var values: [String: Any] { ["label": label, "value": value] }
}

extension Table {
  /// The characters beyond which the cells of a column want room.
  private static let wideText = 36

  /// What the template of a table names.
  fileprivate var values: [String: Any] {
    let isSigned = columns.indices.map { column in
      rows.contains { column < $0.count && $0[column].bar.map { $0 < 0 } ?? false }
    }
    let isWide = columns.indices.map { column in
      !columns[column].isNumeric && rows.contains { column < $0.count && $0[column].text.count > Self.wideText }
    }
    return [
      "caption": caption,
      "columns": columns.indices.map { column in
        ["header": columns[column].header, "numeric": columns[column].isNumeric, "wide": isWide[column]]
          as [String: Any]
      },
      "rows": rows.map { row in ["cells": columns.indices.map { cellValues(row, $0, isSigned: isSigned[$0]) }] },
    ]
  }

  /// What the template of a cell names: the cell of `row` in a column, empty where the row is too short.
  private func cellValues(_ row: [Cell], _ column: Int, isSigned: Bool) -> [String: Any] {
    let cell = column < row.count ? row[column] : Cell("")
    return [
      "text": cell.text, "link": cell.link.map { ["address": $0] as [String: Any] as Any } ?? false,
      "isHeader": column == 0, "numeric": columns[column].isNumeric,
      "bar": cell.bar.map { Self.barValues($0, isSigned: isSigned) } ?? false,
      "histogram": cell.columns.isEmpty
        ? false as Any : ["columns": cell.columns.map { ["height": Self.percent($0)] }] as [String: Any],
      "shade": cell.shade.map { ["strength": Self.percent($0 * 0.45)] as [String: Any] as Any } ?? false,
    ]
  }

  /// The side and the width of a bar, in percent of the whole track: zero is in its middle where some bar of the column
  /// goes to the left, else at its left end.
  private static func barValues(_ length: Double, isSigned: Bool) -> Any {
    guard length.isFinite else { return false }
    let tenths = (min(1, length.magnitude) * (isSigned ? 500 : 1000)).rounded()
    let side = isSigned ? length < 0 ? "negative" : "positive" : "whole"
    return ["side": side, "width": "\(tenths / 10)%"]
  }

  /// A share as a whole percentage; 0 for what is none.
  private static func percent(_ share: Double) -> String {
    "\(share.isFinite ? Int((min(1, max(0, share)) * 100).rounded()) : 0)%"
  }
}
