import DataFrames
import FoundationEssentials
import Mustache

/// The page's templates, which are files under `Templates` and part of the program.
enum Templates {
  /// All templates, by file name without its ending.
  ///
  /// - Throws: `MustacheTemplate.ParserError` if one is malformed.
  static func library() throws -> MustacheLibrary {
    MustacheContentTypes.register(EscapedMarkup(), named: EscapedMarkup.name)
    let files = [
      "page": PackageResources.page_mustache, "section": PackageResources.section_mustache,
      "blocks": PackageResources.blocks_mustache, "table": PackageResources.table_mustache,
      "facts": PackageResources.facts_mustache,
    ]
    return MustacheLibrary(
      templates: try files.mapValues {
        // Stated in front of each one, so that none can be without it.
        try MustacheTemplate(string: "{{% CONTENT_TYPE:\(EscapedMarkup.name) }}" + text($0))
      })
  }

  /// The style sheet.
  static var style: String { text(PackageResources.page_css) }

  /// The script, as it stands between the tags of its element.
  static var script: String { "\n" + text(PackageResources.page_js) }

  /// The script's name in a Content-Security-Policy, by which nothing else may run.
  static var scriptHash: String {
    let hex = Array(Digest.sha256(Array(script.utf8)).utf8)
    let bytes = stride(from: 0, to: hex.count, by: 2).compactMap {
      UInt8(String(decoding: hex[$0..<$0 + 2], as: UTF8.self), radix: 16)
    }
    return "sha256-" + Data(bytes).base64EncodedString()
  }

  private static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}

/// Escapes what a template names between two braces. Mustache's own escape compares whole `Character`s and so lets
/// a `<` pass that a preceding or following scalar joins.
private struct EscapedMarkup: MustacheContentType {
  static let name = "MARKUP"

  func escapeText(_ text: String) -> String {
    text.markup
  }
}
