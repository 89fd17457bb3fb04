/// What explanations need of the training rows: the bins of all columns in each way to cut them, and the mean and
/// deviation of each column of numbers. They stand in for the rows where those are not at hand.
public struct ColumnStatistics: Sendable, Equatable, Codable {
  /// The mean and the population deviation of a column; deviation 1 where it does not vary.
  public struct Moments: Sendable, Equatable, Codable {
    /// The mean.
    public let mean: Double
    /// The deviation.
    public let scale: Double
  }

  /// The bins of all columns, by the name of the rule that cuts them.
  public let bins: [String: [ColumnBins]]
  /// The moments of all columns.
  public let moments: [Moments]

  /// The statistics of training rows for the given ways to cut.
  /// - Complexity: O(binnings · features · n log n)
  public init(_ discretizers: [Discretizer]) {
    bins = Dictionary(
      discretizers.map { discretizer in
        (discretizer.name, discretizer.features.indices.map { discretizer.bins(ofColumn: $0) })
      }
    ) { first, _ in first }
    moments =
      discretizers.first.map { first in
        first.features.indices.map { column in
          let (mean, scale) = first.moments(ofColumn: column)
          return Moments(mean: mean, scale: scale)
        }
      } ?? []
  }

  /// Whether the statistics hold together for the given number of columns: a file may be damaged.
  public func isValid(levelCounts: [Int?]) -> Bool {
    guard moments.count == levelCounts.count else { return false }
    return bins.values.allSatisfy { columns in
      columns.count == levelCounts.count
        && zip(columns, levelCounts).allSatisfy { $0.isValid(levelCount: $1) }
    }
  }
}

extension ColumnBins {
  fileprivate func isValid(levelCount: Int?) -> Bool {
    guard counts.count == laws.count + 1, counts.allSatisfy({ $0 >= 0 && $0.isFinite }),
      counts.contains(where: { $0 > 0 })
    else { return false }
    if let levelCount { return cuts == nil && laws.count == levelCount }
    guard let cuts, laws.count == cuts.count + 1, cuts.allSatisfy(\.isFinite) else { return false }
    return zip(cuts, cuts.dropFirst()).allSatisfy { $0 < $1 }
      && laws.allSatisfy { law in
        switch law {
        case .point(let value): value.isFinite
        case .truncatedNormal(let mean, let deviation, let lower, let upper):
          mean.isFinite && deviation > 0 && deviation.isFinite && lower < upper && (upper - lower).isFinite
        }
      }
  }
}
