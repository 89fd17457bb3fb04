/// A way to say which parts of a picture speak for a class.
///
/// A method is a value in a file of its own, with its settings as properties and the options that set them beside
/// these, and a line in `SaliencyMethods.all`; it holds what sets the method apart from the plain gradient.
public protocol SaliencyMethod: Sendable {
  /// The name on the command line.
  static var name: String { get }
  /// What the method does, in a line.
  static var summary: String { get }
  /// What of it can be set on the command line, and by which options.
  static var parameters: [MethodParameter<Self>] { get }
  /// The method with the settings that its paper gives.
  init()
  /// The map of a picture.
  /// - Throws: `SaliencyError` where the method does not fit the network.
  func explain(_ subject: Subject) throws -> SaliencyMap
}

/// A method that draws random numbers.
public protocol RandomMethod: SaliencyMethod {
  /// Their seed.
  var seed: UInt64 { get set }
}

extension SaliencyMethod {
  /// The options that set something of the method.
  static var options: [(option: any DeclaredOption, part: String?)] { parameters.map { ($0.option, $0.part) } }

  /// The method with the given seed, if it draws random numbers.
  public func seeded(_ seed: UInt64) -> any SaliencyMethod {
    guard var method = self as? any RandomMethod else { return self }
    method.seed = seed
    return method
  }

  /// The method with what options say of it.
  /// - Throws: `OptionError`, and what the context throws.
  public static func told(_ values: OptionValues, in context: OptionContext) throws -> Self {
    var method = Self()
    for parameter in parameters { try parameter.set(&method, values, context) }
    return method
  }
}
