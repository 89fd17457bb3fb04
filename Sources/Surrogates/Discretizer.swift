public import DataFrames
public import Learning
import Tensors
public import Trees

/// How a column of numbers is cut into bins.
public enum Binning: Sendable, Equatable {
  /// At the quartiles of the training values.
  case quartile
  /// At their deciles.
  case decile
  /// Where a tree of depth 3 on this column alone splits: by entropy for classes, by variance for a number.
  case entropy
  /// At the thresholds of the trees that are explained: of a column's, the (at most seven) with the largest sum of
  /// impurity decreases.
  case tree(TreeEnsemble)

  /// The name of the rule.
  public var name: String {
    switch self {
    case .quartile: "quartile"
    case .decile: "decile"
    case .entropy: "entropy"
    case .tree: "tree"
    }
  }
}

/// Cuts the columns of the training rows into bins.
public struct Discretizer: Sendable {
  /// The features, by column.
  public let features: [Feature]
  /// The name of the rule that cuts columns into bins.
  public let name: String
  private let source: Source

  /// Where the bins are from.
  private enum Source: Sendable {
    /// Training rows and, for thresholds of trees, the cut points of each column that has any.
    case rows(Dataset, Binning, thresholds: [Int: [Double]])
    /// Statistics of training rows.
    case statistics([ColumnBins], [ColumnStatistics.Moments])
  }

  /// The most cut points that are taken from the thresholds of trees.
  public static let thresholdLimit = 7

  /// A discretizer over the training rows.
  public init(_ training: Dataset, binning: Binning) {
    features = training.features
    name = binning.name
    if case .tree(let ensemble) = binning {
      source = .rows(training, binning, thresholds: Self.mainThresholds(ensemble))
    } else {
      source = .rows(training, binning, thresholds: [:])
    }
  }

  /// A discretizer over statistics of training rows; nil where they do not have the bins of that name.
  public init?(_ statistics: ColumnStatistics, features: [Feature], name: String) {
    guard let bins = statistics.bins[name] else { return nil }
    self.features = features
    self.name = name
    source = .statistics(bins, statistics.moments)
  }

  /// The bins of one column.
  /// - Complexity: O(n log n) for n training rows.
  public func bins(ofColumn column: Int) -> ColumnBins {
    let training: Dataset
    switch source {
    case .statistics(let bins, _): return bins[column]
    case .rows(let rows, _, _): training = rows
    }
    let values = (0..<training.count).map { training.rows[$0, column] }
    if let levelCount = training.features[column].levelCount {
      return ColumnBins(categories: values, levelCount: levelCount)
    }
    return ColumnBins(numbers: values, cuts: cuts(of: column, values, training))
  }

  /// The mean and the population standard deviation of a column's training values; deviation 1 where they do not vary.
  func moments(ofColumn column: Int) -> (mean: Double, scale: Double) {
    let training: Dataset
    switch source {
    case .statistics(_, let moments): return (moments[column].mean, moments[column].scale)
    case .rows(let rows, _, _): training = rows
    }
    let values = (0..<training.count).map { training.rows[$0, column] }.filter { !$0.isNaN }
    guard !values.isEmpty else { return (0, 1) }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    return (mean, variance > 0 ? variance.squareRoot() : 1)
  }

  private func cuts(of column: Int, _ values: [Double], _ training: Dataset) -> [Double] {
    guard case .rows(_, let binning, let thresholds) = source else { return [] }
    switch binning {
    case .quartile: return Self.percentiles([25, 50, 75], of: values)
    case .decile: return Self.percentiles((1...9).map { Double(10 * $0) }, of: values)
    case .entropy: return Self.entropyCuts(of: column, values, training)
    case .tree: return thresholds[column] ?? []
    }
  }

  /// The different values among the given percentiles, by linear interpolation between the order statistics: with
  /// h = (n − 1)(q / 100), the value at h, computed from the nearer neighbour (numpy's `linear`).
  static func percentiles(_ percentages: [Double], of values: [Double]) -> [Double] {
    let sorted = values.filter { !$0.isNaN }.sorted()
    guard !sorted.isEmpty else { return [] }
    var cuts: [Double] = []
    for percentage in percentages {
      let place = Double(sorted.count - 1) * (percentage / 100)
      let below = Int(place)
      let share = place - Double(below)
      let low = sorted[below]
      let high = sorted[min(below + 1, sorted.count - 1)]
      let cut = share >= 0.5 ? high - (high - low) * (1 - share) : low + (high - low) * share
      if cuts.last.map({ cut > $0 }) ?? true { cuts.append(cut) }
    }
    return cuts
  }

  private static func entropyCuts(of column: Int, _ values: [Double], _ training: Dataset) -> [Double] {
    let present = values.indices.filter { !values[$0].isNaN }
    guard !present.isEmpty else { return [] }
    let data = Dataset(
      features: [training.features[column]],
      rows: Matrix(rows: present.count, columns: 1, elements: present.map { values[$0] }),
      target: training.target.selectingRows(present))
    // The tree draws nothing: there is one column, so the generator is never decisive.
    var generator = SeededGenerator(seed: 0, purpose: .tree)
    let tree = DecisionTree(criterion: .entropy, maximumDepth: 3).fit(data, workers: .one, using: &generator)
    let cuts = tree.ensemble.trees[0].nodes.filter { !$0.isLeaf }.map { Double($0.threshold) }.sorted()
    return cuts.isEmpty ? percentiles([50], of: values) : cuts
  }

  private static func mainThresholds(_ ensemble: TreeEnsemble) -> [Int: [Double]] {
    var gains: [Int: [Float: Double]] = [:]
    for tree in ensemble.trees {
      for (node, decrease) in zip(tree.nodes, tree.decreases)
      where !node.isLeaf && !node.isCategorical && node.threshold.isFinite {
        gains[ensemble.columns[Int(node.slot)], default: [:]][node.threshold, default: 0] += Double(decrease)
      }
    }
    return gains.mapValues { column in
      column.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(thresholdLimit).map { Double($0.key) }.sorted()
    }
  }
}
