import DataFrames
import Learning
import Tensors
import Testing

@testable import Rules

@Suite struct InputPruningTests {
  @Test func leavesTheColumnsOutThatTheModelDoesNotUse() throws {
    let task = try KnownProblem.task()
    #expect(try InputPruning(loss: 0).neededColumns(task) == [0, 1, 2])
    #expect(try InputPruning(loss: 1).neededColumns(task).count == 1)
  }

  @Test func aColumnGoesOnlyIfFewEnoughAnswersChange() throws {
    // y decides in the tenth of the rows where x > 0.9: without it, it is about 5 % that change.
    let model = KnownModel(
      outputs: 2,
      decide: { row in
        let cells = Array(row)
        return cells[0] > 0.9 ? (cells[1] > 0.5 ? 1 : 0) : cells[0] > 0.4 ? 1 : 0
      })
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let rows = Matrix(rows: 1000, columns: 2, elements: (0..<2000).map { _ in generator.uniform() })
    let task = try ExtractionTask(
      features: ["x", "y"].map { Feature(name: $0, kind: .number) }, classNames: ["0", "1"], rows: rows, model: model,
      seed: 1, workers: .one)
    #expect(try InputPruning(loss: 0.01).neededColumns(task) == [0, 1])
    #expect(try InputPruning(loss: 0.1).neededColumns(task) == [0])
  }

  @Test func withoutTimeOrInAWideTableAllColumnsStay() throws {
    #expect(try InputPruning(loss: 0, maximumColumns: 3).neededColumns(KnownProblem.task()) == [0, 1, 2, 3])
    let late = try KnownProblem.task(budget: Budget(deadline: .now))
    #expect(try InputPruning(loss: 1).neededColumns(late) == [0, 1, 2, 3])
  }
}
