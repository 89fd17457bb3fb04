import Learning
import Rules
import Synchronization
import Tensors
import Testing
import Trees

/// What every extractor keeps to.
@Suite struct ExtractorContractTests {
  private static let names = RuleExtractors.all.map { $0.name }
  /// Those whose rules can say what the known problem's do, which takes several conditions on several columns.
  private static let expressive = [
    "c45", "c45rules", "pedagogical", "deepred", "ann-dt", "hypinv", "eclaire", "forest",
  ]

  /// What the extractor of a name makes of a task; one that takes a forest apart gets a forest of the task's classes.
  private func extract(_ name: String, _ given: ExtractionTask) throws -> Extraction {
    let extractor = try #require(RuleExtractors.named(name))
    var task = given
    if extractor.requirement == .forest {
      var generator = SeededGenerator(seed: 5, purpose: .tree)
      let data = Dataset(
        features: task.features, rows: task.rows, target: .classes(task.labels, names: task.classNames))
      task.ensemble = RandomForest(trees: 20).fit(data, workers: .one, using: &generator).ensemble
    }
    return try extractor.extract(task)
  }

  @Test(arguments: expressive)
  func findsTheKnownRules(name: String) throws {
    let extraction = try extract(name, KnownProblem.task())
    let rows = KnownProblem.rows(5000, seed: 99)
    let answers = (0..<rows.rows).map { KnownProblem.decide(rows.row($0)) }
    let figures = RuleFigures(
      extraction.rules, rows, answers: answers, classes: answers, workers: .one)
    // Planes stand for corners only roughly; other cuts lie within a neighbouring pair of 600 rows.
    let conditions = extraction.rules.rules.flatMap(\.conditions)
    let hasPlanes = conditions.contains { if case .plane = $0 { true } else { false } }
    #expect(figures.fidelity > (hasPlanes ? 0.85 : 0.96), "\(figures.fidelity)")
    #expect(extraction.rules.rules.count <= 40)
    #expect(figures.fidelity == figures.accuracy)
  }

  @Test(arguments: names)
  func sameSeedGivesTheSameRulesForAnyThreads(name: String) throws {
    let one = try extract(name, KnownProblem.task())
    let three = try extract(name, KnownProblem.task(workers: Workers(count: 3)))
    #expect(one.rules == three.rules)
    #expect(one.graph?.nodeCount == three.graph?.nodeCount)
  }

  @Test(arguments: names)
  func budgetsAreKept(name: String) throws {
    let few = try extract(name, KnownProblem.task(limits: ExtractionLimits(maximumRules: 2)))
    #expect(few.rules.rules.count <= 2)
    let spent = Budget(deadline: .now)
    let late = try extract(name, KnownProblem.task(budget: spent))
    #expect(late.rules.outputs == 3)
    let small = try extract(name, KnownProblem.task(limits: ExtractionLimits(maximumMemory: 1 << 20)))
    #expect(small.rules.outputs == 3)
  }

  /// Counts how often a budget is asked whether somebody asked to stop.
  private final class Interruption: Sendable {
    private let asked = Mutex(0)

    var count: Int { asked.withLock { $0 } }

    /// A budget that is interrupted when it has been asked so many times.
    func budget(after limit: Int) -> Budget {
      Budget(isInterrupted: {
        self.asked.withLock {
          $0 += 1
          return $0 > limit
        }
      })
    }
  }

  @Test(arguments: names)
  func anInterruptionKeepsTheRulesFoundByThen(name: String) throws {
    let asked = Interruption()
    let whole = try extract(name, KnownProblem.task(budget: asked.budget(after: .max)))
    #expect(try extract(name, KnownProblem.task()).rules == whole.rules)
    #expect(asked.count > 1)
    for steps in [0, 1, asked.count / 2, asked.count - 1] {
      let budget = Interruption().budget(after: steps)
      let task = try KnownProblem.task(budget: budget)
      let extraction = try extract(name, task)
      let rules = extraction.rules
      #expect(budget.ending == .interrupted && rules.outputs == 3)
      // One that comes before the rows are put in order leaves some of them out.
      let isOfAllRows = !extraction.cuts.contains { if case .rows = $0 { true } else { false } }
      for rule in isOfAllRows ? rules.rules : [] {
        let fired = (0..<task.rows.rows).count { rule.fires(task.rows, row: $0) }
        #expect(rule.support == Double(fired), "after \(steps) steps")
      }
      if steps == asked.count - 1 {
        let right = zip(rules.classes(task.rows), task.labels).count { $0 == $1 }
        #expect(!Self.expressive.contains(name) || right > 500, "\(right)")
      }
    }
  }

  @Test(arguments: names)
  func oneClassAndAFewRowsAreAnswered(name: String) throws {
    var task = try KnownProblem.task(6)
    task.labels = [Int](repeating: 1, count: 6)
    task.model = KnownModel(outputs: 3, decide: { _ in 1 }, layers: KnownProblem.model.layers)
    let rules = try extract(name, task).rules
    #expect(rules.classes(task.rows) == task.labels)
  }

  @Test(arguments: names)
  func countsAreThoseOfTheTrainingRows(name: String) throws {
    let task = try KnownProblem.task(300)
    let rules = try extract(name, task).rules
    for rule in rules.rules {
      let fired = (0..<300).filter { rule.fires(task.rows, row: $0) }
      #expect(rule.support == Double(fired.count))
      #expect(rule.correct == Double(fired.count { task.labels[$0] == rule.conclusion }))
    }
  }
}
