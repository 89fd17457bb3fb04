import Runs

/// A table, a figure or a section of the review "Review, implementation, and analysis of approaches to interpret deep
/// learning models" by B. Song and X. Zhang, which can be done again.
///
/// A part is one file, a conformance and a line in `ReviewParts.all`.
protocol ReviewPart: Sendable {
  /// What it is called on the command line.
  static var name: String { get }
  /// What it is, as a heading.
  static var title: String { get }
  /// What the review says there, in short.
  static var says: String { get }
  /// Runs it.
  /// - Throws: what keeps it from being run; `MissingData` where that is a file that is not there.
  static func reproduce(_ bench: inout Bench, _ result: inout Reproduced) throws
}

/// All parts, in the review's order.
enum ReviewParts {
  static let all: [any ReviewPart.Type] = [
    Table1.self,
    ToyExample.self,
    Figure1.self,
    Figure2.self,
    Figure3.self,
    Figure4.self,
    Figure5.self,
    Figure6.self,
  ]

  /// The part of a name, which may be written with blanks, hyphens and capital letters.
  /// - Throws: `UsageError.unknownPart`
  static func named(_ name: String) throws -> any ReviewPart.Type {
    let plain = name.lowercased().filter { $0 != " " && $0 != "-" && $0 != "_" }
    guard let part = all.first(where: { $0.name.filter { $0 != "-" } == plain }) else {
      throw UsageError.unknownPart(name: name, names: all.map { $0.name })
    }
    return part
  }
}
