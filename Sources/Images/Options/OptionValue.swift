/// What an option of a method can be set to: a value that a word on the command line stands for.
public protocol OptionValue: Sendable {
  /// The value of a word; nil for a word that stands for none.
  init?(word: String)
  /// The word that stands for the value.
  var word: String { get }
  /// All words, where they are few and known; none else.
  static var words: [String] { get }
}

extension OptionValue {
  /// None.
  public static var words: [String] { [] }
}

extension OptionValue where Self: RawRepresentable & CaseIterable, RawValue == String {
  /// The case of that name.
  public init?(word: String) { self.init(rawValue: word) }
  /// The case's name.
  public var word: String { rawValue }
  /// The names of the cases.
  public static var words: [String] { allCases.map(\.rawValue) }
}

extension OptionValue where Self: LosslessStringConvertible {
  /// The value that the word describes.
  public init?(word: String) { self.init(word) }
  /// The value's description.
  public var word: String { description }
}

extension Int: OptionValue {}
extension Double: OptionValue {}
extension String: OptionValue {}

/// Whether a flag was given; an option of this kind takes no word.
extension Bool: OptionValue {}
