import RealModule
import Tensors
import Trees

/// Draws from LIME's sampling law with the model's answers to them, for what has no closed form: the variance of a
/// forest in a row's neighbourhood, which needs all pairs of leaves.
///
/// The draws follow the training rows' bins, or a row's own neighbourhood. The first kind serves every row: its draws
/// are re-weighted by the kernel.
struct DrawBank: Sendable {
  /// The number of draws.
  static let size = 4096

  /// The bin of each draw in each column that the trees use, column after column: `[columns used · size]`.
  private let bins: [UInt16]
  /// The trees' answers, `[size, outputs]`.
  private let answers: Matrix

  /// Draws with the given chances of the bins of each column that the trees use.
  ///
  /// Within a bin not the value is drawn but which of the trees' thresholds it lies between, which is all that the
  /// trees see of it.
  init(
    _ explainer: ExactLIME, chances: [[Double]], workers: Workers, using generator: inout some RandomNumberGenerator
  ) {
    let seed = generator.next()
    let slots = explainer.bins.count
    let parts = Workers.ranges(slots, size: max(1, slots / 64))
    let drawn = workers.map(count: parts.count) { part in
      parts[part].map { slot in
        var generator = SeededGenerator(seed: seed, stream: UInt64(slot), purpose: .bank)
        return Self.draw(
          explainer.bins[slot], chances[slot], thresholds: explainer.testSets.thresholds[slot],
          cumulative: explainer.cumulative[slot], using: &generator)
      }
    }.flatMap { $0 }
    bins = drawn.flatMap { $0.bins }
    var cells = Matrix(rows: Self.size, columns: slots)
    for slot in 0..<slots {
      for draw in 0..<Self.size { cells.elements[draw * slots + slot] = drawn[slot].values[draw] }
    }
    answers = explainer.ensemble.predict(usedColumns: cells, workers: workers)
  }

  /// `size` draws of one column: the bin, and a value that the trees send where they would send the drawn one.
  private static func draw(
    _ column: ColumnBins, _ chances: [Double], thresholds: [Float], cumulative: Matrix,
    using generator: inout SeededGenerator
  ) -> (bins: [UInt16], values: [Double]) {
    let binEnds = chances.runningSums()
    // Of values between two thresholds the upper one stands for all; beyond the last, infinity.
    let stops = thresholds.map { Double($0) } + [.infinity]
    let stopEnds = column.laws.indices.map { bin in column.cuts == nil ? [1] : cumulative.row(bin) + [1] }
    var bins = [UInt16](repeating: 0, count: size)
    var values = [Double](repeating: .nan, count: size)
    for draw in 0..<size {
      let bin = binEnds.firstIndexAtLeast(generator.uniform() * binEnds[binEnds.count - 1])
      let share = generator.uniform()
      bins[draw] = UInt16(bin)
      if bin == column.laws.count { continue }
      values[draw] = column.cuts == nil ? Double(bin) : stops[stopEnds[bin].firstIndexAtLeast(share)]
    }
    return (bins, values)
  }

  /// An estimate from weighted draws.
  struct Estimate: Equatable {
    /// The estimated value.
    var value: Double
    /// Its standard error.
    var standardError: Double
    /// The number of equally weighted draws that would be worth as much, (Σw)² / Σw².
    var effectiveSize: Double
  }

  /// The mean square of what the exact surrogate with all columns leaves unexplained of one output, in the row's
  /// neighbourhood.
  ///
  /// A draw counts by the chance of its matches in the neighbourhood over their chance in the bank. Costs
  /// O(columns used · size).
  /// - Parameters:
  ///   - coefficients: the surrogate.
  ///   - output: the output.
  ///   - matchChances: for each column that the trees use the chance of the row's bin in the bank, not 0.
  /// - Returns: the estimate with its standard error.
  func residual(_ coefficients: ExactLIME.Coefficients, output: Int, matchChances: [Double]) -> Estimate {
    let neighborhood = coefficients.neighborhood
    var fitted = [Double](repeating: 0, count: Self.size)
    var weights = fitted
    var start = 0
    var intercept = coefficients.means[output]
    for slot in neighborhood.bins.indices {
      let slope = coefficients.slopes[slot, output]
      let own = UInt16(neighborhood.bins[slot])
      intercept -= slope * neighborhood.matchChances[slot]
      let match = Double.log(neighborhood.matchChances[slot] / matchChances[slot])
      let mismatch =
        matchChances[slot] < 1
        ? Double.log(neighborhood.mismatchChances[slot]) - Double.log(1 - matchChances[slot]) : 0
      bins.withUnsafeBufferPointer { bins in
        for draw in 0..<Self.size {
          let isMatch = bins[start + draw] == own
          fitted[draw] += isMatch ? slope : 0
          weights[draw] += isMatch ? match : mismatch
        }
      }
      start += Self.size
    }
    // Relative to the largest one: small kernels would lose them all.
    let largest = weights.max() ?? 0
    var weightSum = 0.0
    var squareSum = 0.0
    var mean = 0.0
    var residuals = fitted
    for draw in 0..<Self.size {
      let residual = answers[draw, output] - intercept - fitted[draw]
      residuals[draw] = residual * residual
      weights[draw] = Double.exp(weights[draw] - largest)
      weightSum += weights[draw]
      squareSum += weights[draw] * weights[draw]
      mean += weights[draw] * residuals[draw]
    }
    mean /= weightSum
    var variance = 0.0
    for draw in 0..<Self.size {
      let difference = weights[draw] * (residuals[draw] - mean)
      variance += difference * difference
    }
    return Estimate(
      value: mean, standardError: variance.squareRoot() / weightSum,
      effectiveSize: weightSum * weightSum / squareSum)
  }
}
