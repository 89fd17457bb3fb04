extension [String] {
  /// The names in words, such as `a, b or c`.
  func inWords(_ conjunction: String) -> String {
    guard count > 1, let last else { return joined() }
    return "\(dropLast().joined(separator: ", ")) \(conjunction) \(last)"
  }
}
