public import DataFrames
import Learning
import ModelFiles
import Tensors

extension LearningTable {
  /// A table whose rows an external program is asked about; the classes are those that its answers name.
  /// - Throws: what keeps the table from being read, and `ProgramError`.
  public init(
    _ frame: DataFrame, data: TableSource, target request: TargetRequest, program: ModelRequest
  ) throws {
    let table = try LearningTable(frame, data: data, target: request)
    let example = (0..<table.rows.columns).map { column in table.rows.rows > 0 ? table.rows[0, column] : .nan }
    let answering = try ProgramModel(
      program.argument, isKept: program.kind == .stream, features: table.encoding.features, example: example,
      timeout: program.timeout)
    let goal = ModelCard.Goal(
      name: table.targetName, classes: answering.classNames, positive: request.options.positive, above: nil)
    self.init(
      source: table.source, reading: frame.summary, targetName: table.targetName,
      target: Self.target(frame[table.targetName], goal: goal, classNames: answering.classNames, count: frame.rowCount),
      setAside: table.setAside, encoding: table.encoding, rows: table.rows,
      opened: OpenedModel(answering, program))
  }
}
