/// The colours of figures, by what they mean. A figure names the role; the page says what it looks like by light and
/// by dark, and the colour here serves where there is no page.
///
/// Blue and orange stay apart for colour-blind readers, which red and green do not.
enum Ink: UInt8, CaseIterable {
  /// Text and the lines that carry meaning, such as the zero line and the whiskers.
  case text = 1
  /// Numbers along an axis.
  case axis
  /// Lines that only guide the eye.
  case grid
  /// Bars to the right of zero.
  case positive
  /// Bars to the left of zero.
  case negative
  /// Shades of one colour, from light to dark, for the pixels of a heat map.
  case shade1, shade2, shade3, shade4, shade5, shade6, shade7, shade8, shade9

  /// The shades, from light to dark.
  static let shades: [Ink] = [.shade1, .shade2, .shade3, .shade4, .shade5, .shade6, .shade7, .shade8, .shade9]

  /// The colour as gnuplot is told it: no colour to be seen, but a mark that is found again in what gnuplot wrote.
  var gnuplotColor: String { "rgb '#0a0b\(rawValue < 16 ? "0" : "")\(String(rawValue, radix: 16))'" }

  /// The two ways in which gnuplot writes that colour into a drawing, in full.
  var marks: [String] { ["rgb( 10,  11, \(rawValue < 10 ? "  " : " ")\(rawValue))", "rgb(10,11,\(rawValue))"] }

  /// The colour as the drawing names it: the page's variable, then the one that serves without a page.
  var paint: String {
    switch self {
    case .text: "currentColor"
    case .axis: "var(--muted, #5c6470)"
    case .grid: "var(--rule, #d9dde2)"
    case .positive: "var(--positive, #2571b8)"
    case .negative: "var(--negative, #cc6310)"
    default: "rgb(37 113 184 / \(12 + (Int(rawValue) - Int(Ink.shade1.rawValue)) * 11)%)"
    }
  }
}
