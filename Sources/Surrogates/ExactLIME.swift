import DataFrames
public import Tensors
public import Trees

/// LIME for an ensemble of trees without sampling: the weights that discretised tabular LIME converges to with more
/// and more samples.
///
/// LIME's surrogate is a weighted linear regression of the model's output on one indicator a column, z = "the value is
/// in the row's bin". The weighted law of the samples is a product over the columns (see `Neighborhood`), so the
/// regression's slopes are differences of means,
///
///     β_j = E[f | z_j = 1] − E[f | z_j = 0],   intercept = E[f] − Σ β_j p_j,
///
/// and f is a sum over leaves of value · Π_columns [the column's value is in the leaf's set], whose expectation is a
/// product of one-dimensional chances (Garreau & von Luxburg, arXiv 2008.11092). With m the chance of a column's set
/// and a, b its chances given z = 1 and z = 0, a leaf adds value · Π m · (a − b) / m to the column's slope; summed
/// along the edges of the tree, from below, all slopes together cost one pass over the nodes.
public struct ExactLIME: Sendable {
  /// The explained trees.
  public let ensemble: TreeEnsemble
  /// The bins of all columns.
  public let discretizer: Discretizer
  /// The bins of the columns that the trees use.
  let bins: [ColumnBins]
  let testSets: TestSets
  /// For each column of numbers that the trees use the chance of x ≤ threshold in each bin, `[bins, thresholds]`.
  let cumulative: [Matrix]
  /// For each interval, where its chances in each bin of its column start in `chances`; -1 for categories.
  private let chanceStarts: [Int]
  /// The chance of an interval in each bin of its column, the missing bin last.
  private let chances: [Double]
  /// For each output a number near its mean, taken off the leaves so that large numbers lose no digits, `[outputs]`.
  private let centers: [Double]

  /// An explainer for trees over the discretizer's features.
  /// - Complexity: O(nodes · depth + columns used · n log n), n the number of training rows.
  public init(_ ensemble: TreeEnsemble, discretizer: Discretizer, workers: Workers) {
    self.ensemble = ensemble
    self.discretizer = discretizer
    let columns = ensemble.columns
    let bins = workers.map(count: columns.count) { discretizer.bins(ofColumn: columns[$0]) }
    let testSets = TestSets(ensemble, bins: bins)
    self.bins = bins
    self.testSets = testSets
    let cumulative = workers.map(count: columns.count) { slot in
      let thresholds = testSets.thresholds[slot]
      let laws = bins[slot].laws
      return Matrix(
        rows: laws.count, columns: thresholds.count,
        elements: laws.flatMap { law in thresholds.map { law.cumulative($0) } })
    }
    var starts: [Int] = [0]
    var chances: [Double] = [1]
    for set in testSets.sets.dropFirst() {
      guard case .interval(let lower, let upper) = set.values else {
        starts.append(-1)
        continue
      }
      starts.append(chances.count)
      for bin in bins[set.slot].laws.indices {
        let above = upper == testSets.thresholds[set.slot].count ? 1 : cumulative[set.slot][bin, upper]
        let below = lower < 0 ? 0 : cumulative[set.slot][bin, lower]
        chances.append(max(0, above - below))
      }
      chances.append(set.holdsMissing ? 1 : 0)
    }
    centers = (0..<ensemble.outputs).map { output in
      let leaves = ensemble.trees.flatMap { tree in
        stride(from: output, to: tree.leafValues.count, by: ensemble.outputs).map { tree.leafValues[$0] }
      }
      return leaves.reduce(0) { $0 + $1 / Double(leaves.count) }
    }
    self.cumulative = cumulative
    chanceStarts = starts
    self.chances = chances
  }

  /// The kernel width that lime uses for `columns` columns: 0.75 √columns.
  public static func defaultKernelWidth(columns: Int) -> Double { 0.75 * Double(columns).squareRoot() }

  /// The surrogate's exact coefficients for one row.
  struct Coefficients {
    /// The law that the coefficients are expectations under.
    let neighborhood: Neighborhood
    /// The mean of each output, `[outputs]`.
    let means: [Double]
    /// The variance of each output where there is one tree, `[outputs]`; for more it has no closed form.
    let treeVariances: [Double]
    /// The slopes, `[columns used, outputs]`.
    let slopes: Matrix
  }

  /// The cells of `row`, `[features]`, in the columns that the trees use.
  func cells(of row: ArraySlice<Double>) -> [Double] {
    ensemble.columns.map { row[row.startIndex + $0] }
  }

