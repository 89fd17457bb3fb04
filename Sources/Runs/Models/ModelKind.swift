/// A kind of model, by its name on the command line and in results.
public struct ModelKind: Sendable, Hashable {
  /// The name.
  public let name: String

  /// The kind of a name.
  public init(name: String) {
    self.name = name
  }

  /// A model that a file holds.
  public static let file = ModelKind(name: "file")
  /// A program that is started for each question.
  public static let command = ModelKind(name: "command")
  /// A program that is started once and answers one question after the other.
  public static let stream = ModelKind(name: "stream")

  /// What trains a model of this kind; nil where such a model is there already.
  var trainer: (any ModelTrainer.Type)? { ModelTrainers.all.first { $0.kind == self } }

  /// The names of the kinds that are trained on the spot, as help lists them.
  public static var trainedNames: [String] { ModelTrainers.all.map { $0.kind.name + $0.remark } }

  /// Whether a model of this kind is trained on the spot.
  public var isTrained: Bool { trainer != nil }

  /// Whether it is an external program.
  public var isProgram: Bool { self == .command || self == .stream }
}
