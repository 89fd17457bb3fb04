extension [String] {
  /// The names as a choice in words, such as `a, b or c`.
  var choice: String {
    guard count > 1, let last else { return joined() }
    return dropLast().joined(separator: ", ") + " or " + last
  }
}
