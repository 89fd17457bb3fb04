import Learning
import Rules
import Tensors
import Testing
import Trees

@Suite struct C45LeavesTests {
  @Test func theyDecideAsTheTreeDoes() throws {
    for seed in 0..<6 as Range<UInt64> {
      // The known classes with noise, and cells that are missing.
      var generator = SeededGenerator(seed: seed, purpose: .test)
      var task = try KnownProblem.task(300, seed: seed)
      for row in 0..<300 where generator.uniform() < 0.1 {
        task.labels[row] = Int.random(in: 0..<3, using: &generator)
        task.rows[row, Int.random(in: 0..<4, using: &generator)] = .nan
      }
      let data = Dataset(
        features: task.features, rows: task.rows, target: .classes(task.labels, names: task.classNames))
      let tree = C45().fit(data, workers: .one).tree
      let set = C45Leaves().extract(task).rules
      #expect(tree.leafCount > 2 && !set.rules.isEmpty && set.rules.count < tree.leafCount)
      #expect(set.rules.allSatisfy { $0.conclusion != set.defaultClass })
      let decided = Metrics.classes(tree.predict(task.rows, workers: .one))
      let decisions = set.classes(task.rows)
      for row in 0..<300 {
        #expect(set.rules.count { $0.fires(task.rows, row: row) } <= 1)
        if !task.rows.row(row).contains(where: \.isNaN) {
          #expect(decisions[row] == decided[row], "seed \(seed), row \(row)")
        }
      }
    }
  }

  @Test func ofMoreLeavesThanAllowedThoseThatAreRightMostOftenStay() throws {
    let task = try KnownProblem.task(600)
    let whole = C45Leaves().extract(task)
    var bounded = task
    bounded.limits.maximumRules = 1
    let extraction = C45Leaves().extract(bounded)
    #expect(whole.rules.rules.count > 1 && extraction.rules.rules.count == 1)
    #expect(extraction.rules.rules[0].correct == whole.rules.rules.map(\.correct).max())
    #expect(extraction.cuts == [.rules(kept: 1, of: whole.rules.rules.count, fidelity: 1)])
  }
}
