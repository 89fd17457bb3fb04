import DataFrames
import Learning
import Tensors
import Testing
import Trees

@testable import Surrogates

@Suite struct PermutationImportanceTests {
  /// y = 3 a + b, whatever c is.
  private struct Weights: Predictor {
    let outputs = 1
    func predict(_ rows: Matrix, workers: Workers) -> Matrix {
      Matrix(rows: rows.rows, columns: 1, elements: (0..<rows.rows).map { 3 * rows[$0, 0] + rows[$0, 1] })
    }
  }

  private static func data(_ count: Int, seed: UInt64) -> Dataset {
    var generator = SeededGenerator(seed: seed, purpose: .test)
    let rows = Matrix(rows: count, columns: 3, elements: (0..<3 * count).map { _ in generator.uniform() })
    return Dataset(
      features: ["a", "b", "c"].map { Feature(name: $0, kind: .number) }, rows: rows,
      target: .values((0..<count).map { 3 * rows[$0, 0] + rows[$0, 1] + 0.1 * generator.uniform() }))
  }

  /// The shuffles anew, one cell after the other.
  private static func literal(_ data: Dataset, _ group: [Int], repeats: Int, seed: UInt64, _ score: Score) -> [Double] {
    (0..<repeats).map { turn in
      var generator = SeededGenerator(seed: seed, stream: UInt64(group[0]), UInt64(turn), purpose: .permutation)
      let order = Array(0..<data.count).shuffled(using: &generator)
      var rows = data.rows
      for column in group { for row in 0..<data.count { rows[row, column] = data.rows[order[row], column] } }
      return score.value(Weights().predict(rows, workers: .one), data.target)
    }
  }

  @Test(arguments: [Score.r2, .rmse, .mae]) func agreesWithItsLiteralForm(score: Score) throws {
    let data = Self.data(80, seed: 1)
    let measure = PermutationImportance(repeats: 4, score: score, seed: 9)
    let groups = [[0], [1], [2], [0, 1]]
    let (baseline, importances) = try measure.measure(Weights(), nil, data, groups: groups, workers: Workers(count: 3))
    #expect(baseline == score.value(Weights().predict(data.rows, workers: .one), data.target))
    for (group, importance) in zip(groups, importances) {
      let scores = Self.literal(data, group, repeats: 4, seed: 9, score)
      let differences = scores.map { score.isBetterLarger ? baseline - $0 : $0 - baseline }
      #expect(importance.differences == differences)
      let mean = differences.reduce(0, +) / 4
      #expect((importance.difference - mean).magnitude < 1e-15)
      let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4
      #expect((importance.standardDeviation * importance.standardDeviation - variance).magnitude < 1e-12)
    }
    #expect(importances[2].difference == 0 && importances[2].p == 1 && importances[2].ratio == 1)
    #expect(importances[0].difference > importances[1].difference && importances[0].p == 0.2)
    // What a column is worth does not depend on which others are asked for.
    let alone = try measure.measure(Weights(), nil, data, groups: [[1]], workers: .one)
    #expect(alone.importances[0] == importances[1])
  }

  /// The difference of mean squares is Var(3a) · 2 = 9 · 2/12 for independent columns.
  @Test func theMeanIsWhatTheoryHas() throws {
    let data = Self.data(4_000, seed: 2)
    let measure = PermutationImportance(repeats: 20, score: .rmse, seed: 1)
    let (baseline, importances) = try measure.measure(Weights(), nil, data, groups: [[0]], workers: .one)
    let square = (baseline + importances[0].difference) * (baseline + importances[0].difference) - baseline * baseline
    #expect((square - 1.5).magnitude < 0.06)
  }

  @Test func treesAreMeasuredAsAnyModelToTheLastDigit() throws {
    let data = TestTables.random(rows: 120, classes: 3, seed: 3)
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let forest = RandomForest(trees: 10).fit(data, workers: .one, using: &generator)
    let table = LeafTable(forest.ensemble, data.rows, workers: .one)
    let groups = data.features.indices.map { [$0] } + [[0, 2]]
    for method in PermutationImportance.Method.allCases {
      let measure = PermutationImportance(method: method, repeats: 3, score: .logLoss, seed: 5)
      let slow = try measure.measure(forest, nil, data, groups: groups, workers: .one)
      let fast = try measure.measure(forest, table, data, groups: groups, workers: Workers(count: 2))
      #expect(slow.baseline == fast.baseline && slow.importances == fast.importances, "\(method)")
    }
  }

  @Test func theMeanReplacesEveryCell() throws {
    let data = Self.data(50, seed: 6)
    let measure = PermutationImportance(method: .mean, repeats: 10, score: .r2, seed: 0)
    let (baseline, importances) = try measure.measure(Weights(), nil, data, groups: [[0]], workers: .one)
    var rows = data.rows
    let mean = (0..<50).reduce(0.0) { $0 + data.rows[$1, 0] } / 50
    for row in 0..<50 { rows[row, 0] = mean }
    let expected = baseline - Score.r2.value(Weights().predict(rows, workers: .one), data.target)
    #expect((importances[0].difference - expected).magnitude < 1e-12 && importances[0].differences.count == 1)
  }

  /// b is a copy of a: among rows that are alike in b, a has nothing left to say.
  @Test func amongAlikeRowsACopyIsWorthLittle() throws {
    var data = Self.data(600, seed: 7)
    var rows = data.rows
    for row in 0..<600 { rows[row, 1] = rows[row, 0] }
    data = Dataset(features: data.features, rows: rows, target: .values((0..<600).map { 4 * rows[$0, 0] }))
    func worth(_ method: PermutationImportance.Method) throws -> Double {
      try PermutationImportance(method: method, repeats: 5, score: .r2, seed: 1)
        .measure(Weights(), nil, data, groups: [[0]], workers: .one).importances[0].difference
    }
    #expect(try worth(.conditional) < 0.02 * worth(.permute))
  }
}
