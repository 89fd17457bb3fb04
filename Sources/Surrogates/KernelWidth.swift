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

/// The kernel widths that were tried for a row, and the one that was chosen (after OptiLIME: Visani, Bagli & Chesani,
/// arXiv 2006.05714).
public struct WidthSearch: Sendable, Equatable {
  /// The share of variance that a width must explain to be chosen for being wide.
  public static let adherence = 0.75

  /// The widths, ascending, from 0.1 √d to 3 √d for d columns.
  public let candidates: [WidthCandidate]
  /// The widest that explains `adherence` of the variance, or, where none does, the one that explains most; the default
  /// width where the model does not vary at any.
  public let chosen: WidthCandidate

  /// Tries 16 widths in equal ratios.
  /// - Parameters:
  ///   - columns: the number of columns.
  ///   - rSquared: the share of variance that the surrogate with all columns explains at a width.
  /// - Throws: what `rSquared` throws.
  public init(columns: Int, rSquared: (_ width: Double) throws -> Double) rethrows {
    let unit = Double(columns).squareRoot()
    candidates = try (0..<16).map { step in
      let width = 0.1 * unit * Double.pow(30, Double(step) / 15)
      return WidthCandidate(width: width, rSquared: try rSquared(width))
    }
    let defined = candidates.filter { !$0.rSquared.isNaN }
    let best = defined.max { ($0.rSquared, $0.width) < ($1.rSquared, $1.width) }
    chosen =
      defined.last { $0.rSquared >= Self.adherence } ?? best
      ?? WidthCandidate(width: ExactLIME.defaultKernelWidth(columns: columns), rSquared: .nan)
  }
}

extension ExactLIME {
  /// The widths for one row and output, each measured on draws of its own.
  public func widthSearch(
    _ row: ArraySlice<Double>, number: Int, output: Int, fidelity: LocalFidelity, workers: Workers
  ) -> WidthSearch {
    let slots = Array(ensemble.columns.indices)
    return WidthSearch(columns: discretizer.features.count) { width in
      let coefficients = coefficients(of: row, kernelWidth: width)
      let residual = fidelity.residuals(
        self, coefficients, outputs: [output], number: number, kernelWidth: width, workers: workers)[0]
      let explained = coefficients.explainedVariance(slots, output: output)
      let total = explained + residual.value
      return total > 0 ? explained / total : .nan
    }
  }
}
