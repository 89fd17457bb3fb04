extension Column {
  /// Whether the column only tells the rows apart: words without a missing cell that are all different, or whole
  /// numbers without a missing cell that are all different and consecutive, in any order. One row tells nothing.
  public var isIdentifier: Bool {
    guard count >= 2 else { return false }
    switch values {
    case .words(let codes, let levels):
      guard levels.count >= codes.count else { return false }
      var isSeen = [Bool](repeating: false, count: levels.count)
      for code in codes {
        if code < 0 || isSeen[Int(code)] { return false }
        isSeen[Int(code)] = true
      }
      return true
    case .numbers(let numbers):
      guard let least = numbers.min(), numbers.allSatisfy({ $0.isFinite && $0 == $0.rounded() }) else { return false }
      var isSeen = [Bool](repeating: false, count: count)
      for number in numbers {
        let offset = number - least
        guard offset < Double(count), !isSeen[Int(offset)] else { return false }
        isSeen[Int(offset)] = true
      }
      return true
    }
  }
}
