public import Reports

/// A result as its JSON form has it, from which its page is made: at once, or later from what was saved.
public protocol PagedResult: Codable {
  /// The name and version of the JSON form.
  static var schema: String { get }
  /// The names of all JSON forms that the type reads.
  static var schemas: [String] { get }
  /// The page.
  func page(_ figures: inout Figures) -> Page
  /// What is wrong with a result that was read; nil where nothing is.
  var problem: String? { get }
}

extension PagedResult {
  /// The one of `schema`.
  public static var schemas: [String] { [schema] }
  /// Nothing.
  public var problem: String? { nil }
}
