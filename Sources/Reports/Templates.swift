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
      "table": PackageResources.table_mustache, "facts": PackageResources.facts_mustache,
    ]
    return MustacheLibrary(
      templates: try files.mapValues {
        // Stated in front of each one, so that none can be without it.
        try MustacheTemplate(string: "{{% CONTENT_TYPE:\(EscapedMarkup.name) }}" + text($0))
      })
  }

  /// The style sheet.
  static var style: String { text(PackageResources.page_css) }

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
