import DataFrames

extension LearningTable {
  /// Reads the table of a command and says on standard error what was found, what is set aside, and what the model
  /// cannot see of it.
  /// - Throws: what keeps the file from being read or learned from.
  static func open(
    _ data: DataOptions, _ target: TargetArguments, _ options: RunOptions, for model: ModelOptions?
  ) throws -> (frame: DataFrame, table: LearningTable) {
    let frame = try data.read(workers: options.workers)
    for note in frame.source.notes { options.note("note: \(note)") }
    let table =
      switch model?.model {
      case let choice? where choice.kind == .file:
        try LearningTable(frame, data: data, target: target, file: choice.argument, run: options)
      case let choice? where !choice.kind.isTrained:
        try LearningTable(
          frame, data: data, target: target, program: choice, timeout: model?.modelTimeout ?? .infinity)
      default: try LearningTable(frame, data: data, target: target)
      }
    options.note(table.summary)
    for column in table.indistinct where model?.kind == .forest {
      options.note(
        "note: the values of \"\(column)\" differ too little beside their size for a forest, which sees about seven digits"
      )
    }
    if !table.setAside.isEmpty {
      options.note(
        "set aside because it only tells the rows apart: \(table.setAside.map { "\"\($0)\"" }.joined(separator: ", "))")
    }
    return (frame, table)
  }
}
