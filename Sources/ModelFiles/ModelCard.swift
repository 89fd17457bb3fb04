import FoundationEssentials

/// What a model file says of its own making, beside the graph: the columns, the target and the training, each as one
/// JSON text in the file's metadata.
public struct ModelCard: Sendable, Equatable {
  /// One column that the model takes.
  public struct Column: Codable, Sendable, Equatable {
    /// Its name.
    public var name: String
    /// The categories of a column of words; nil for numbers.
    public var levels: [String]?

    /// A column.
    public init(name: String, levels: [String]?) {
      self.name = name
      self.levels = levels
    }
  }

  /// What is predicted.
  public struct Goal: Codable, Sendable, Equatable {
    /// The target column.
    public var name: String
    /// The classes' names; nil for a number.
    public var classes: [String]?
    /// The class that is told from all others, if one is: the second of the two names stands for it.
    public var positive: String?
    /// The bound above which a number is the second class, if there is one.
    public var above: Double?

    /// A target.
    public init(name: String, classes: [String]?, positive: String?, above: Double?) {
      self.name = name
      self.classes = classes
      self.positive = positive
      self.above = above
    }
  }

  /// A figure of quality.
  public struct Figure: Codable, Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its value; nil where the rows did not define it.
    public var value: Double?

    /// A figure.
    public init(name: String, value: Double) {
      self.name = name
      self.value = value.isFinite ? value : nil
    }
  }

  /// How the model came about.
  public struct Training: Codable, Sendable, Equatable {
    /// `forest`, `network` or `linear`.
    public var kind: String
    /// The model in a few words.
    public var name: String
    /// The version of the program.
    public var version: String
    /// The seed of all random numbers.
    public var seed: UInt64
    /// The hash of the training data's file.
    public var sha256: String
    /// The number of training rows.
    public var rows: Int
    /// The number of rows that were held out.
    public var heldOutRows: Int
    /// How well the model does on those.
    public var heldOut: [Figure]
    /// How well it does on the training rows.
    public var onTraining: [Figure]
    /// How well a forest does out of bag.
    public var outOfBag: [Figure]
    /// How often the commonest class is right on the held-out rows.
    public var commonestClassAccuracy: Double?

    /// Facts of a training.
    public init(
      kind: String, name: String, version: String, seed: UInt64, sha256: String, rows: Int, heldOutRows: Int,
      heldOut: [Figure], onTraining: [Figure], outOfBag: [Figure], commonestClassAccuracy: Double?
    ) {
      self.kind = kind
      self.name = name
      self.version = version
      self.seed = seed
      self.sha256 = sha256
      self.rows = rows
      self.heldOutRows = heldOutRows
      self.heldOut = heldOut
      self.onTraining = onTraining
      self.outOfBag = outOfBag
      self.commonestClassAccuracy = commonestClassAccuracy
    }
  }

  /// The columns, in the order of the graph's inputs.
  public var columns: [Column]
  /// What is predicted.
  public var target: Goal
  /// How the model came about.
  public var training: Training

  /// A card.
  public init(columns: [Column], target: Goal, training: Training) {
    self.columns = columns
    self.target = target
    self.training = training
  }

  /// The card in a file's metadata; nil where there is none, or none that can be read.
  public init?(metadata: [String: String]) {
    guard let card = Self.entry(in: metadata).value else { return nil }
    self = card
  }

  /// The card in a file's metadata: whole, or not at all.
  public static func entry(in metadata: [String: String]) -> CardEntry<ModelCard> {
    let keys = ["xai-tab.columns", "xai-tab.target", "xai-tab.training"]
    guard keys.contains(where: { metadata[$0] != nil }) else { return .absent }
    let columns = CardEntry<[Column]>(keys[0], in: metadata)
    let target = CardEntry<Goal>(keys[1], in: metadata)
    let training = CardEntry<Training>(keys[2], in: metadata)
    if let columns = columns.value, let target = target.value, let training = training.value {
      return .read(ModelCard(columns: columns, target: target, training: training))
    }
    return .unreadable(keys: columns.unreadable(keys[0]) + target.unreadable(keys[1]) + training.unreadable(keys[2]))
  }

  /// The card as entries of a file's metadata.
  /// - Throws: what keeps a text from being encoded.
  public func metadata() throws -> [String: String] {
    func text(_ value: some Encodable) throws -> String {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
    return [
      "xai-tab.columns": try text(columns), "xai-tab.target": try text(target), "xai-tab.training": try text(training),
    ]
  }
}
