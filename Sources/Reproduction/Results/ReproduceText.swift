import Presentation

/// The text form of the review done again.
enum ReproduceText {
  /// Each part with its statements, and where its page is.
  static func text(_ results: [Reproduced], folder: String) -> String {
    let parts = results.map { result in
      var lines = [result.title]
      for statement in result.statements {
        lines.append("  \(statement.verdict.rawValue.uppercased()): \(statement.claim)")
        lines.append(
          "    " + statement.numbers.prefix(2).map { "\($0.name) \(number($0.value))" }.joined(separator: "; "))
      }
      for file in result.missing { lines.append("  missing: \(file)") }
      lines.append("  \(folder)/\(result.name).html")
      return lines.map { OneLine.text($0) }.joined(separator: "\n") + "\n"
    }
    return parts.joined(separator: "\n") + "\n" + OneLine.text(counts(results.flatMap(\.statements).map(\.verdict)))
      + "\n"
  }

  /// How many statements hold.
  static func counts(_ verdicts: [Verdict]) -> String {
    func count(_ verdict: Verdict) -> Int { verdicts.count { $0 == verdict } }
    return "\(count(.holds)) of \(verdicts.count) statements hold here, \(count(.doesNotHold)) do not, "
      + "\(count(.cannotBeTold)) cannot be told."
  }

  /// A number as a reader meets it: whole where it is a count.
  static func number(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e6 ? NumberText.exact(value) : NumberText.significant(value, 3)
  }
}
