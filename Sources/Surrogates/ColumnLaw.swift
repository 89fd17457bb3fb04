import Tensors

/// How sampled LIME draws one column around a row, and the surrogate's feature that it makes: the law with the kernel's
/// weight already in it, so that draws count the same.
enum ColumnLaw: Sendable {
  /// Bins: the feature is 1 where the value is in the row's own bin, else 0.
  case bins(BinSampler)
  /// A normal law: the feature is the standardised value.
  case normal(NormalSampler)

  /// The mean of the feature.
  var mean: Double {
    switch self {
    case .bins(let sampler): sampler.matchChance
    case .normal(let sampler): sampler.center
    }
  }

  /// The variance of the feature.
  var variance: Double {
    switch self {
    case .bins(let sampler): sampler.matchChance * (1 - sampler.matchChance)
    case .normal(let sampler): sampler.deviation * sampler.deviation
    }
  }

  /// The feature of the explained row.
  var rowFeature: Double {
    switch self {
    case .bins: 1
    case .normal(let sampler): sampler.rowFeature
    }
  }

  /// Draws the column for all rows of `draws`.
  func fill(_ draws: inout DrawnBlock, column: Int, using generator: inout SeededGenerator) {
    switch self {
    case .bins(let sampler): draws.fill(column) { sampler.draw(using: &generator) }
    case .normal(let sampler): draws.fill(column) { sampler.draw(using: &generator) }
    }
  }
}

/// Draws around a row: what the model sees and what the surrogate sees.
struct DrawnBlock {
  /// The values, `[draws, columns]`.
  private(set) var values: Matrix
  /// The surrogate's features, `[draws, columns]`.
  private(set) var features: Matrix

  /// A block that is still to be filled.
  init(count: Int, columns: Int) {
    values = Matrix(rows: count, columns: columns)
    features = values
  }

  /// Fills one column, from the first draw to the last.
  @inline(__always)
  mutating func fill(_ column: Int, _ draw: () -> (value: Double, feature: Double)) {
    for place in stride(from: column, to: values.elements.count, by: values.columns) {
      (values.elements[place], features.elements[place]) = draw()
    }
  }
}

/// Draws of a column that is cut into bins, or is made of categories, or whose cell is missing in the row.
struct BinSampler: Sendable {
  /// The chance of the row's bin.
  let matchChance: Double
  private let own: Int
  /// The sums of the bins' chances up to and with each bin.
  private let ends: [Double]
  private let draws: [Draw]

  private enum Draw {
    case point(Double)
    case normal(mean: Double, deviation: Double, below: Double, within: Double, lower: Double, upper: Double)
  }

  /// The draws of a column with the given cell, for the kernel of the given width.
  init(_ bins: ColumnBins, cell: Double, kernelWidth: Double) {
    let neighborhood = Neighborhood(of: [cell], in: [bins], kernelWidth: kernelWidth)
    matchChance = neighborhood.matchChances[0]
    own = neighborhood.bins[0]
    ends = neighborhood.chances(0).runningSums()
    draws =
      bins.laws.map { law in
        switch law {
        case .point(let value): return .point(value)
        case .truncatedNormal(let mean, let deviation, let lower, let upper):
          let below = NormalDistribution.cumulative((lower - mean) / deviation)
          let above = NormalDistribution.cumulative((upper - mean) / deviation)
          return .normal(
            mean: mean, deviation: deviation, below: below, within: above - below, lower: lower, upper: upper)
        }
      } + [.point(.nan)]
  }

  @inline(__always)
  func draw(using generator: inout SeededGenerator) -> (value: Double, feature: Double) {
    let share = generator.uniform() * ends[ends.count - 1]
    var bin = 0
    if ends.count <= 12 {
      while bin < ends.count - 1, ends[bin] < share { bin += 1 }
    } else {
      bin = ends.firstIndexAtLeast(share)
    }
    let feature: Double = bin == own ? 1 : 0
    switch draws[bin] {
    case .point(let value): return (value, feature)
    case .normal(let mean, let deviation, let below, let within, let lower, let upper):
      let value = mean + deviation * NormalDistribution.quantile(below + generator.uniform() * within)
      return (min(max(value, lower), upper), feature)
    }
  }
}

/// Draws of a column of numbers that is not cut into bins.
///
/// LIME draws z from a standard normal law around the training mean, or around the row, and weights by
/// exp(−(z − z₀)² / 2w²); the product of the two is normal again, with precision 1 + 1 / w².
struct NormalSampler: Sendable {
  /// The mean of z in the neighbourhood.
  let center: Double
  /// The standard deviation of z in the neighbourhood.
  let deviation: Double
  /// The row's own z.
  let rowFeature: Double
  private let mean: Double
  private let scale: Double

  /// The draws of a column with the given cell.
  /// - Parameters:
  ///   - mean: the training mean.
  ///   - scale: the training values' standard deviation; 1 where they do not vary.
  ///   - cell: the row's value.
  ///   - aroundRow: whether the draws are around the row, not around the mean.
  ///   - kernelWidth: w.
  init(mean: Double, scale: Double, cell: Double, aroundRow: Bool, kernelWidth: Double) {
    let row = (cell - mean) / scale
    let squaredWidth = kernelWidth * kernelWidth
    self.mean = mean
    self.scale = scale
    rowFeature = row
    center = aroundRow ? row : row / (1 + squaredWidth)
    deviation = (squaredWidth / (1 + squaredWidth)).squareRoot()
  }

  @inline(__always)
  func draw(using generator: inout SeededGenerator) -> (value: Double, feature: Double) {
    let feature = center + deviation * NormalDistribution.quantile(generator.uniform())
    return (mean + scale * feature, feature)
  }
}

extension [Double] {
  /// The sums of the elements up to and with each.
  func runningSums() -> [Double] {
    var sum = 0.0
    return map { element in
      sum += element
      return sum
    }
  }

  /// The first place of an ascending array whose entry is at least `value`; the last one where none is.
  func firstIndexAtLeast(_ value: Double) -> Int {
    indices.dropLast().partitioningIndex { !(self[$0] < value) }
  }
}
