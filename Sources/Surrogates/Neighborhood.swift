import RealModule

/// LIME's kernel exp(−D² / 2w²).
func kernelWeight(squaredDistance: Double, width: Double) -> Double {
  Double.exp(-0.5 * squaredDistance / (width * width))
}

/// The neighbourhood of a row that discretised LIME draws from, seen one column at a time.
///
/// LIME draws bins by their shares f in the training rows and weights a draw by the kernel exp(−m / 2w²), m the number
/// of columns whose bin is not the row's. The weighted law is again a product: column j keeps the row's bin with the
/// chance p = f* / (f* + ρ(1 − f*)), where f* is the share of the row's bin and ρ = exp(−1 / 2w²), and its other bins
/// keep their proportions (Garreau & von Luxburg, *Looking Deeper into Tabular LIME*, arXiv 2008.11092; Tan, Tian & Li,
/// *GLIME*, arXiv 2311.15722, draw from this law).
struct Neighborhood: Sendable {
  /// For each column the row's bin.
  let bins: [Int]
  /// For each column the share of each bin in the training rows.
  let shares: [[Double]]
  /// For each column the chance of the row's bin.
  let matchChances: [Double]
  /// For each column the chance of the other bins, 1 − p: a number of its own, since p may be too near 1 to tell.
  let mismatchChances: [Double]

  /// The neighbourhood of a row with the given cells, one for each of `columns`.
  init(of cells: [Double], in columns: [ColumnBins], kernelWidth: Double) {
    let bins = zip(columns, cells).map { $0.bin(of: $1) }
    let shares = zip(columns, bins).map { $0.shares(explaining: $1) }
    let mismatchWeight = Self.mismatchWeight(kernelWidth)
    self.bins = bins
    self.shares = shares
    let others = zip(shares, bins).map { shares, own in
      shares.indices.reduce(0) { $1 == own ? $0 : $0 + shares[$1] }
    }
    matchChances = bins.indices.map { shares[$0][bins[$0]] / (shares[$0][bins[$0]] + mismatchWeight * others[$0]) }
    mismatchChances = bins.indices.map {
      mismatchWeight * others[$0] / (shares[$0][bins[$0]] + mismatchWeight * others[$0])
    }
  }

  /// ρ, by which the kernel multiplies a draw's weight for each column that does not match.
  static func mismatchWeight(_ kernelWidth: Double) -> Double {
    // The floor keeps a column's slope, which is a ratio of chances, from being nothing by nothing.
    max(kernelWeight(squaredDistance: 1, width: kernelWidth), 1e-100)
  }

  /// The chance of each bin of a column where the row's bin has the chance `match`; nil: as in the neighbourhood.
  func chances(_ column: Int, match: Double? = nil) -> [Double] {
    let own = bins[column]
    let others = shares[column].indices.reduce(0) { $1 == own ? $0 : $0 + shares[column][$1] }
    let matchChance = match ?? matchChances[column]
    let mismatchChance = match.map { 1 - $0 } ?? mismatchChances[column]
    return shares[column].indices.map { bin in
      if bin == own { return matchChance }
      return others > 0 ? mismatchChance * shares[column][bin] / others : 0
    }
  }
}
