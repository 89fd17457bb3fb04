import DataFrames
import Learning
import Rules
import Synchronization
import Tensors
import Testing

@Suite struct ANNDTTests {
  private static func uniform(_ count: Int, _ columns: Int, seed: UInt64) -> Matrix {
    var generator = SeededGenerator(seed: seed, purpose: .test)
    return Matrix(rows: count, columns: columns, elements: (0..<count * columns).map { _ in generator.uniform() })
  }

  @Test func findsThresholdsThatFewRowsCannotShow() throws {
    // Steps at 0.2, 0.5 and 0.9 among 60 rows: only the rows that the model is asked about lie close to them.
    let steps = KnownModel(outputs: 2, decide: { row in [0.2, 0.5, 0.9].count { row[row.startIndex] > $0 } % 2 })
    let task = try ExtractionTask(
      features: [Feature(name: "x", kind: .number), Feature(name: "y", kind: .number)], classNames: ["0", "1"],
      rows: Self.uniform(60, 2, seed: 3), model: steps, seed: 1, workers: .one)
    let rules = try ANNDT().extract(task).rules
    let rows = Self.uniform(4000, 2, seed: 4)
    let right = zip(rules.classes(rows), (0..<4000).map { steps.decide(rows.row($0)) }).count { $0 == $1 }
    // Three cuts, each off by half of a gap of 1/60 at most, where nothing is known in between.
    #expect(right > 3800, "\(right)")
    #expect(rules.rules.allSatisfy { $0.conditions.allSatisfy { $0.columns == [0] } })
  }

  @Test func asksTheModelAboutRowsOfItsOwn() throws {
    final class Count: Sendable { let rows = Mutex(0) }
    struct Asked: Predictor {
      let outputs = 2
      let count = Count()

      func predict(_ rows: Matrix, workers: Workers) -> Matrix {
        count.rows.withLock { $0 += rows.rows }
        var shares = Matrix(rows: rows.rows, columns: 2)
        for row in 0..<rows.rows { shares[row, rows[row, 0] > rows[row, 1] ? 1 : 0] = 1 }
        return shares
      }
    }
    let model = Asked()
    let task = try ExtractionTask(
      features: [Feature(name: "x", kind: .number), Feature(name: "y", kind: .number)], classNames: ["0", "1"],
      rows: Self.uniform(100, 2, seed: 5), model: model, seed: 1, workers: .one)
    let before = model.count.rows.withLock { $0 }
    let rules = try ANNDT(minimumRows: 500).extract(task).rules
    #expect(before == 100 && model.count.rows.withLock { $0 } > 1000)
    let rows = Self.uniform(4000, 2, seed: 6)
    let right = zip(rules.classes(rows), (0..<4000).map { rows[$0, 0] > rows[$0, 1] ? 1 : 0 }).count { $0 == $1 }
    // A diagonal in steps; a tree of the 100 rows alone stays near 0.9.
    #expect(right > 3600, "\(right)")
  }

  @Test func aSpentBudgetLeavesTheTreeUnfinishedAndSaysSo() throws {
    let task = try KnownProblem.task(budget: Budget(deadline: .now))
    #expect(try ANNDT().extract(task).cuts.contains(.unfinishedTree))
  }
}
