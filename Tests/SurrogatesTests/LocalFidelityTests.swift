import Learning
import Tensors
import Testing
import Trees

@testable import Surrogates

@Suite struct LocalFidelityTests {
  private func forest(_ data: Dataset, trees: Int) -> ExactLIME {
    var generator = SeededGenerator(seed: 8, purpose: .test)
    let model = RandomForest(trees: trees).fit(data, workers: .one, using: &generator)
    return ExactLIME(model.ensemble, discretizer: Discretizer(data, binning: .quartile), workers: .one)
  }

  @Test(arguments: [0.35, 0.8, 1.7, 9]) func drawsAgreeWithTheClosedFormOfOneTree(width: Double) {
    // One tree has a closed form; the bank of a forest of the same tree twice has to agree with it.
    let data = TestTables.random(rows: 150, classes: 2, seed: 21)
    let exact = forest(data, trees: 1)
    var generator = SeededGenerator(seed: 3, purpose: .test)
    let closed = LocalFidelity(exact, workers: .one, using: &generator)
    let shares = exact.bins.map { bins in bins.counts.map { $0 / bins.counts.reduce(0, +) } }
    let bank = DrawBank(exact, chances: shares, workers: .one, using: &generator)
    var scores: [Double] = []
    for row in stride(from: 0, to: 150, by: 10) {
      let coefficients = exact.coefficients(of: data.rows.row(row), kernelWidth: width)
      let expected = closed.residuals(
        exact, coefficients, outputs: [1], number: row + 1, kernelWidth: width, workers: .one)[0]
      #expect(expected.standardError == 0 && expected.value >= 0)
      let neighborhood = coefficients.neighborhood
      let own = DrawBank(
        exact, chances: neighborhood.bins.indices.map { neighborhood.chances($0) }, workers: .one, using: &generator)
      let direct = own.residual(coefficients, output: 1, mismatchWeight: 1)
      #expect(direct.effectiveSize == Double(DrawBank.size))
      let shared = bank.residual(
        coefficients, output: 1, mismatchWeight: Neighborhood.mismatchWeight(width))
      for estimate in [direct, shared] where estimate.effectiveSize > 1000 {
        #expect(abs(estimate.value - expected.value) <= 5 * estimate.standardError + 1e-12, "row \(row)")
        if estimate.standardError > 1e-9 {
          scores.append((estimate.value - expected.value) / estimate.standardError)
        }
      }
    }
    // 15 to 30 z scores that share draws: their mean square is near 1.
    let meanSquare = scores.reduce(0) { $0 + $1 * $1 } / Double(scores.count)
    #expect((0.2...3).contains(meanSquare), "\(meanSquare)")
  }

  @Test func narrowKernelsGetDrawsOfTheirOwn() {
    let data = TestTables.random(rows: 150, classes: 2, seed: 22)
    let exact = forest(data, trees: 9)
    var generator = SeededGenerator(seed: 3, purpose: .test)
    let fidelity = LocalFidelity(exact, workers: .one, using: &generator)
    let coefficients = exact.coefficients(of: data.rows.row(0), kernelWidth: 0.25)
    let first = fidelity.residuals(
      exact, coefficients, outputs: [0], number: 1, kernelWidth: 0.25, workers: .one)[0]
    #expect(first.effectiveSize == Double(DrawBank.size))
    let again = fidelity.residuals(
      exact, coefficients, outputs: [0], number: 1, kernelWidth: 0.25, workers: Workers(count: 2))[0]
    #expect(first == again)
    let other = fidelity.residuals(
      exact, coefficients, outputs: [0], number: 2, kernelWidth: 0.25, workers: .one)[0]
    #expect(first != other)
  }
}
