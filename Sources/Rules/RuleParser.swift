/// Cuts the text of rules into tokens.
struct RuleScanner {
  /// A piece of the text.
  struct Token: Equatable {
    let kind: Kind
    let line: Int

    enum Kind: Equatable {
      case word(String)
      case quoted(String)
      case symbol(String)
      case comment(String)
      case lineEnd
      case end
    }
  }

  static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  static func scan(_ text: String) throws(RuleTextError) -> [Token] {
    let bytes = Array(text.utf8)
    var tokens: [Token] = []
    var place = 0
    var line = 1
    func slice(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    while place < bytes.count {
      let start = place
      let byte = bytes[place]
      switch byte {
      case UInt8(ascii: "\n"):
        tokens.append(Token(kind: .lineEnd, line: line))
        line += 1
        place += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): place += 1
      case UInt8(ascii: "#"):
        while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
        tokens.append(Token(kind: .comment(slice(start..<place)), line: line))
      case UInt8(ascii: "\""):
        let (word, next) = try quoted(bytes, from: place, line: line)
        tokens.append(Token(kind: .quoted(word), line: line))
        line += bytes[place..<next].count { $0 == UInt8(ascii: "\n") }
        place = next
      case let other where isWordByte(other):
        while place < bytes.count, isWordByte(bytes[place]) { place += 1 }
        // A number's exponent may have a sign of its own.
        if place < bytes.count, bytes[place] == UInt8(ascii: "+"), bytes[place - 1] | 32 == UInt8(ascii: "e"),
          Double(slice(start..<place) + "+1") != nil
        {
          place += 1
          while place < bytes.count, isWordByte(bytes[place]) { place += 1 }
        }
        tokens.append(Token(kind: .word(slice(start..<place)), line: line))
      default:
        place += byte == UInt8(ascii: "<") && place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "=") ? 2 : 1
        while place < bytes.count, bytes[place] & 0xC0 == 0x80 { place += 1 }
        tokens.append(Token(kind: .symbol(slice(start..<place)), line: line))
      }
    }
    return tokens + [Token(kind: .lineEnd, line: line), Token(kind: .end, line: line)]
  }

  private static func quoted(
    _ bytes: [UInt8], from start: Int, line: Int
  ) throws(RuleTextError) -> (word: String, next: Int) {
    var word: [UInt8] = []
    var place = start + 1
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "\"") {
        if place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "\"") {
          place += 1
        } else {
          return (String(decoding: word, as: UTF8.self), place + 1)
        }
      }
      word.append(bytes[place])
      place += 1
    }
    throw .openQuote(line: line)
  }
}

/// Reads rules from tokens.
struct RuleParser {
  private let tokens: [RuleScanner.Token]
  private var place = 0

  init(_ tokens: [RuleScanner.Token]) { self.tokens = tokens }

  private var token: RuleScanner.Token { tokens[place] }

  mutating func rules() throws(RuleTextError) -> WrittenRules {
    let semantics = try header()
    var rules: [WrittenRules.Rule] = []
    while true {
      skipBlank()
      if token.kind == .end { throw .noDefault }
      if takeKeyword("else") {
        let decision = try className()
        skipBlank()
        if token.kind != .end { throw unexpected("the end behind ELSE") }
        return WrittenRules(semantics: semantics, rules: rules, defaultClass: decision)
      }
      guard takeKeyword("if") else { throw unexpected("IF or ELSE") }
      rules.append(try rule())
    }
  }

  private mutating func header() throws(RuleTextError) -> RuleSet.Semantics {
    guard case .comment(let text) = token.kind, token.line == 1, text.hasPrefix("# xai-tab rules ") else {
      throw .noHeader
    }
    let line = text.last == "\r" ? String(text.dropLast()) : text
    guard let semantics = RuleSet.Semantics.allCases.first(where: { line == "# xai-tab rules 1, \($0.rawValue)" })
    else { throw .unknownHeader(line) }
    place += 1
    return semantics
  }

  private mutating func rule() throws(RuleTextError) -> WrittenRules.Rule {
    var conditions: [WrittenRules.Condition] = []
    if !takeKeyword("true") {
      repeat { conditions.append(try condition()) } while takeKeyword("and")
    }
    guard takeKeyword("then") else { throw unexpected("AND or THEN") }
    let decision = try className()
    var counts = (support: 0.0, correct: 0.0)
    if case .comment(let text) = token.kind { counts = Self.counts(text) ?? counts }
    return WrittenRules.Rule(
      conditions: conditions, then: decision, support: counts.support, correct: counts.correct)
  }

