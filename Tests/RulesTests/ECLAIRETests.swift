import DataFrames
import Learning
import Rules
import Tensors
import Testing

@Suite struct ECLAIRETests {
  private static let features = ["x", "y", "z"].map { Feature(name: $0, kind: .number) }

  /// One hidden layer of two units, x − 0.5 and 0.3 − y where they are positive; class 1 where both are.
  private static let corner = KnownModel(
    outputs: 2, decide: { $0[$0.startIndex] > 0.5 && $0[$0.startIndex + 1] < 0.3 ? 1 : 0 },
    layers: [{ row in [max(0, row[row.startIndex] - 0.5), max(0, 0.3 - row[row.startIndex + 1])] }])

  private static func task(
    _ model: KnownModel, count: Int = 500, seed: UInt64 = 1, budget: Budget = .unlimited,
    limits: ExtractionLimits = ExtractionLimits()
  ) throws -> ExtractionTask {
    var generator = SeededGenerator(seed: seed, purpose: .test)
    return try ExtractionTask(
      features: features, classNames: ["out", "in"],
      rows: Matrix(rows: count, columns: 3, elements: (0..<3 * count).map { _ in generator.uniform() }), model: model,
      budget: budget, limits: limits, seed: seed, workers: .one)
  }

  @Test func cutsOfUnitsBecomeCutsOfColumns() throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      let task = try Self.task(Self.corner, seed: seed)
      let rules = try ECLAIRE().extract(task).rules
      // The corner in one rule of one bound for x and one for y, each within a few gaps between neighbouring rows of
      // 500.
      #expect(rules.rules.count == 1, "seed \(seed): \(rules.rules)")
      #expect(rules.classNames[rules.defaultClass] == "out", "seed \(seed)")
      var bounds: [Int: (Double, Double)] = [:]
      for case .range(let column, let lower, let upper, _) in rules.rules.first?.conditions ?? [] {
        bounds[column] = (lower, upper)
      }
      #expect(Set(bounds.keys) == [0, 1], "seed \(seed)")
      #expect((bounds[0].map { $0.0 } ?? 0).distance(to: 0.5).magnitude < 0.03, "seed \(seed)")
      #expect((bounds[1].map { $0.1 } ?? 0).distance(to: 0.3).magnitude < 0.03, "seed \(seed)")
    }
  }

  @Test func whatNoLayerShowsIsNotInTheRules() throws {
    // The units are noise: nothing of them tells the class, so nothing can be said of the inputs.
    var blind = Self.corner
    blind.layers = [{ row in [row[row.startIndex + 2]] }]
    let rules = try ECLAIRE().extract(Self.task(blind)).rules
    #expect(rules.rules.count <= 1)
  }

  @Test func aSpentBudgetIsTold() throws {
    let task = try Self.task(Self.corner, budget: Budget(deadline: .now))
    let extraction = try ECLAIRE().extract(task)
    #expect(!extraction.cuts.isEmpty)
    let few = try Self.task(Self.corner, limits: ExtractionLimits(maximumMemory: 6000))
    // 6,000 bytes hold 300 cells, or 100 rows of three columns.
    #expect(try ECLAIRE().extract(few).cuts.contains(.rows(kept: 100, of: 500)))
  }
}
