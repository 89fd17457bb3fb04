public import DataFrames

extension LearningTable {
  /// Reads the table of a command and says on standard error what was found, what is set aside, and what the model
  /// cannot see of it.
  /// - Throws: what keeps the file from being read or learned from.
  public static func open(
    _ data: TableSource, _ target: TargetRequest, for model: ModelRequest?, _ settings: RunSettings
  ) throws -> (frame: DataFrame, table: LearningTable) {
    let frame = try data.read(workers: settings.workers)
    for note in frame.source.notes { settings.note("note: \(note)") }
    let table =
      switch model {
      case let model? where model.kind == .file:
        try LearningTable(frame, data: data, target: target, file: model.argument, run: settings)
      case let model? where model.kind.isProgram:
        try LearningTable(frame, data: data, target: target, program: model)
      default: try LearningTable(frame, data: data, target: target)
      }
    settings.note(table.summary)
    for column in table.indistinct where model?.kind.trainer?.comparesFloats == true {
      settings.note(
        "note: the values of \"\(column)\" differ too little beside their size for a forest, which sees about seven "
          + "digits")
    }
    if !table.setAside.isEmpty {
      settings.note(
        "set aside because it only tells the rows apart: \(table.setAside.map { "\"\($0)\"" }.joined(separator: ", "))")
    }
    return (frame, table)
  }
}
