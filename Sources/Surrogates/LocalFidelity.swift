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
      let shares = explainer.bins.map { bins in bins.counts.indices.map { bins.share(ofBin: $0) } }
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
    let neighborhood = coefficients.neighborhood
    let slots = Array(neighborhood.bins.indices)
    guard let shared else {
      return outputs.map { output in
        let variance = coefficients.treeVariances[output]
        let unexplained = variance - coefficients.explainedVariance(slots, output: output)
        // What is left of a variance by rounding alone is none.
        return DrawBank.Estimate(
          value: unexplained > 1e-14 * variance ? unexplained : 0, standardError: 0, effectiveSize: .infinity)
      }
    }
    // The chance that the shared draws have of the row's bins: none where no training row is in them.
    let sharedChances = slots.map { explainer.bins[$0].share(ofBin: neighborhood.bins[$0]) }
    if !sharedChances.contains(0) {
      let estimates = outputs.map { shared.residual(coefficients, output: $0, matchChances: sharedChances) }
      if let first = estimates.first, first.effectiveSize >= Self.leastEffectiveShare * Double(DrawBank.size) {
        return estimates
      }
    }
    // In a narrow neighbourhood hardly a draw would leave the row's bins; about half of these do in some column, and
    // count by how much less often they should.
    let most = 1 - 0.5 / Double(max(1, slots.count))
    let ownChances = slots.map { slot in
      neighborhood.mismatchChances[slot] > 0 ? min(neighborhood.matchChances[slot], most) : 1
    }
    var generator = SeededGenerator(seed: seed, stream: UInt64(number), purpose: .row)
    let own = DrawBank(
      explainer, chances: slots.map { neighborhood.chances($0, match: ownChances[$0]) }, workers: workers,
      using: &generator)
    return outputs.map { own.residual(coefficients, output: $0, matchChances: ownChances) }
  }
}
