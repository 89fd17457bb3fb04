import DataFrames
import Rules
import Tensors

/// A rule set of all kinds of conditions, over names that need quoting, with rows that meet each of them or miss cells.
///
/// What reads a form of rules must decide each row as the rules do.
struct AwkwardRules {
  /// The rules as they are written.
  let written: WrittenRules
  /// The rules over the columns `a "b"`, a number, `c`, a category, and `d`, a number.
  let set: RuleSet
  /// The rows.
  let rows: Matrix
  /// The words of `c`.
  static let words = ["it's", "x", "z"]

  init(_ semantics: RuleSet.Semantics) throws {
    written = try RuleText.parse(
      #"""
      # xai-tab rules 1, \#(semantics.rawValue)
      IF "a ""b""" > 0.5 AND c in {"it's", x} THEN "y'es"   # support 4, correct 3
      IF 0.5*"a ""b""" - 2*d <= 0 THEN no   # support 9, correct 2
      IF c is missing THEN maybe   # support 1, correct 1
      IF d > 1 or missing AND d <= 3 or missing THEN no   # support 5, correct 5
      ELSE other
      """#)
    let features = [
      Feature(name: "a \"b\"", kind: .number), Feature(name: "c", kind: .category(levels: Self.words)),
      Feature(name: "d", kind: .number),
    ]
    set = try written.bound(to: features, classNames: ["no"])
    var cells: [Double] = []
    for a in [0, 0.5, 1, .nan] { for c in [0, 1, 2, .nan] { for d in [0, 1, 2, 4, .nan] { cells += [a, c, d] } } }
    rows = Matrix(rows: cells.count / 3, columns: 3, elements: cells)
  }

  /// The class of each row.
  var decisions: [String] { self.set.classes(rows).map { self.set.classNames[$0] } }
}
