/// Writing CSV as RFC 4180 has it: commas, double quotes, and the line end that the caller chooses.
public enum CSVWriter {
  /// A field as it stands in a file: in quotes, with its own quotes doubled, if it holds a comma, a quote or a line
  /// end, or has a blank at an end, which readers would trim; an empty one too stands for itself.
  public static func field(_ text: String, delimiter: Unicode.Scalar = ",") -> String {
    let needsQuotes =
      text.unicodeScalars.contains { $0 == delimiter || $0 == "\"" || $0 == "\n" || $0 == "\r" }
      || text.first?.isWhitespace == true || text.last?.isWhitespace == true
    if !needsQuotes { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }

  /// A record without its line end. A record of one empty field is `""`, since an empty line is no record.
  public static func record(_ fields: [String], delimiter: Unicode.Scalar = ",") -> String {
    if fields.count == 1, fields[0].isEmpty { return "\"\"" }
    return fields.map { field($0, delimiter: delimiter) }.joined(separator: String(delimiter))
  }
}
