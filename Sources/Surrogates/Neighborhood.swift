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

  /// The neighbourhood of a row with the given cells, one for each of `columns`.
  init(of cells: [Double], in columns: [ColumnBins], kernelWidth: Double) {
    let bins = zip(columns, cells).map { $0.bin(of: $1) }
    let shares = zip(columns, bins).map { $0.shares(explaining: $1) }
    let mismatchWeight = Self.mismatchWeight(kernelWidth)
    self.bins = bins
    self.shares = shares
    matchChances = zip(shares, bins).map { shares, bin in
      shares[bin] / (shares[bin] + mismatchWeight * (1 - shares[bin]))
    }
  }

  /// ρ, by which the kernel multiplies a draw's weight for each column that does not match.
  static func mismatchWeight(_ kernelWidth: Double) -> Double {
    kernelWeight(squaredDistance: 1, width: kernelWidth)
  }

  /// The chance of each bin of a column in the neighbourhood.
  func chances(_ column: Int) -> [Double] {
    let match = matchChances[column]
    let own = shares[column][bins[column]]
    return shares[column].indices.map { bin in
      if bin == bins[column] { return match }
      return own < 1 ? (1 - match) * shares[column][bin] / (1 - own) : 0
    }
  }
}
