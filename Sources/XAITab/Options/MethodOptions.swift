import ArgumentParser
import Images

/// The options of the methods for pictures, as the methods declare them.
///
/// ArgumentParser finds the options of a type in its mirror and reads them by their keys; here both come from the
/// methods.
struct MethodOptions: ParsableArguments {
  /// What was given.
  private(set) var values = OptionValues()

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for option in SaliencyMethods.options { try read(option, container) }
  }

  private mutating func read<Declared: DeclaredOption>(_ option: Declared, _ container: KeyedDecodingContainer<Key>)
    throws
  {
    let key = Key(stringValue: option.name)
    if Declared.Value.self == Bool.self {
      values[option] = try container.decode(Flag<Bool>.self, forKey: key).wrappedValue as? Declared.Value
    } else if option.usual != nil {
      values[option] = try container.decode(Option<Given<Declared.Value>>.self, forKey: key).wrappedValue.value
    } else {
      values[option] = try container.decode(Option<Given<Declared.Value>?>.self, forKey: key).wrappedValue?.value
    }
  }

  func validate() throws {
    for option in SaliencyMethods.options { try check(option) }
  }

  private func check(_ option: some DeclaredOption) throws {
    if let value = values[option], let refusal = option.refusal(of: value) { throw ValidationError(refusal) }
  }

  /// An option's name as the key of its value.
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

extension MethodOptions: CustomReflectable {
  /// The options.
  var customMirror: Mirror {
    Mirror(self, children: SaliencyMethods.options.map { (label: $0.name, value: Self.argument($0)) })
  }

  /// The option as ArgumentParser declares it.
  private static func argument<Declared: DeclaredOption>(_ option: Declared) -> Any {
    let (name, help) = (
      NameSpecification.customLong(option.name), ArgumentHelp("\(option.help)", valueName: option.valueName)
    )
    if Declared.Value.self == Bool.self { return Flag(wrappedValue: false, name: name, help: help) }
    guard let usual = option.usual else { return Option<Given<Declared.Value>?>(name: name, help: help) }
    return Option(wrappedValue: Given(usual), name: name, help: help)
  }
}

/// A value that was given on the command line.
struct Given<Value: OptionValue>: ExpressibleByArgument {
  let value: Value

  init(_ value: Value) { self.value = value }

  init?(argument: String) {
    guard let value = Value(word: argument) else { return nil }
    self.value = value
  }

  var defaultValueDescription: String { value.word }

  static var allValueStrings: [String] { Value.words }
}
