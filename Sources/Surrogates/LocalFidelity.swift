public import Tensors
import Trees

/// How much of a model's variance around a row a surrogate leaves unexplained: in closed form for one tree, from draws
/// for a forest.
///
/// One bank of draws serves all rows, re-weighted by the kernel; where the kernel is so narrow that few of its draws
/// count, the row gets draws from its own neighbourhood.
public struct LocalFidelity: Sendable {
  private let shared: DrawBank?
  private let seed: UInt64

  /// The bank for an explainer's rows; one tree needs none.
  /// - Complexity: O(draws · (columns used + trees · depth))
  public init(_ explainer: ExactLIME, workers: Workers, using generator: inout some RandomNumberGenerator) {
    seed = generator.next()
    if explainer.ensemble.trees.count == 1 {
      shared = nil
    } else {
      let shares = explainer.bins.map { bins in
        let total = bins.counts.reduce(0, +)
        return bins.counts.map { $0 / total }
      }
      shared = DrawBank(explainer, chances: shares, workers: workers, using: &generator)
    }
  }

  /// The least share of a bank's draws that must be worth something in a row's neighbourhood.
  private static let leastEffectiveShare = 0.25

  /// The unexplained variance of each output with all columns in the surrogate.
  func residuals(
    _ explainer: ExactLIME, _ coefficients: ExactLIME.Coefficients, outputs: [Int], number: Int, kernelWidth: Double,
    workers: Workers
  ) -> [DrawBank.Estimate] {
    guard let shared else {
      let slots = Array(coefficients.neighborhood.bins.indices)
      return outputs.map { output in
        let variance = coefficients.meanSquares[output] - coefficients.means[output] * coefficients.means[output]
        let unexplained = variance - coefficients.explainedVariance(slots, output: output)
        // What is left of a variance by rounding alone is none.
        let isRounding = unexplained <= 1e-14 * coefficients.meanSquares[output]
        return DrawBank.Estimate(value: isRounding ? 0 : unexplained, standardError: 0, effectiveSize: .infinity)
      }
    }
    let mismatchWeight = Neighborhood.mismatchWeight(kernelWidth)
    let estimates = outputs.map { shared.residual(coefficients, output: $0, mismatchWeight: mismatchWeight) }
    if let first = estimates.first, first.effectiveSize >= Self.leastEffectiveShare * Double(DrawBank.size) {
      return estimates
    }
    var generator = SeededGenerator(seed: seed, stream: UInt64(number), purpose: .row)
    let neighborhood = coefficients.neighborhood
    let own = DrawBank(
      explainer, chances: neighborhood.bins.indices.map { neighborhood.chances($0) }, workers: workers,
      using: &generator)
    return outputs.map { own.residual(coefficients, output: $0, mismatchWeight: 1) }
  }
}
