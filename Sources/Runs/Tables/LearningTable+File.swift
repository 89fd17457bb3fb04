public import DataFrames
public import Learning
public import ModelFiles

extension LearningTable {
  /// A table whose columns are those that a model file takes, in the file's order and with its categories.
  /// - Throws: `FileError`, `OpenedModelError`, `ColumnError`, `TargetError` or `NotNumberError`.
  public init(_ frame: DataFrame, data: TableSource, target request: TargetRequest, file path: String, run: RunSettings)
    throws
  {
    let model = try FileBinding.decode(path, workers: run.workers)
    if let layout = frame.source.pictureLayout, let shape = model.graph.inputs.first?.shape, shape.count == 4 {
      let network = try FileBinding.naming(path) { try PictureNetwork(model) }
      try self.init(frame, data: data, target: request, network: network, layout: layout, path: path)
      return
    }
    let binding = try FileBinding(model, path: path, frame, data: data, target: request)
    for note in binding.notes { run.note(note) }
    let (table, unknown) = try binding.table(frame)
    for (column, words) in unknown.sorted(by: { $0.key < $1.key }) {
      run.note(FileBinding.note(unknown: words, column: column))
    }
    self = table
  }

  /// The target of all rows in terms of the model's classes.
  public static func target(_ column: Column?, goal: ModelCard.Goal, classNames: [String]?, count: Int) -> Target {
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
