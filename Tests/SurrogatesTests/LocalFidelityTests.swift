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
      let direct = own.residual(coefficients, output: 1, matchChances: neighborhood.matchChances)
      #expect(abs(direct.effectiveSize - Double(DrawBank.size)) < 1e-6)
      let shared = bank.residual(
        coefficients, output: 1,
        matchChances: neighborhood.bins.indices.map { exact.bins[$0].share(ofBin: neighborhood.bins[$0]) })
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

  @Test(arguments: [0.15, 0.2, 0.3]) func narrowNeighbourhoodsAreNotTakenForConstant(width: Double) {
    // So narrow that 4,096 draws from the neighbourhood itself would hardly ever leave the row's bins: draws that leave
    // them more often, and count less, agree with the closed form of one tree and never claim to be exact.
    let data = TestTables.random(rows: 150, classes: 2, seed: 23)
    let exact = forest(data, trees: 1)
    var generator = SeededGenerator(seed: 3, purpose: .test)
    let closed = LocalFidelity(exact, workers: .one, using: &generator)
    for row in stride(from: 0, to: 150, by: 15) {
      let coefficients = exact.coefficients(of: data.rows.row(row), kernelWidth: width)
      let expected = closed.residuals(
        exact, coefficients, outputs: [1], number: row + 1, kernelWidth: width, workers: .one)[0]
      let neighborhood = coefficients.neighborhood
      let chances = neighborhood.bins.indices.map { slot in
        neighborhood.mismatchChances[slot] > 0 ? min(neighborhood.matchChances[slot], 0.9) : 1
      }
      let bank = DrawBank(
        exact, chances: chances.indices.map { neighborhood.chances($0, match: chances[$0]) }, workers: .one,
        using: &generator)
      let found = bank.residual(coefficients, output: 1, matchChances: chances)
      #expect(abs(found.value - expected.value) <= 5 * found.standardError + 1e-9 * expected.value, "row \(row)")
    }
  }

  @Test func anOffsetOfTheTargetChangesNothing() {
    let data = TestTables.random(rows: 120, classes: 1, seed: 24)
    guard case .values(let values) = data.target else { return }
    // Multiples of 2⁻²⁰, which a million more leaves exact.
    let exact = values.map { ($0 * 0x1p20).rounded() * 0x1p-20 }
    let explained = [0, 1e6].map { offset in
      Dataset(features: data.features, rows: data.rows, target: .values(exact.map { $0 + offset }))
    }.map { data -> LocalExplanation in
      var generator = SeededGenerator(seed: 8, purpose: .test)
      let model = DecisionTree(maximumDepth: 4).fit(data, workers: .one, using: &generator)
      let exact = ExactLIME(model.ensemble, discretizer: Discretizer(data, binning: .quartile), workers: .one)
      let fidelity = LocalFidelity(exact, workers: .one, using: &generator)
      return exact.explain(
        data.rows.row(4), number: 5, outputs: [0], kernelWidth: .fixed(1.6), limit: .max, fidelity: fidelity,
        workers: .one
      ).explanations[0]
    }
    #expect(abs(explained[0].rSquared - explained[1].rSquared) < 1e-6)
    #expect(explained[0].rSquared < 0.99)
    #expect(explained[0].terms.map(\.column) == explained[1].terms.map(\.column))
    for (one, other) in zip(explained[0].terms, explained[1].terms) { #expect(abs(one.weight - other.weight) < 1e-6) }
  }

  @Test func narrowKernelsGetDrawsOfTheirOwn() {
    let data = TestTables.random(rows: 150, classes: 2, seed: 22)
    let exact = forest(data, trees: 9)
    var generator = SeededGenerator(seed: 3, purpose: .test)
    let fidelity = LocalFidelity(exact, workers: .one, using: &generator)
    let coefficients = exact.coefficients(of: data.rows.row(0), kernelWidth: 0.25)
    let first = fidelity.residuals(
      exact, coefficients, outputs: [0], number: 1, kernelWidth: 0.25, workers: .one)[0]
    #expect(first.effectiveSize > 0.05 * Double(DrawBank.size) && first.standardError > 0)
    let again = fidelity.residuals(
      exact, coefficients, outputs: [0], number: 1, kernelWidth: 0.25, workers: Workers(count: 2))[0]
    #expect(first == again)
    let other = fidelity.residuals(
      exact, coefficients, outputs: [0], number: 2, kernelWidth: 0.25, workers: .one)[0]
    #expect(first != other)
  }
}
