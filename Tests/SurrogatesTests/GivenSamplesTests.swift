import Foundation
import Tensors
import Testing

@testable import Surrogates

@Suite struct GivenSamplesTests {
  /// What lime 0.2.0.1 computed on given samples: 200 rows of indicators of the iris data with a forest's
  /// probabilities.
  private struct Reference: Decodable {
    struct Case: Decodable {
      let selection: String
      let k: Int
      let label: Int
      let intercept: Double
      let weights: [[Double]]
      let score: Double
      let local_pred: Double
    }
    let Z: [[Double]]
    let p: [[Double]]
    let kernel_width: Double
    let cases: [Case]
  }

  @Test func agreesWithLime() throws {
    let reference = try JSONDecoder().decode(
      Reference.self, from: Data(contentsOf: TestTables.root.appending(path: "Tests/References/lime_iris.json")))
    let samples = GivenSamples(
      features: Matrix(rows: 200, columns: 4, elements: reference.Z.flatMap { $0 }),
      outputs: Matrix(rows: 200, columns: 3, elements: reference.p.flatMap { $0 }),
      kernelWidth: reference.kernel_width)
    #expect(reference.cases.count == 24)
    for expected in reference.cases {
      let selection: FeatureSelection =
        switch expected.selection {
        case "forward_selection": .forward
        case "highest_weights": .highest
        case "lasso_path": .lasso
        default: .none
        }
      let found = samples.surrogate(output: expected.label, selection: selection, limit: expected.k)
      let name = "\(expected.selection) k \(expected.k) label \(expected.label)"
      #expect(found.weights.map(\.feature) == expected.weights.map { Int($0[0]) }, "\(name)")
      for (weight, expected) in zip(found.weights, expected.weights) {
        #expect(abs(weight.slope - expected[1]) < 1e-12, "\(name)")
      }
      #expect(abs(found.intercept - expected.intercept) < 1e-12, "\(name)")
      #expect(abs(found.rSquared - expected.score) < 1e-12, "\(name)")
      #expect(abs(found.localPrediction - expected.local_pred) < 1e-12, "\(name)")
    }
  }

  /// What lime's explainer of pictures drew, was told, and made of it; distances are cosines.
  private struct PictureReference: Decodable {
    struct Surrogate: Decodable {
      let label: Int
      let intercept: Double
      let score: Double
      let local: Double
      let weights: [[Double]]
    }
    struct Case: Decodable {
      let limit: Int
      let samples: [[Double]]
      let outputs: [[Double]]
      let surrogates: [Surrogate]
    }
    let cases: [Case]
  }

  @Test func agreesWithLimeOnPictures() throws {
    let reference = try JSONDecoder().decode(
      PictureReference.self,
      from: Data(contentsOf: TestTables.root.appending(path: "Tests/References/lime_image.json")))
    #expect(reference.cases.count == 4)
    for expected in reference.cases {
      let samples = GivenSamples(
        features: Matrix(rows: expected.samples.count, columns: 12, elements: expected.samples.flatMap { $0 }),
        outputs: Matrix(rows: expected.samples.count, columns: 3, elements: expected.outputs.flatMap { $0 }),
        kernelWidth: 0.25, distance: .cosine)
      for surrogate in expected.surrogates {
        let found = samples.surrogate(output: surrogate.label, selection: .auto, limit: expected.limit)
        #expect(found.weights.map(\.feature) == surrogate.weights.map { Int($0[0]) })
        for (weight, pair) in zip(found.weights, surrogate.weights) { #expect(abs(weight.slope - pair[1]) < 1e-12) }
        #expect(abs(found.intercept - surrogate.intercept) < 1e-12)
        #expect(abs(found.rSquared - surrogate.score) < 1e-12)
        #expect(abs(found.localPrediction - surrogate.local) < 1e-12)
      }
    }
  }

  /// Of 400 repeats with 150 draws each, the 95 % intervals hold the weights that 200,000 draws give in about 95 %.
  @Test func standardErrorsCoverTheLimit() {
    func slopes(_ count: Int, _ seed: UInt64) -> [GivenSamples.Weight] {
      var generator = SeededGenerator(seed: seed, purpose: .test)
      var draws = Matrix(rows: count, columns: 5, repeating: 1)
      var answers = Matrix(rows: count, columns: 1)
      for sample in 0..<count {
        for column in 0..<5 where sample > 0 { draws[sample, column] = generator.uniform() < 0.5 ? 0 : 1 }
        let z = draws.row(sample).map { $0 }
        answers[sample, 0] = 0.3 * z[0] - 0.2 * z[1] + 0.5 * z[2] * z[3] + 0.1 * z[4] * (1 - z[0])
      }
      return GivenSamples(features: draws, outputs: answers, kernelWidth: 0.25, distance: .cosine)
        .surrogate(output: 0, selection: .none, limit: 5).weights.sorted { $0.feature < $1.feature }
    }
    let limit = slopes(200_000, 1)
    var held = 0
    for seed in 0..<400 {
      held += zip(slopes(150, UInt64(seed) + 10), limit).count {
        abs($0.slope - $1.slope) <= 1.96 * $0.standardError
      }
    }
    // The ridge's penalty draws slopes a little towards 0.
    #expect(0.9...0.98 ~= Double(held) / 2000, "\(Double(held) / 2000)")
  }
}
