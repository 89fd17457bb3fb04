import DataFrames
import Learning
import ModelFiles
import Tensors

extension LearningTable {
  /// A table whose rows an external program is asked about; the classes are those that its answers name.
  /// - Throws: what keeps the table from being read, and `ProgramError`.
  init(
    _ frame: DataFrame, data: DataOptions, target arguments: TargetArguments, program choice: ModelChoice,
    timeout: Double
  ) throws {
    let table = try LearningTable(frame, data: data, target: arguments)
    let example = (0..<table.rows.columns).map { column in table.rows.rows > 0 ? table.rows[0, column] : .nan }
    let program = try ProgramModel(
      choice.argument, isKept: choice.kind == .stream, features: table.encoding.features, example: example,
      timeout: timeout)
    let goal = ModelCard.Goal(
      name: table.targetName, classes: program.classNames, positive: arguments.positive, above: nil)
    self.init(
      source: table.source, reading: frame.summary, targetName: table.targetName,
      target: Self.target(frame[table.targetName], goal: goal, classNames: program.classNames, count: frame.rowCount),
      setAside: table.setAside, encoding: table.encoding, rows: table.rows,
      opened: OpenedModel(program, choice: choice))
  }
}
