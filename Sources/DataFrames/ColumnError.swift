/// A column was named that the table does not have.
public enum ColumnError: Error, Equatable, CustomStringConvertible {
  /// No column is called `name`; `names` are those that there are.
  case unknown(name: String, names: [String])

  /// One line that suggests the nearest names.
  public var description: String {
    switch self {
    case .unknown(let name, let names):
      let near = nearest(to: name, among: names)
      let advice =
        if near.isEmpty {
          "the columns are \(listed(names, most: 10))"
        } else {
          "did you mean \(near.map { "\"\($0)\"" }.joined(separator: " or "))?"
        }
      return "no column is called \"\(name)\"; \(advice)"
    }
  }
}

/// Names in quotes with commas between them, at most `most`, then how many more there are.
func listed(_ names: [String], most: Int) -> String {
  let shown = names.prefix(most).map { "\"\($0)\"" }.joined(separator: ", ")
  return names.count > most ? "\(shown) and \(names.count - most) more" : shown
}
