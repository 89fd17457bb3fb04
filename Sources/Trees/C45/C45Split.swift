import RealModule

/// What C4.5 measures a test by: the information that it gains on the class, in bits a case, and that gain in
/// proportion to the information of the split itself.
///
/// With W the weight of a node's cases, K that of the cases whose cell is known, W_b that of branch b and H the entropy
/// of the classes: gain = (K/W) (H(known) − Σ W_b/K · H(b)), and the split's own information is the entropy of the
/// branches and of "unknown" among W.
///
/// Quinlan, *C4.5* (1993), sections 2.2 and 3.2.
struct C45Split: Sendable {
  /// Differences up to this count as none, as in J48.
  static let tolerance = 1e-6

  /// x log₂ x for small whole numbers, which most weights are.
  private let table: [Double]

  /// Measures for nodes of up to `caseCount` cases.
  init(caseCount: Int) {
    table = (0...min(caseCount, 1 << 20)).map { $0 == 0 ? 0 : Double($0) * Double.log2(Double($0)) }
  }

  /// x log₂ x; 0 for weights that are only rounding.
  @inline(__always)
  func term(_ x: Double) -> Double {
    if x < Self.tolerance { return 0 }
    let whole = Int(x)
    if whole < table.count, Double(whole) == x { return table[whole] }
    return x * Double.log2(x)
  }

  /// log₂ of a count of at least 1.
  func log2(_ count: Int) -> Double { Double.log2(Double(count)) }

  /// The gain of a split, by the unscaled entropies before and after it.
  /// - Parameters:
  ///   - before: K H(known).
  ///   - after: Σ W_b H(b).
  ///   - known: K.
  ///   - total: W.
  /// - Returns: bits a case; 0 where there is no more than rounding.
  @inline(__always)
  func gain(before: Double, after: Double, known: Double, total: Double) -> Double {
    let gained = (1 - (total - known) / total) * (before - after)
    return gained.magnitude < Self.tolerance ? 0 : gained / known
  }

  /// K H of the classes' weights.
  func entropy(_ weights: some Sequence<Double>) -> Double {
    var (sum, terms) = (0.0, 0.0)
    for weight in weights {
      sum += weight
      terms += term(weight)
    }
    return term(sum) - terms
  }

  /// The gain in proportion to the split's own information; 0 where that is none.
  func ratio(gain: Double, branches: some Sequence<Double>, total: Double) -> Double {
    var (known, terms) = (0.0, 0.0)
    for weight in branches {
      known += weight
      terms += term(weight)
    }
    let information = term(total) - terms - term(total - known)
    return information.magnitude < Self.tolerance ? 0 : gain / (information / total)
  }
}
