import Tensors
import Testing

@testable import Images

@Suite struct InfidelityTests {
  @Test func valuesAreThoseOfCaptum() throws {
    let reference = try MeasureReferences.read().infidelity
    #expect(reference.cases.count == 2)
    for expected in reference.cases {
      let value = Infidelity.value(sums: reference.sums, falls: reference.falls, normalized: expected.normalized)
      // captum computes in single precision.
      #expect((value - expected.value).magnitude < 1e-6 * max(1, expected.value))
    }
  }

  /// A map that gives each pixel its own part of a linear model's output foretells everything; another one does not.
  @Test func isNoneForALinearModel() throws {
    struct Sum: PictureClassifier {
      let weights: [Float]
      func probabilities(of pictures: Tensor, workers: Workers) -> Matrix {
        Matrix(
          rows: pictures.shape[0], columns: 1,
          elements: (0..<pictures.shape[0]).map { row in
            weights.indices.reduce(0.0) {
              $0 + Double(weights[$1]) * Double(pictures.elements[row * weights.count + $1])
            }
          })
      }
    }
    let weights = MersenneTwister.numbers(63, seed: 3, scale: 1)
    let input = MersenneTwister.numbers(63, seed: 4, scale: 1)
    let subject = Subject(
      model: Sum(weights: weights), input: Tensor(shape: [1, 1, 7, 9], elements: input), target: 0)
    let falls = try Infidelity().falls(subject)
    let parts = zip(weights, input).map { $0 * $1 }
    #expect(Infidelity.value(parts, falls) < 1e-10)
    #expect(Infidelity.value(parts.map { $0 * 7 }, falls) < 1e-10)
    #expect(Infidelity.value(weights, falls) > 1e-3)
    // A map of nothing foretells nothing: what is left is the falls' own mean square.
    let squares = falls.falls.reduce(0) { $0 + $1 * $1 } / Double(falls.falls.count)
    #expect((Infidelity.value([Float](repeating: 0, count: 63), falls) - squares).magnitude < 1e-12)
  }
}
