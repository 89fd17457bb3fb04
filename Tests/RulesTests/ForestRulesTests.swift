import DataFrames
import Learning
import Rules
import Tensors
import Testing
import Trees

@Suite struct ForestRulesTests {
  private static func forest(_ task: ExtractionTask, trees: Int, seed: UInt64) -> RandomForest.Model {
    var generator = SeededGenerator(seed: seed, purpose: .tree)
    let data = Dataset(
      features: task.features, rows: task.rows, target: .classes(task.labels, names: task.classNames))
    return RandomForest(trees: trees).fit(data, workers: .one, using: &generator)
  }

  @Test func rulesOfOneTreeDecideAsTheTree() throws {
    for seed in 1...6 as ClosedRange<UInt64> {
      var task = try KnownProblem.task(400, seed: seed)
      let forest = Self.forest(task, trees: 1, seed: seed)
      task.model = forest
      task.labels = Metrics.classes(forest.predict(task.rows, workers: .one))
      task.ensemble = forest.ensemble
      let rules = try ForestRules().extract(task).rules
      let rows = KnownProblem.rows(3000, seed: seed + 50)
      let right = zip(rules.classes(rows), Metrics.classes(forest.predict(rows, workers: .one))).count { $0 == $1 }
      // Rules that set fewer than a two-thousandth of the reference rows right, random ones among them, are left out.
      #expect(right > 2910, "seed \(seed): \(right)")
    }
  }

  @Test func missingCellsGoWhereTheTreeSendsThem() throws {
    // Class 1 where x is missing or above 0.5.
    var generator = SeededGenerator(seed: 2, purpose: .test)
    let rows = Matrix(
      rows: 400, columns: 2,
      elements: (0..<400).flatMap { [$0 % 3 == 0 ? .nan : generator.uniform(), generator.uniform()] })
    let model = KnownModel(outputs: 2, decide: { $0[$0.startIndex].isNaN || $0[$0.startIndex] > 0.5 ? 1 : 0 })
    var task = try ExtractionTask(
      features: ["x", "y"].map { Feature(name: $0, kind: .number) }, classNames: ["0", "1"], rows: rows, model: model,
      seed: 1, workers: .one)
    let forest = Self.forest(task, trees: 15, seed: 3)
    task.model = forest
    task.ensemble = forest.ensemble
    let rules = try ForestRules().extract(task).rules
    let asked = Matrix(rows: 3, columns: 2, elements: [.nan, 0.4, 0.9, 0.4, 0.1, 0.4])
    #expect(rules.classes(asked) == [1, 1, 0])
  }

  @Test func ofMoreWaysThanAllowedTheOnesOfMostRowsAreLookedAt() throws {
    var task = try KnownProblem.task(400)
    task.ensemble = Self.forest(task, trees: 20, seed: 4).ensemble
    let extraction = try ForestRules(maximumCandidates: 50).extract(task)
    guard case .candidates(let kept, let count)? = extraction.cuts.first else {
      Issue.record("no cut")
      return
    }
    #expect(kept == 50 && count > 50)
  }
}