  /// `# support 71, correct 66`, whatever may follow.
  private static func counts(_ text: String) -> (support: Double, correct: Double)? {
    let words = text.split { $0 == " " || $0 == "," || $0 == "\r" }
    guard words.count >= 5, words[0] == "#", words[1] == "support", words[3] == "correct",
      let support = Double(words[2]), let correct = Double(words[4]), support.isFinite, correct.isFinite
    else { return nil }
    return (support, correct)
  }

  private mutating func condition() throws(RuleTextError) -> WrittenRules.Condition {
    let subject = try subject()
    if takeSymbol(">") { return WrittenRules.Condition(subject, .above(try number()), orMissing: orMissing()) }
    if takeSymbol("<=") { return WrittenRules.Condition(subject, .atMost(try number()), orMissing: orMissing()) }
    if case .sum = subject { throw unexpected("> or <=") }
    if takeKeyword("in") { return WrittenRules.Condition(subject, .oneOf(try words()), orMissing: orMissing()) }
    guard takeKeyword("is") else { throw unexpected(">, <=, in or is") }
    if takeKeyword("missing") { return WrittenRules.Condition(subject, .isMissing) }
    guard takeKeyword("known") else { throw unexpected("missing or known") }
    return WrittenRules.Condition(subject, .isKnown, orMissing: orMissing())
  }

  private mutating func orMissing() -> Bool {
    guard takeKeyword("or") else { return false }
    if takeKeyword("missing") { return true }
    place -= 1
    return false
  }

  private mutating func subject() throws(RuleTextError) -> WrittenRules.Subject {
    skipLineEnds()
    let isNegative = token.kind == .word("-")
    let offset = isNegative ? 1 : 0
    if case .word(let text) = tokens[min(place + offset, tokens.count - 1)].kind, Double(text) != nil,
      tokens[min(place + offset + 1, tokens.count - 1)].kind == .symbol("*")
    {
      return .sum(try weights())
    }
    return .column(try name("a column"))
  }

  private mutating func weights() throws(RuleTextError) -> [WrittenRules.Weight] {
    var weights: [WrittenRules.Weight] = []
    while true {
      var sign = 1.0
      if token.kind == .word("-") {
        sign = -1
        place += 1
      } else if !weights.isEmpty {
        guard takeSymbol("+") else { return weights }
      }
      let factor = try number()
      guard takeSymbol("*") else { throw unexpected("*") }
      weights.append(WrittenRules.Weight(column: try name("a column"), weight: sign * factor))
    }
  }

  private mutating func number() throws(RuleTextError) -> Double {
    skipLineEnds()
    guard case .word(let text) = token.kind, let value = Double(text), value.isFinite else {
      throw unexpected("a number")
    }
    place += 1
    return value
  }

  private mutating func words() throws(RuleTextError) -> [String] {
    guard takeSymbol("{") else { throw unexpected("{") }
    if takeSymbol("}") { return [] }
    var words: [String] = []
    repeat { words.append(try name("a word")) } while takeSymbol(",")
    guard takeSymbol("}") else { throw unexpected(", or }") }
    return words
  }

  private mutating func className() throws(RuleTextError) -> String {
    let text = try name("a class")
    switch token.kind {
    case .comment, .lineEnd: return text
    default: throw unexpected("the end of the line")
    }
  }

  /// A quoted name, or plain words up to a keyword or a symbol.
  private mutating func name(_ expected: String) throws(RuleTextError) -> String {
    skipLineEnds()
    if case .quoted(let text) = token.kind {
      place += 1
      return text
    }
    var words: [String] = []
    while case .word(let text) = token.kind, text.contains(where: { $0 != "-" }),
      !RuleText.keywords.contains(text.lowercased())
    {
      words.append(text)
      place += 1
    }
    if words.isEmpty { throw unexpected(expected) }
    return words.joined(separator: " ")
  }

  private mutating func takeKeyword(_ keyword: String) -> Bool {
    let before = place
    skipLineEnds()
    if case .word(let text) = token.kind, text.lowercased() == keyword {
      place += 1
      return true
    }
    place = before
    return false
  }

  private mutating func takeSymbol(_ symbol: String) -> Bool {
    let before = place
    skipLineEnds()
    if token.kind == .symbol(symbol) {
      place += 1
      return true
    }
    place = before
    return false
  }

  private mutating func skipLineEnds() { while token.kind == .lineEnd { place += 1 } }

  private mutating func skipBlank() {
    while true {
      switch token.kind {
      case .lineEnd, .comment: place += 1
      default: return
      }
    }
  }

  private func unexpected(_ expected: String) -> RuleTextError {
    let found =
      switch token.kind {
      case .word(let text): "\"\(text)\""
      case .quoted(let text): "the name \"\(text)\""
      case .symbol(let text): "\"\(text)\""
      case .comment: "a comment"
      case .lineEnd: "the end of the line"
      case .end: "the end of the text"
      }
    return .unexpected(line: token.line, expected: expected, found: found)
  }
}
