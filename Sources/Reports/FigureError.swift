/// Why a figure could not be drawn. A page can do without: its tables hold the same numbers.
public enum FigureError: Error, Equatable, CustomStringConvertible {
  /// No program named gnuplot stands in the search path.
  case gnuplotMissing
  /// gnuplot was found and drew nothing usable; `message` is what it said, which may be empty.
  case gnuplotFailed(message: String)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .gnuplotMissing:
      "gnuplot was not found in PATH, and figures are drawn by it; on Debian it is in the package gnuplot-nox"
    case .gnuplotFailed(let message) where message.isEmpty:
      "gnuplot drew nothing and did not say why"
    case .gnuplotFailed(let message):
      "gnuplot could not draw the figure: \(message)"
    }
  }
}
