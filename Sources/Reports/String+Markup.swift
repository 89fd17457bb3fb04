extension String {
  /// This text as the content of an element or of a quoted attribute, in HTML and XML alike.
  ///
  /// The five characters of markup become references. Characters that neither language may hold, or that act on
  /// what follows instead of being seen, become visible: a control character its picture (`␀`), a carriage return a
  /// line feed, and a noncharacter or an explicit change of writing direction the replacement character.
  ///
  /// Works on scalars and not on `Character`: a letter such as U+0600 joins a following `<` into one `Character`,
  /// which no comparison with `"<"` would find.
  var markup: String {
    var result = ""
    result.reserveCapacity(utf8.count + utf8.count / 8)
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar.seen)
      }
    }
    return result
  }

  /// This text on one line of at most `characters` characters and `width` em, its end replaced by an ellipsis if
  /// it is longer.
  func shortened(to characters: Int, width: Double = .infinity) -> String {
    var kept: [Character] = []
    var scalars = 0
    var used = 0.0
    for character in self {
      kept.append(character.isNewline ? " " : character.withoutTowers)
      // One character may carry thousands of combining marks.
      scalars += character.unicodeScalars.count
      used += character.typicalWidth
      if kept.count > characters || scalars > 4 * characters || used > width {
        kept.removeLast()
        return String(kept.dropLast(kept.count == characters ? 1 : 0)) + "…"
      }
    }
    return String(kept)
  }

  /// An estimate of this text's width in em, in a common sans-serif face.
  var typicalWidth: Double {
    reduce(0) { $0 + $1.typicalWidth }
  }
}

extension Character {
  /// An estimate of this character's width in em, in a common sans-serif face: on the wide side, as room for text
  /// is measured by it.
  fileprivate var typicalWidth: Double {
    guard let scalar = unicodeScalars.first else { return 0 }
    return switch scalar {
    case "i", "j", "l", "t", "f", "r", "I", ".", ",", ":", ";", "|", "!", "'", "(", ")", "[", "]", " ", "`": 0.36
    case "m", "w", "M", "W", "@", "%", "—", "…": 0.98
    case "A"..."Z", "&", "=", "+", "<", ">", "~", "≤", "≥", "−": 0.7
    case "\u{1100}"..."\u{115F}", "\u{2E80}"..."\u{A4CF}", "\u{AC00}"..."\u{D7A3}", "\u{F900}"..."\u{FAFF}",
      "\u{FE30}"..."\u{FE6F}", "\u{FF00}"..."\u{FF60}", "\u{1F000}"..."\u{3FFFF}":
      1.3
    default: 0.58
    }
  }
}

extension Character {
  /// This character with at most two of its marks that take no room of their own: more of them, as no language has,
  /// would reach into the lines above and below.
  fileprivate var withoutTowers: Character {
    guard unicodeScalars.count > 3 else { return self }
    var marks = 0
    var kept = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      let isMark =
        scalar.properties.generalCategory == .nonspacingMark || scalar.properties.generalCategory == .enclosingMark
      marks += isMark ? 1 : 0
      if !isMark || marks <= 2 { kept.append(scalar) }
    }
    return String(kept).first ?? self
  }
}

extension Unicode.Scalar {
  /// This scalar, or what stands for it where it could not be seen.
  fileprivate var seen: Unicode.Scalar {
    switch value {
    case 0x09, 0x0A: self
    case 0x0D: "\n"
    case 0x00...0x1F: Unicode.Scalar(0x2400 + value) ?? "\u{FFFD}"
    case 0x7F: "\u{2421}"
    case 0x80...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0xFDD0...0xFDEF: "\u{FFFD}"
    default: value & 0xFFFE == 0xFFFE ? "\u{FFFD}" : self
    }
  }
}
