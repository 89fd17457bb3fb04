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
  private let training: Dataset
  private let binning: Binning
  /// For thresholds of trees: the cut points of each column that has any.
  private let thresholds: [Int: [Double]]

  /// The most cut points that are taken from the thresholds of trees.
  public static let thresholdLimit = 7

  /// A discretizer over the training rows.
  public init(_ training: Dataset, binning: Binning) {
    self.training = training
    self.binning = binning
    if case .tree(let ensemble) = binning {
      thresholds = Self.mainThresholds(ensemble)
    } else {
      thresholds = [:]
    }
  }

  /// The features, by column.
  public var features: [Feature] { training.features }

  /// The bins of one column.
  /// - Complexity: O(n log n) for n training rows.
  public func bins(ofColumn column: Int) -> ColumnBins {
    let values = (0..<training.count).map { training.rows[$0, column] }
    if let levelCount = training.features[column].levelCount {
      return ColumnBins(categories: values, levelCount: levelCount)
    }
    return ColumnBins(numbers: values, cuts: cuts(of: column, values))
  }

  /// The mean and the population standard deviation of a column's training values; deviation 1 where they do not vary.
  func moments(ofColumn column: Int) -> (mean: Double, scale: Double) {
    let values = (0..<training.count).map { training.rows[$0, column] }.filter { !$0.isNaN }
    guard !values.isEmpty else { return (0, 1) }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    return (mean, variance > 0 ? variance.squareRoot() : 1)
  }

  private func cuts(of column: Int, _ values: [Double]) -> [Double] {
    switch binning {
    case .quartile: return Self.percentiles([25, 50, 75], of: values)
    case .decile: return Self.percentiles((1...9).map { Double(10 * $0) }, of: values)
    case .entropy: return entropyCuts(of: column, values)
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

  private func entropyCuts(of column: Int, _ values: [Double]) -> [Double] {
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
    return cuts.isEmpty ? Self.percentiles([50], of: values) : cuts
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
