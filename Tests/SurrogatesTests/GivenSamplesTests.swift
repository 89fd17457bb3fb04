import Foundation
import Tensors
import Testing

@testable import Surrogates

@Suite struct GivenSamplesTests {
  /// What lime 0.2.0.1 computed on given samples: 200 rows of indicators of the iris data with a forest's probabilities.
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
}
