import DataFrames
import Foundation
import Learning
import Tensors
import Testing
import Trees

@testable import Surrogates

@Suite struct SampledLIMETests {
  private func forest(_ data: Dataset, trees: Int = 15) -> RandomForest.Model {
    var generator = SeededGenerator(seed: 5, purpose: .test)
    return RandomForest(trees: trees).fit(data, workers: .one, using: &generator)
  }

  /// A model that is a linear function of the standardised numbers, so that raw slopes are known.
  private struct Plane: Predictor {
    var outputs: Int { 1 }
    let slopes: [Double]
    let offset: Double
    func predict(_ rows: Matrix, workers: Workers) -> Matrix {
      Matrix(
        rows: rows.rows, columns: 1,
        elements: (0..<rows.rows).map { row in
          zip(slopes, rows.row(row)).reduce(offset) { $0 + $1.0 * $1.1 }
        })
    }
  }

  /// A model that no column drives.
  private struct Noise: Predictor {
    var outputs: Int { 1 }
    func predict(_ rows: Matrix, workers: Workers) -> Matrix {
      Matrix(rows: rows.rows, columns: 1, elements: (0..<rows.rows).map { sin(1e6 * rows.row($0).reduce(0, +)) })
    }
  }

  @Test(arguments: [1, 3]) func intervalsCoverTheExactWeights(classes: Int) throws {
    // 500 repeats for one row: 95 % intervals hold the exact weight in 93 to 97 % of all columns' repeats.
    let data = TestTables.random(rows: 150, classes: classes, seed: 40)
    let model = forest(data)
    let discretizer = Discretizer(data, binning: .quartile)
    let width = ExactLIME.defaultKernelWidth(columns: data.features.count)
    let exact = ExactLIME(model.ensemble, discretizer: discretizer, workers: .one)
      .coefficients(of: data.rows.row(3), kernelWidth: width)
    let sampled = SampledLIME(model, discretizer: discretizer, space: .bins, workers: .one)
    var covered = 0
    var total = 0
    for repetition in 0..<500 as Range<UInt64> {
      let explained = try sampled.explain(
        data.rows.row(3), number: 4, outputs: [0], kernelWidth: .fixed(width), limit: .max, selection: .none,
        size: .fixed(600),
        seed: repetition, workers: .one)
      #expect(explained.samples == 600)
      for term in explained.explanations[0].terms where term.standardError > 0 {
        guard let slot = model.ensemble.columns.firstIndex(of: term.column) else { continue }
        total += 1
        if (term.weight - exact.slopes[slot, 0]).magnitude <= 1.96 * term.standardError { covered += 1 }
      }
    }
    let share = Double(covered) / Double(total)
    #expect((0.93...0.97).contains(share), "\(share) of \(total)")
  }

