import Reports

/// The figures of a page, drawn by gnuplot; where one cannot be drawn a note stands in its place.
struct Figures {
  /// Why a figure is missing; nil where none is.
  private(set) var missing: String?
  private let gnuplot: Gnuplot

  /// Figures that `gnuplot` draws.
  init(_ gnuplot: Gnuplot = Gnuplot()) { self.gnuplot = gnuplot }

  /// A figure with the sentence under it.
  mutating func block(_ caption: String, _ draw: (Gnuplot) throws -> SVG) -> Block {
    do {
      return .figure(try draw(gnuplot), caption: caption)
    } catch {
      // One sentence on the page is enough where no figure can be drawn at all.
      let isKnown = missing != nil
      missing = "the figure could not be drawn: \(error)"
      return .note(
        isKnown
          ? "There is no figure here either; the numbers are below."
          : "There is no figure here: \(error). The numbers are below.")
    }
  }
}

/// A result as its JSON form has it, from which its page is made: at once, or later from what was saved.
protocol PagedResult: Codable {
  /// The name and version of the JSON form.
  static var schema: String { get }
  /// The page.
  func page(_ figures: inout Figures) -> Page
  /// What is wrong with a result that was read; nil where nothing is.
  var problem: String? { get }
}

extension PagedResult {
  var problem: String? { nil }
}
