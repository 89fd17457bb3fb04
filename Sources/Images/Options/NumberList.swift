/// Numbers such as `0.5,1/255`.
public struct NumberList: OptionValue, Equatable {
  /// The numbers, all of them finite.
  public let numbers: [Double]

  /// Numbers, or fractions of two, set off by commas; nil for another text.
  public init?(word: String) {
    var numbers: [Double] = []
    for part in word.split(separator: ",", omittingEmptySubsequences: false) {
      let terms = part.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
      guard (1...2).contains(terms.count), let number = terms[0], let divisor = terms.count == 2 ? terms[1] : 1 else {
        return nil
      }
      let value = number / divisor
      guard value.isFinite else { return nil }
      numbers.append(value)
    }
    self.numbers = numbers
  }

  /// The numbers, set off by commas.
  public var word: String { numbers.map { "\($0)" }.joined(separator: ",") }

  /// One number for each channel; nil where there are others.
  public func perChannel(_ channels: Int) -> [Double]? {
    if numbers.count == channels { return numbers }
    return numbers.count == 1 ? [Double](repeating: numbers[0], count: channels) : nil
  }
}
