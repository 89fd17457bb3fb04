import DataFrames
import Learning
import ModelFiles
import Tensors

extension LearningTable {
  /// A table whose columns are those that a model file takes, in the file's order and with its categories.
  /// - Throws: `FileError`, `OpenedModelError`, `ColumnError`, `TargetError` or `NotNumberError`.
  init(_ frame: DataFrame, data: DataOptions, target arguments: TargetArguments, file path: String, run: RunOptions)
    throws
  {
    func naming<Result>(_ body: () throws -> Result) throws -> Result {
      do {
        return try body()
      } catch let error as ONNXError {
        throw OpenedModelError.unusable(path: path, reason: error.description)
      } catch let error as ColumnMatch.Failure {
        throw OpenedModelError.unusable(path: path, reason: "\(error) (of \(frame.source.name))")
      }
    }
    let model = try naming { try ONNXModel(bytes: try FileBytes.read(path: path, workers: run.workers)) }
    if let layout = frame.source.pictureLayout, let shape = model.graph.inputs.first?.shape, shape.count == 4 {
      try self.init(
        frame, data: data, target: arguments, network: naming { try PictureNetwork(model) }, layout: layout, path: path)
      return
    }
    let card = ModelCard(metadata: model.metadata)
    let names = frame.columns.map(\.name)
    let targetIndex = try Self.targetIndex(frame, arguments, card, model.graph)
    let candidates = names.indices.filter { $0 != targetIndex }
    let inputs = try naming { try ModelInputs(model.graph, columnCount: candidates.count) }
    let wanted: [String?] =
      card.flatMap { $0.columns.count == inputs.slots.count ? $0.columns.map(\.name) : nil } ?? inputs.slots.map(\.name)
    let (match, matched) = try naming { try Self.match(wanted, frame, candidates, data) }
    let columns = match.places.map { matched[$0] }
    if !match.isByName {
      run.note("note: the columns are taken in their order for the model's inputs, whose names are others")
    }
    if !match.leftOver.isEmpty {
      run.note("not taken by the model: \(match.leftOver.map { "\"\($0)\"" }.joined(separator: ", "))")
    }
    let features = try columns.enumerated().map { place, index in
      let levels = card?.columns.count == inputs.slots.count ? card?.columns[place].levels : nil
      return try Self.feature(frame.columns[index], isText: inputs.slots[place].isText, levels: levels, path: path)
    }
    let encoding = Encoding(features: features, columns: columns)
    let (rows, unknown) = try encoding.encodeGiven(frame)
    for (column, words) in unknown.sorted(by: { $0.key < $1.key }) {
      run.note(
        "note: column \"\(column)\": the model does not know \(words.prefix(5).map { "\"\($0)\"" }.joined(separator: ", "))"
          + (words.count > 5 ? " and \(words.count - 5) more" : "") + ", taken for missing")
    }
    let read = targetIndex.flatMap { try? Target(frame.columns[$0], options: arguments.options) }
    let isClassification =
      arguments.task.map { $0 == .classification } ?? card.map { $0.target.classes != nil }
      ?? read.map { $0.classNames != nil }
    let opened = try naming {
      try FileModel(
        model, inputs: inputs, features: features, classNames: card?.target.classes ?? read?.classNames,
        isClassification: isClassification)
    }
    if opened.takesLogits {
      run.note("note: the model's outputs are taken for logits, and their softmax for probabilities")
    }
    let targetName = targetIndex.map { names[$0] } ?? card?.target.name ?? arguments.target ?? "prediction"
    let goal = card?.target ?? ModelCard.Goal(name: targetName, classes: opened.classNames, positive: nil, above: nil)
    let target = Self.target(
      targetIndex.map { frame.columns[$0] }, goal: goal, classNames: opened.classNames, count: frame.rowCount)
    self.init(
      source: frame.source, reading: frame.summary, targetName: targetName, target: target, setAside: [],
      encoding: encoding, rows: rows, opened: OpenedModel(opened, path: path, card: card))
  }

  private static func targetIndex(
    _ frame: DataFrame, _ arguments: TargetArguments, _ card: ModelCard?, _ graph: ONNXGraph
  ) throws -> Int? {
    if let name = arguments.target { return try frame.index(ofColumn: name) }
    if let card { return frame.columns.firstIndex { $0.name == card.target.name } }
    guard let last = frame.columns.last else { return nil }
    if graph.inputs.contains(where: { $0.name == last.name }) { return nil }
    let inputs = try? ModelInputs(graph, columnCount: frame.columns.count - 1)
    return inputs?.slots.count == frame.columns.count ? nil : frame.columns.count - 1
  }

  /// The columns of the inputs; those that only tell the rows apart are left out if the count does not fit with them.
  private static func match(
    _ wanted: [String?], _ frame: DataFrame, _ candidates: [Int], _ data: DataOptions
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

  /// The target of all rows in terms of the model's classes.
  static func target(_ column: Column?, goal: ModelCard.Goal, classNames: [String]?, count: Int) -> Target {
    guard let classNames else {
      guard let column, case .numbers(let numbers) = column.values else {
        return .values([Double](repeating: .nan, count: count))
      }
      return .values(numbers.map { $0.isInfinite ? .nan : $0 })
    }
    guard let column else { return .classes([Int](repeating: -1, count: count), names: classNames) }
    let byName = Dictionary(classNames.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
    let byNumber = Dictionary(classNames.enumerated().compactMap { place, name in Double(name).map { ($0, place) } }) {
      first, _ in first
    }
    func code(_ text: String?, _ number: Double?) -> Int {
      if let above = goal.above { return number.map { $0 > above ? 1 : 0 } ?? -1 }
      if let positive = goal.positive {
        return text == positive || number != nil && number == Double(positive) ? 1 : 0
      }
      return text.flatMap { byName[$0] } ?? number.flatMap { byNumber[$0] } ?? -1
    }
    switch column.values {
    case .numbers(let numbers):
      return .classes(numbers.map { $0.isNaN ? -1 : code(nil, $0) }, names: classNames)
    case .words(let codes, let levels):
      let known = levels.map { code($0, Double($0)) }
      return .classes(codes.map { $0 < 0 ? -1 : known[Int($0)] }, names: classNames)
    }
  }
}
