public import Reports

/// The figures of a page, drawn by gnuplot; where one cannot be drawn a note stands in its place.
public struct Figures {
  /// Why a figure is missing; nil where none is.
  public private(set) var missing: String?
  private let gnuplot: Gnuplot

  /// Figures that `gnuplot` draws.
  public init(_ gnuplot: Gnuplot = Gnuplot()) { self.gnuplot = gnuplot }

  /// A figure with the sentence under it.
  public mutating func block(_ caption: String, _ draw: (Gnuplot) throws -> SVG) -> Block {
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
