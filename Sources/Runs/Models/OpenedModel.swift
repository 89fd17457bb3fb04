import DataFrames
public import Learning
public import ModelFiles
public import Networks
public import Surrogates
public import Trees

/// What keeps a model from a file from being used.
public enum OpenedModelError: BadInput, Equatable {
  /// The file cannot be read, run, or brought together with the table.
  case unusable(path: String, reason: String)

  /// The error in one sentence.
  public var description: String {
    switch self {
    case .unusable(let path, let reason): "\(path): \(reason)"
    }
  }
}

/// A model that was not trained here, over the columns of a table.
public struct OpenedModel: Sendable {
  /// The kind, as the command line names it.
  public let kind: ModelKind
  /// The model in a few words.
  public let name: String
  /// The model, over the features of the table that was opened with it.
  public let model: any Predictor
  /// The trees whose mean the prediction is, if it is one.
  public let ensemble: TreeEnsemble?
  /// The trees whose mean the margin is, one output a class, where the prediction is a function of it.
  public let margin: TreeEnsemble?
  /// What the file says of its training.
  public let card: ModelCard?
  /// What explanations need of the training rows.
  public let statistics: ColumnStatistics?

  /// The key of the statistics in a file's metadata.
  public static let statisticsKey = "xai-tab.statistics"

  /// What a file's metadata say of the training rows, for columns with these numbers of categories.
  static func statistics(in metadata: [String: String], levelCounts: [Int?]) -> CardEntry<ColumnStatistics> {
    let entry = CardEntry<ColumnStatistics>(statisticsKey, in: metadata)
    guard let value = entry.value, !value.isValid(levelCounts: levelCounts) else { return entry }
    return .unreadable(keys: [statisticsKey])
  }

  /// A model from a file whose columns were brought together with a table's.
  public init(_ file: FileModel, path: String, card: ModelCard?, statistics: ColumnStatistics?) {
    kind = .file
    model = file
    ensemble = file.ensemble
    margin = file.classMargin
    self.card = card
    let trees = file.ensemble ?? file.margin
    let parts =
      trees.map { Plural.text($0.trees.count, "tree", "trees") }
      ?? Plural.text(file.model.graph.nodes.count, "operator", "operators")
    name = card.map { "\($0.training.name) from \(path)" } ?? "model from \(path) of \(parts)"
    self.statistics = statistics
  }

  /// A network over pictures from a file.
  public init(_ network: ConvolutionalNetwork.Model, path: String) {
    kind = .file
    name = "network over pictures from \(path)"
    model = network
    ensemble = nil
    margin = nil
    card = nil
    statistics = nil
  }

  /// A program that stands for a model.
  public init(_ program: ProgramModel, _ request: ModelRequest) {
    kind = request.kind
    name = "\(request.kind.name) \(request.argument)"
    model = program
    ensemble = nil
    margin = nil
    card = nil
    statistics = nil
  }
}