  @Test(arguments: ["quartile", "decile", "entropy"]) func convergesToTheExactWeights(bins: String) throws {
    let data = try TestTables.dataset("penguins.csv", target: "species")
    let model = forest(data)
    let binning: Binning = bins == "quartile" ? .quartile : bins == "decile" ? .decile : .entropy
    let discretizer = Discretizer(data, binning: binning)
    let width = ExactLIME.defaultKernelWidth(columns: data.features.count)
    let exact = ExactLIME(model.ensemble, discretizer: discretizer, workers: .one)
    let sampled = SampledLIME(model, discretizer: discretizer, space: .bins, workers: .one)
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let fidelity = LocalFidelity(exact, workers: .one, using: &generator)
    for row in [3, 60, 250] {
      let expected = exact.explain(
        data.rows.row(row), number: row + 1, outputs: [0, 1, 2], kernelWidth: .fixed(width), limit: .max,
        fidelity: fidelity, workers: .one
      ).explanations
      let found = try sampled.explain(
        data.rows.row(row), number: row + 1, outputs: [0, 1, 2], kernelWidth: .fixed(width), limit: .max,
        selection: .none,
        size: .fixed(60_000), seed: 3, workers: .one
      ).explanations
      for (expected, found) in zip(expected, found) {
        let weights = Dictionary(uniqueKeysWithValues: expected.terms.map { ($0.column, $0.weight) })
        for term in found.terms {
          #expect(
            abs(term.weight - (weights[term.column] ?? 0)) <= 5 * term.standardError + 1e-12, "row \(row) \(bins)")
        }
        #expect(abs(found.rSquared - expected.rSquared) < 5 * (found.rSquaredError + expected.rSquaredError) + 0.01)
        // Both are the mean plus slopes times numbers up to 1, so their errors are at most those of the slopes
        // together.
        let error = found.terms.reduce(0) { $0 + $1.standardError * $1.standardError }.squareRoot()
        #expect(abs(found.intercept - expected.intercept) < 5 * error + 0.01)
        #expect(abs(found.localPrediction - expected.localPrediction) < 5 * error + 0.01)
      }
    }
  }

  @Test(arguments: [true, false]) func rawWeightsOfAPlaneAreItsSlopes(aroundRow: Bool) throws {
    // f = 1e9 + 2a - 3b: per standard deviation 2 s_a and -3 s_b, R² 1, whatever the centre and the width.
    var generator = SeededGenerator(seed: 9, purpose: .test)
    let rows = Matrix(
      rows: 50, columns: 2, elements: (0..<100).map { _ in 5 * NormalDistribution.quantile(generator.uniform()) })
    let data = Dataset(
      features: ["a", "b"].map { Feature(name: $0, kind: .number) }, rows: rows,
      target: .values((0..<50).map { rows[$0, 0] }))
    let discretizer = Discretizer(data, binning: .quartile)
    let sampled = SampledLIME(
      Plane(slopes: [2, -3], offset: 1e9), discretizer: discretizer, space: .raw(aroundRow: aroundRow), workers: .one)
    let explanation = try sampled.explain(
      rows.row(7), number: 8, outputs: [0], kernelWidth: .fixed(1.3), limit: 2, selection: .forward, size: .fixed(500),
      seed: 0,
      workers: .one
    ).explanations[0]
    for term in explanation.terms {
      let expected = [2, -3.0][term.column] * discretizer.moments(ofColumn: term.column).scale
      #expect(abs(term.weight - expected) < 1e-6)
      #expect(term.condition == .perDeviation(discretizer.moments(ofColumn: term.column).scale))
    }
    #expect(abs(explanation.rSquared - 1) < 0.15)
    #expect(abs(explanation.localPrediction - (1e9 + 2 * rows[7, 0] - 3 * rows[7, 1])) < 1e-4)
    #expect(explanation.stability == .high)
  }

  @Test func rawDrawsFollowTheTiltedLaw() {
    // Draws from the standard normal law weighted by exp(-(z - z0)² / 2w²), against draws from the law that has it.
    var generator = SeededGenerator(seed: 10, purpose: .test)
    for aroundRow in [true, false] {
      let sampler = NormalSampler(mean: 10, scale: 2, cell: 13, aroundRow: aroundRow, kernelWidth: 0.8)
      var (weightSum, weighted, weightedSquares) = (0.0, 0.0, 0.0)
      var (sum, squares) = (0.0, 0.0)
      let count = 200_000
      for _ in 0..<count {
        let z = NormalDistribution.quantile(generator.uniform()) + (aroundRow ? 1.5 : 0)
        let weight = exp(-(z - 1.5) * (z - 1.5) / (2 * 0.64))
        weightSum += weight
        weighted += weight * z
        weightedSquares += weight * z * z
        let (value, feature) = sampler.draw(using: &generator)
        #expect(abs(value - (10 + 2 * feature)) < 1e-12)
        sum += feature
        squares += feature * feature
      }
      let mean = weighted / weightSum
      #expect(abs(mean - sampler.center) < 0.01 && abs(sum / Double(count) - sampler.center) < 0.01)
      let variance = weightedSquares / weightSum - mean * mean
      #expect(abs(variance - sampler.deviation * sampler.deviation) < 0.01)
      #expect(abs(squares / Double(count) - pow(sum / Double(count), 2) - variance) < 0.01)
      #expect(sampler.rowFeature == 1.5)
    }
  }

  @Test func manyColumnsNeedNoFit() throws {
    // 150 columns, of which f uses two; the slopes come from sums and agree with the known ones within their errors.
    let count = 150
    var generator = SeededGenerator(seed: 12, purpose: .test)
    let rows = Matrix(
      rows: 40, columns: count,
      elements: (0..<40 * count).map { _ in NormalDistribution.quantile(generator.uniform()) })
    let data = Dataset(
      features: (0..<count).map { Feature(name: "x\($0)", kind: .number) }, rows: rows,
      target: .values((0..<40).map { rows[$0, 5] }))
    let discretizer = Discretizer(data, binning: .quartile)
    var slopes = [Double](repeating: 0, count: count)
    slopes[5] = 4
    slopes[70] = -2
    let sampled = SampledLIME(
      Plane(slopes: slopes, offset: 100), discretizer: discretizer, space: .raw(aroundRow: false), workers: .one)
    let found = try sampled.explain(
      rows.row(0), number: 1, outputs: [0], kernelWidth: .fixed(9), limit: .max, selection: .auto, size: .fixed(4000),
      seed: 1,
      workers: .one
    ).explanations[0]
    #expect(found.terms.prefix(2).map(\.column) == [5, 70])
    var squares = 0.0
    for term in found.terms {
      let z =
        (term.weight - slopes[term.column] * discretizer.moments(ofColumn: term.column).scale) / term.standardError
      #expect(abs(z) < 5)
      squares += z * z
    }
    #expect((0.7...1.4).contains(squares / Double(count)))
  }

  @Test func samplingStopsWhenTheOrderIsSettled() throws {
    var generator = SeededGenerator(seed: 13, purpose: .test)
    let rows = Matrix(
      rows: 60, columns: 3, elements: (0..<180).map { _ in NormalDistribution.quantile(generator.uniform()) })
    let data = Dataset(
      features: ["a", "b", "c"].map { Feature(name: $0, kind: .number) }, rows: rows,
      target: .values((0..<60).map { rows[$0, 0] }))
    func samples(_ model: any Predictor) throws -> (Int, Stability) {
      let sampled = SampledLIME(
        model, discretizer: Discretizer(data, binning: .quartile), space: .bins, workers: .one)
      let explained = try sampled.explain(
        rows.row(0), number: 1, outputs: [0], kernelWidth: .fixed(1.3), limit: 10, selection: .none,
        size: .untilSettled(limit: 16_384), seed: 1, workers: .one)
      return (explained.samples, explained.explanations[0].stability)
    }
    let clear = try samples(Plane(slopes: [9, 3, 1], offset: 0))
    #expect(clear.0 == 2048 && clear.1 == .high)
    let unclear = try samples(Noise())
    #expect(unclear.0 == 16_384 && unclear.1 != .high)
  }

  @Test func evidenceIsBeyondChanceOnlyWhereAColumnDrives() throws {
    var generator = SeededGenerator(seed: 14, purpose: .test)
    let rows = Matrix(
      rows: 60, columns: 30, elements: (0..<1800).map { _ in NormalDistribution.quantile(generator.uniform()) })
    let data = Dataset(
      features: (0..<30).map { Feature(name: "x\($0)", kind: .number) }, rows: rows,
      target: .values((0..<60).map { rows[$0, 0] }))
    func evidence(_ model: any Predictor, seed: UInt64) throws -> Evidence {
      let sampled = SampledLIME(model, discretizer: Discretizer(data, binning: .quartile), space: .bins, workers: .one)
      let explained = try sampled.explain(
        rows.row(0), number: 1, outputs: [0], kernelWidth: .fixed(4), limit: 3, selection: .highest,
        size: .fixed(1000), seed: seed, workers: .one)
      return try #require(explained.explanations[0].evidence)
    }
    // Of 60 explanations of noise about 3 are beyond chance by chance; 12 are in one of 30,000.
    let found = try (0..<60 as Range<UInt64>).count { try evidence(Noise(), seed: $0).isBeyondChance }
    #expect(found < 12)
    // Two-sided 5 % over 30 columns: 2.5 % / 30 on each side, 3.1440 by tables of the normal law.
    #expect(abs(try evidence(Noise(), seed: 0).threshold - 3.144) < 0.001)
    #expect(try evidence(Plane(slopes: [3] + [Double](repeating: 0, count: 29), offset: 0), seed: 0).isBeyondChance)
  }

  @Test func threadsDoNotChangeABit() throws {
    let data = try TestTables.dataset("heart.csv", target: "diameter narrowing")
    let model = forest(data)
    let sampled = SampledLIME(
      model, discretizer: Discretizer(data, binning: .quartile), space: .raw(aroundRow: true), workers: .one)
    let results = try [1, 2, 3].map { count in
      try sampled.explain(
        data.rows.row(5), number: 6, outputs: [1, 0], kernelWidth: .fixed(2), limit: 4, selection: .lasso,
        size: .fixed(3000),
        seed: 7, workers: Workers(count: count)
      ).explanations
    }
    #expect(results[0] == results[1] && results[1] == results[2])
    #expect(results[0][0].terms.count <= 4)
  }
}