  /// The exact coefficients for a row, `[features]`.
  /// - Complexity: O(sets · bins of a column of numbers + nodes · outputs)
  func coefficients(of row: ArraySlice<Double>, kernelWidth: Double) -> Coefficients {
    let neighborhood = Neighborhood(of: cells(of: row), in: bins, kernelWidth: kernelWidth)
    let (setChances, ratios) = setChances(neighborhood)
    let outputs = ensemble.outputs
    var means = [Double](repeating: 0, count: outputs)
    var meanSquares = means
    var slopes = Matrix(rows: ensemble.columns.count, columns: outputs)
    var first = 0
    for tree in ensemble.trees {
      let edges = testSets.edges[first..<first + tree.nodes.count]
      first += tree.nodes.count
      add(
        tree, edges, setChances, ratios, means: &means, meanSquares: &meanSquares, slopes: &slopes.elements)
    }
    let count = Double(ensemble.trees.count)
    slopes.elements = slopes.elements.map { $0 / count }
    return Coefficients(
      neighborhood: neighborhood, means: zip(means, centers).map { $0 / count + $1 },
      treeVariances: zip(means, meanSquares).map { max(0, $1 - $0 * $0) }, slopes: slopes)
  }

  /// For each set its chance m in the neighbourhood and (a − b) / m; 0 where m is 0.
  private func setChances(_ neighborhood: Neighborhood) -> (chances: [Double], ratios: [Double]) {
    var setChances = [Double](repeating: 1, count: testSets.sets.count)
    var ratios = [Double](repeating: 0, count: testSets.sets.count)
    var holdsOwn = [Bool](repeating: true, count: testSets.sets.count)
    for number in testSets.sets.indices.dropFirst() {
      let set = testSets.sets[number]
      let own = neighborhood.bins[set.slot]
      var inOwnBin: Double
      var inOthers: Double
      switch set.values {
      case .interval:
        let start = chanceStarts[number]
        let shares = neighborhood.shares[set.slot]
        inOwnBin = chances[start + own]
        var others = 0.0
        inOthers = 0
        for bin in shares.indices where bin != own {
          others += shares[bin]
          inOthers += shares[bin] * chances[start + bin]
        }
        inOthers /= others
      case .categories(let previous, let tree, let node, let goesLeft, let trainingRows):
        // The set holds the row's category if the one before it did and the test sends it this way.
        let counts = bins[set.slot].counts
        let missing = counts.count - 1
        let trees = ensemble.trees
        holdsOwn[number] =
          own == missing
          ? set.holdsMissing
          : holdsOwn[Int(previous)]
            && trees[Int(tree)].setContains(trees[Int(tree)].nodes[Int(node)], own) == goesLeft
        inOwnBin = holdsOwn[number] ? 1 : 0
        inOthers = trainingRows + (set.holdsMissing ? counts[missing] : 0) - inOwnBin * counts[own]
        inOthers /= bins[set.slot].total - counts[own]
      }
      // Where the row's bin is the only one, nothing can be compared with it.
      if inOthers.isNaN { inOthers = inOwnBin }
      let chance =
        neighborhood.matchChances[set.slot] * inOwnBin + neighborhood.mismatchChances[set.slot] * inOthers
      setChances[number] = chance
      ratios[number] = chance > 0 ? (inOwnBin - inOthers) / chance : 0
    }
    return (setChances, ratios)
  }

  /// Adds one tree's share: chances from the root down, then each subtree's Σ value · chance from the leaves up.
  private func add(
    _ tree: Tree, _ edges: ArraySlice<TestSets.Edge>, _ setChances: [Double], _ ratios: [Double],
    means: inout [Double], meanSquares: inout [Double], slopes: inout [Double]
  ) {
    let outputs = ensemble.outputs
    let first = edges.startIndex
    var reach = [Double](repeating: 1, count: tree.nodes.count)
    for node in tree.nodes.indices.dropFirst() {
      let edge = edges[first + node]
      let before = setChances[Int(edge.previous)]
      reach[node] = before > 0 ? reach[Int(edge.parent)] * (setChances[Int(edge.set)] / before) : 0
    }
    var sums = [Double](repeating: 0, count: tree.nodes.count * outputs)
    for node in tree.nodes.indices.reversed() {
      if tree.nodes[node].isLeaf {
        let leaf = tree.nodes[node].leaf
        for output in 0..<outputs {
          let value = tree.leafValues[leaf * outputs + output] - centers[output]
          sums[node * outputs + output] = value * reach[node]
          meanSquares[output] += value * value * reach[node]
        }
      }
      guard node > 0 else { continue }
      let edge = edges[first + node]
      let slot = testSets.sets[Int(edge.set)].slot
      let change = ratios[Int(edge.set)] - ratios[Int(edge.previous)]
      for output in 0..<outputs {
        let sum = sums[node * outputs + output]
        sums[Int(edge.parent) * outputs + output] += sum
        slopes[slot * outputs + output] += change * sum
      }
    }
    for output in 0..<outputs { means[output] += sums[output] }
  }
}
