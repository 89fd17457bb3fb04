/// A way to say which parts of a picture speak for a class.
///
/// A method is one file, a conformance and a line in `SaliencyMethods.all`; it holds what sets the method apart from the plain gradient.
public protocol SaliencyMethod: Sendable {
  /// The name on the command line.
  static var name: String { get }
  /// What the method does, in a line.
  static var summary: String { get }
  /// The method with given settings, of which it takes what it has.
  init(_ settings: SaliencySettings)
  /// The map of a picture.
  /// - Throws: `SaliencyError` where the method does not fit the network.
  func explain(_ subject: Subject) throws -> SaliencyMap
}
