/// Texts that stay on their line.
public enum OneLine {
  /// The text without line breaks and control characters, which names and cells may hold: they would break the line
  /// or steer the terminal.
  public static func text(_ text: String) -> String {
    var line = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": line += "\\n"
      case "\r": line += "\\r"
      case "\t": line += "\\t"
      default:
        if scalar.properties.generalCategory == .control || scalar.properties.isBidiControl {
          line += "\\u{\(String(scalar.value, radix: 16))}"
        } else {
          line.unicodeScalars.append(scalar)
        }
      }
    }
    return line
  }
}
