import RealModule

/// Errors to expect beyond those that were counted.
enum Pessimism {
  /// z² of the confidence 0.25.
  private static let square = 0.6744897501960817 * 0.6744897501960817

  /// The errors that are to be expected on as many new rows beyond the `errors` among `count`: the upper limit of the
  /// binomial at confidence 0.25 (Quinlan 1993, section 4.2; the normal approximation as in Weka's `Stats.addErrs`).
  static func extraErrors(_ count: Double, _ errors: Double) -> Double {
    if count <= 0 { return 0 }
    if errors < 1 {
      let none = count * (1 - Double.pow(0.25, 1 / count))
      return errors <= 0 ? none : none + errors * (extraErrors(count, 1) - none)
    }
    if errors + 0.5 >= count { return max(count - errors, 0) }
    let share = (errors + 0.5) / count
    let root = (square * (share / count - share * share / count + square / (4 * count * count))).squareRoot()
    return (share + square / (2 * count) + root) / (1 + square / count) * count - errors
  }

  /// The share of errors to expect.
  static func rate(_ count: Double, _ errors: Double) -> Double {
    count <= 0 ? 1 : (errors + extraErrors(count, errors)) / count
  }
}
