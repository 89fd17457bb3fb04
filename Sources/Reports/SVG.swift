/// A finished figure as an `svg` element that can stand in a page or in a file of its own.
///
/// Only the figures of this module make one, with every text escaped, which is why a page may take it as it is.
public struct SVG: Sendable, Equatable {
  /// Stands before each `id` in `content`. No text holds it, because escaping makes control characters visible.
  static let idMark = "\u{1}"

  /// The width at which the text has the size of the page's small text, in pixels.
  let width: Int
  private let height: Int
  private let title: String
  private let description: String
  private let content: String

  init(width: Int, height: Int, title: String, description: String, content: String) {
    self.width = width
    self.height = height
    self.title = title
    self.description = description
    self.content = content
  }

  /// The element alone, well-formed XML in UTF-8.
  public var text: String { markup(idPrefix: "figure") }

  /// The element with every `id` beginning with `idPrefix`, so that several can stand in one page.
  func markup(idPrefix: String) -> String {
    let font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
    return """
      <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" \
      width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" font-family="\(font)" font-size="13" \
      aria-labelledby="\(idPrefix)-title \(idPrefix)-description">
      <title id="\(idPrefix)-title">\(title.markup)</title>
      <desc id="\(idPrefix)-description">\(description.markup)</desc>
      \(content.replacing(Self.idMark, with: idPrefix + "-"))
      </svg>
      """
  }
}
