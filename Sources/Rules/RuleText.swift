/// The text form of rules.
///
///     # xai-tab rules 1, first match
///     IF thal in {normal, "fixed defect"} AND age > 54.5 THEN 1   # support 71, correct 66
///     ELSE 0
///
/// Names stand in double quotes, `""` for a quote, unless they are words of `[A-Za-z0-9_.-]` with single spaces that
/// neither are nor hold a keyword. What follows `#` is a comment, but for the first line and the counts behind a rule.
public enum RuleText {
  /// The words with a meaning of their own, whatever their case.
  static let keywords: Set<String> = ["if", "and", "then", "else", "in", "is", "or", "missing", "known", "true"]

  /// The text of a rule set, which `parse` reads back to the same one.
  /// - Complexity: O(conditions)
  public static func print(_ written: WrittenRules) -> String {
    var lines = ["# xai-tab rules 1, \(written.semantics.rawValue)"]
    for rule in written.rules {
      lines.append(
        "IF \(conditions(rule)) THEN \(quoted(rule.then))   # support \(number(rule.support)), correct "
          + number(rule.correct))
    }
    lines.append("ELSE \(quoted(written.defaultClass))")
    return lines.joined(separator: "\n") + "\n"
  }

  /// A rule's conditions, joined by AND.
  public static func conditions(_ rule: WrittenRules.Rule) -> String {
    rule.conditions.isEmpty ? "TRUE" : rule.conditions.map { text($0) }.joined(separator: " AND ")
  }

  private static func text(_ condition: WrittenRules.Condition) -> String {
    let subject: String
    switch condition.subject {
    case .column(let name): subject = quoted(name)
    case .sum(let weights):
      subject = weights.enumerated().map { place, weight in
        let sign = weight.weight < 0 ? (place == 0 ? "-" : " - ") : place == 0 ? "" : " + "
        return "\(sign)\(number(weight.weight.magnitude))*\(quoted(weight.column))"
      }.joined()
    }
    let missing = condition.orMissing ? " or missing" : ""
    switch condition.test {
    case .above(let bound): return "\(subject) > \(number(bound))\(missing)"
    case .atMost(let bound): return "\(subject) <= \(number(bound))\(missing)"
    case .oneOf(let words): return "\(subject) in {\(words.map { quoted($0) }.joined(separator: ", "))}\(missing)"
    case .isMissing: return "\(subject) is missing"
    case .isKnown: return "\(subject) is known\(missing)"
    }
  }

  /// The shortest text that reads back to the same number.
  static func number(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A name, in quotes where it needs them.
  public static func quoted(_ name: String) -> String {
    let words = name.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    let isPlain = words.allSatisfy { word in
      !word.isEmpty && word.allSatisfy { RuleScanner.isWordByte($0) } && word.contains { $0 != UInt8(ascii: "-") }
        && !keywords.contains(String(decoding: word, as: UTF8.self).lowercased())
    }
    if isPlain { return name }
    var bytes = [UInt8(ascii: "\"")]
    for byte in name.utf8 {
      bytes.append(byte)
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
    }
    return String(decoding: bytes + [UInt8(ascii: "\"")], as: UTF8.self)
  }

  /// Reads rules from text.
  /// - Throws: `RuleTextError`.
  /// - Complexity: O(characters)
  public static func parse(_ text: String) throws(RuleTextError) -> WrittenRules {
    var parser = RuleParser(try RuleScanner.scan(text))
    return try parser.rules()
  }
}

/// What is wrong with the text of rules.
public enum RuleTextError: Error, Equatable, CustomStringConvertible {
  /// The first line is not that of a rule file.
  case noHeader
  /// The first line names a later version, or other semantics than are known.
  case unknownHeader(String)
  /// Something else was expected at a line.
  case unexpected(line: Int, expected: String, found: String)
  /// A quote does not end.
  case openQuote(line: Int)
  /// There is no ELSE.
  case noDefault

  /// The message, in one line.
  public var description: String {
    switch self {
    case .noHeader: "no rule file: the first line is \"# xai-tab rules 1, first match\" or \"# xai-tab rules 1, vote\""
    case .unknownHeader(let text):
      "the first line \"\(text)\" is none that is known; \"# xai-tab rules 1, first match\" is"
    case .unexpected(let line, let expected, let found): "line \(line): expected \(expected), found \(found)"
    case .openQuote(let line): "line \(line): the quote does not end"
    case .noDefault: "no ELSE with the class of the rows that no rule decides on"
    }
  }
}
