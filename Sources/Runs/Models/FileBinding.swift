public import DataFrames
import Learning
public import ModelFiles
import Surrogates
public import Tensors

/// A model file brought together with the columns of a table: which column each of its inputs takes, and how the target
/// is told in the model's classes. Other tables with the same columns can be read by it, too.
public struct FileBinding: Sendable {
  /// The file's card, if it has one.
  public let card: ModelCard?
  private let path: String
  private let model: FileModel
  private let statistics: ColumnStatistics?
  private let encoding: Encoding
  /// The table's columns that the model takes, in its order.
  private let columns: [Int]
  private let targetIndex: Int?
  private let targetName: String
  private let goal: ModelCard.Goal
  /// What a user should know of how they were brought together.
  public let notes: [String]

  /// Decodes a model file.
  /// - Throws: `FileError` or `OpenedModelError`.
  public static func decode(_ path: String, workers: Workers) throws -> ONNXModel {
    try naming(path) { try ONNXModel(path: path, workers: workers) }
  }

  /// Brings a model file and a table together.
  /// - Throws: `ColumnError`, `TargetError` or `OpenedModelError`.
  public init(_ model: ONNXModel, path: String, _ frame: DataFrame, data: TableSource, target request: TargetRequest)
    throws
  {
    let entry = ModelCard.entry(in: model.metadata)
    let card = entry.value
    let names = frame.columns.map(\.name)
    let targetIndex = try Self.targetIndex(frame, request, card, model.graph)
    let candidates = names.indices.filter { $0 != targetIndex }
    let inputs = try Self.naming(path) { try ModelInputs(model.graph, columnCount: candidates.count) }
    let wanted: [String?] =
      card.flatMap { $0.columns.count == inputs.slots.count ? $0.columns.map(\.name) : nil } ?? inputs.slots.map(\.name)
    let (match, matched) = try Self.naming(path, table: frame.source.name) {
      try Self.match(wanted, frame, candidates, data)
    }
    let columns = match.places.map { matched[$0] }
    self.columns = columns
    var notes: [String] = Self.note(unreadable: entry, path: path).map { [$0] } ?? []
    if !match.isByName {
      notes.append("note: the columns are taken in their order for the model's inputs, whose names are others")
    }
    if !match.leftOver.isEmpty {
      notes.append("not taken by the model: \(match.leftOver.map { "\"\($0)\"" }.joined(separator: ", "))")
    }
    let features = try columns.enumerated().map { place, index in
      let levels = card?.columns.count == inputs.slots.count ? card?.columns[place].levels : nil
      return try Self.feature(frame.columns[index], isText: inputs.slots[place].isText, levels: levels, path: path)
    }
    encoding = Encoding(features: features, columns: columns)
    let read = targetIndex.flatMap { try? Target(frame.columns[$0], options: request.options) }
    let isClassification =
      request.options.task.map { $0 == .classification } ?? card.map { $0.target.classes != nil }
      ?? read.map { $0.classNames != nil }
    let opened = try Self.naming(path) {
      try FileModel(
        model, inputs: inputs, features: features, classNames: card?.target.classes ?? read?.classNames,
        isClassification: isClassification)
    }
    if opened.takesLogits {
      notes.append("note: the model's outputs are taken for logits, and their softmax for probabilities")
    }
    let statistics = OpenedModel.statistics(in: model.metadata, levelCounts: features.map(\.levelCount))
    if case .unreadable(let keys) = statistics {
      notes.append(
        "warning: \(path): what it says of its training rows cannot be read (\(keys.joined(separator: ", "))); "
          + "the rows at hand stand in for them")
    }
    self.statistics = statistics.value
    let targetName = targetIndex.map { names[$0] } ?? card?.target.name ?? request.column ?? "prediction"
    goal = card?.target ?? ModelCard.Goal(name: targetName, classes: opened.classNames, positive: nil, above: nil)
    self.card = card
    self.path = path
    self.model = opened
    self.targetIndex = targetIndex
    self.targetName = targetName
    self.notes = notes
  }

  /// The names of the table's columns of which the model takes numbers.
  public func numericColumns(_ frame: DataFrame) -> [String] {
    zip(encoding.features, columns).compactMap { $0.levelCount == nil ? frame.columns[$1].name : nil }
  }

  /// A table with the columns that the model takes, in its order and with its categories.
  /// - Returns: the table, and for each column the words that the model does not know, which count as missing.
  /// - Throws: `NotNumberError`
  public func table(_ frame: DataFrame) throws -> (table: LearningTable, unknown: [String: [String]]) {
    let (rows, unknown) = try encoding.encodeGiven(frame)
    let target = LearningTable.target(
      targetIndex.map { frame.columns[$0] }, goal: goal, classNames: model.classNames, count: frame.rowCount)
    let table = LearningTable(
      source: frame.source, reading: frame.summary, targetName: targetName, target: target, setAside: [],
      encoding: encoding, rows: rows,
      opened: OpenedModel(model, path: path, card: card, statistics: statistics))
    return (table, unknown)
  }

  /// What a user should know of a card that is there and cannot be read.
  static func note(unreadable entry: CardEntry<ModelCard>, path: String) -> String? {
    guard case .unreadable(let keys) = entry else { return nil }
    return "warning: \(path): what it says of its columns, target and training cannot be read "
      + "(\(keys.joined(separator: ", "))); only its graph is used"
  }

  /// What a user should know of words that a model does not know.
  public static func note(unknown words: [String], column: String) -> String {
    "note: column \"\(column)\": the model does not know \(words.prefix(5).map { "\"\($0)\"" }.joined(separator: ", "))"
      + (words.count > 5 ? " and \(words.count - 5) more" : "") + ", taken for missing"
  }

  /// The result of `body`, whose errors get the path of the model and the table's name.
  /// - Throws: `OpenedModelError`
  public static func naming<Result>(_ path: String, table: String? = nil, _ body: () throws -> Result) throws -> Result
  {
    do {
      return try body()
    } catch let error as ONNXError {
      throw OpenedModelError.unusable(path: path, reason: error.description)
    } catch let error as ColumnMatch.Failure {
      throw OpenedModelError.unusable(path: path, reason: "\(error)" + (table.map { " (of \($0))" } ?? ""))
    }
  }

  private static func targetIndex(
    _ frame: DataFrame, _ request: TargetRequest, _ card: ModelCard?, _ graph: ONNXGraph
  ) throws -> Int? {
    if let name = request.column { return try frame.index(ofColumn: name) }
    if let card { return frame.columns.firstIndex { $0.name == card.target.name } }
    guard let last = frame.columns.last else { return nil }
    if graph.inputs.contains(where: { $0.name == last.name }) { return nil }
    let inputs = try? ModelInputs(graph, columnCount: frame.columns.count - 1)
    return inputs?.slots.count == frame.columns.count ? nil : frame.columns.count - 1
  }

  /// The columns of the inputs; those that only tell the rows apart are left out if the count does not fit with them.
  private static func match(
    _ wanted: [String?], _ frame: DataFrame, _ candidates: [Int], _ data: TableSource
  ) throws -> (ColumnMatch, [Int]) {
    let names = frame.columns.map(\.name)
    do {
      return (try ColumnMatch(inputs: wanted, columns: candidates.map { names[$0] }), candidates)
    } catch {
      let others = candidates.filter { !frame.columns[$0].isIdentifier || data.names(names[$0]) }
      guard others.count < candidates.count, others.count == wanted.count,
        let match = try? ColumnMatch(inputs: wanted, columns: others.map { names[$0] })
      else { throw error }
      return (match, others)
    }
  }

  private static func feature(_ column: Column, isText: Bool, levels: [String]?, path: String) throws -> Feature {
    guard isText else {
      return Feature(name: column.name, kind: .number)
    }
    if let levels { return Feature(name: column.name, kind: .category(levels: levels)) }
    switch column.values {
    case .words(_, let levels): return Feature(name: column.name, kind: .category(levels: levels))
    case .numbers:
      throw OpenedModelError.unusable(
        path: path,
        reason: "the model takes words for column \"\(column.name)\", which holds numbers; read it with --categorical")
    }
  }
}
