import RealModule
public import Tensors
import Trees

/// How far a row's neighbourhood reaches.
public enum KernelWidth: Sendable, Equatable {
  /// The width w of the kernel exp(−m / 2w²) over the number m of columns that do not match.
  case fixed(Double)
  /// The widest of a series of widths whose surrogate explains enough of the model's variance.
  case automatic
}

/// What a kernel width would give.
public struct WidthCandidate: Sendable, Equatable {
  /// The width.
  public let width: Double
  /// The share of variance that the surrogate with all columns explains; NaN where the model does not vary.
  public let rSquared: Double
}

extension ExactLIME {
  /// The share of variance that a width must explain to be chosen for being wide.
  public static let adherence = 0.75

  /// The widths that `automatic` chooses from, ascending, and its choice: the widest that explains `adherence` of the
  /// variance, or, where none does, the one that explains most (after OptiLIME: Visani, Bagli & Chesani,
  /// arXiv 2006.05714).
  /// - Complexity: that of 16 explanations, each with draws of its own.
  public func widthCandidates(
    _ row: ArraySlice<Double>, number: Int, output: Int, fidelity: LocalFidelity, workers: Workers
  ) -> (candidates: [WidthCandidate], chosen: WidthCandidate) {
    let unit = Double(discretizer.features.count).squareRoot()
    let slots = Array(ensemble.columns.indices)
    let candidates = (0..<16).map { step in
      // From 0.1 √d to 3 √d in equal ratios.
      let width = 0.1 * unit * Double.pow(30, Double(step) / 15)
      let coefficients = coefficients(of: row, kernelWidth: width)
      let residual = fidelity.residuals(
        self, coefficients, outputs: [output], number: number, kernelWidth: width, workers: workers)[0]
      let explained = coefficients.explainedVariance(slots, output: output)
      let total = explained + residual.value
      return WidthCandidate(width: width, rSquared: total > 0 ? explained / total : .nan)
    }
    let best = candidates.max { ($0.rSquared, $0.width) < ($1.rSquared, $1.width) } ?? candidates[0]
    return (candidates, candidates.last { $0.rSquared >= Self.adherence } ?? best)
  }
}
