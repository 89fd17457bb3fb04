/// An option of methods, whatever the kind of its values.
public protocol DeclaredOption: Sendable {
  /// What it can be set to.
  associatedtype Value: OptionValue
  /// Its name on the command line, without the dashes.
  var name: String { get }
  /// What it does, in a sentence.
  var help: String { get }
  /// What its value is called in the help; nil: as the option.
  var valueName: String? { get }
  /// The value that the help names as the default one; nil where it names none.
  var usual: Value? { get }
  /// What is wrong with a value, in a sentence; nil where it can be.
  func refusal(of value: Value) -> String?
  /// The option with the help that ends with what each method says of its own part.
  func completed(by parts: [String]) -> Self
}

/// An option of one method, or of several that share it.
public struct MethodOption<Value: OptionValue>: DeclaredOption {
  /// Its name on the command line, without the dashes.
  public let name: String
  /// What it does, in a sentence.
  public private(set) var help: String
  /// What its value is called in the help; nil: as the option.
  public let valueName: String?
  /// The value that the help names as the default one; nil where it names none.
  public let usual: Value?
  private let rule: String
  private let accepts: @Sendable (Value) -> Bool

  /// An option.
  /// - Parameters:
  ///   - name: its name on the command line, without the dashes.
  ///   - help: what it does, in a sentence; of an option to which methods add their parts, how the sentence begins.
  ///   - valueName: what its value is called in the help; nil: as the option.
  ///   - usual: the value that the help names as the default one.
  ///   - rule: what the value must be, to be said behind the option's name, such as "is at least 1".
  ///   - accepts: whether a value is so.
  public init(
    _ name: String, _ help: String, valueName: String? = nil, usual: Value? = nil, rule: String = "can be anything",
    accepts: @escaping @Sendable (Value) -> Bool = { _ in true }
  ) {
    self.name = name
    self.help = help
    self.valueName = valueName
    self.usual = usual
    self.rule = rule
    self.accepts = accepts
  }

  /// What is wrong with a value, in a sentence; nil where it can be.
  public func refusal(of value: Value) -> String? { accepts(value) ? nil : "--\(name) \(rule)." }

  /// The option with the help that ends with what each method says of its own part.
  public func completed(by parts: [String]) -> Self {
    guard !parts.isEmpty else { return self }
    var option = self
    option.help += parts.joined(separator: ", ") + "."
    return option
  }
}

/// What does not go together among options, or with the picture that is explained, in a sentence without its full stop.
public struct OptionError: Error, Equatable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  /// What does not go together.
  public init(_ description: String) { self.description = description }
}
