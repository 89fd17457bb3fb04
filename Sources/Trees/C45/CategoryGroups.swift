/// The branches of a test of categories with the weight of each class in them: at first one for each category, then
/// possibly groups.
///
/// Grouping (Quinlan, *C4.5*, 1993, section 7.3): categories of one and the same class alone are merged first; then,
/// again and again, the two groups whose merging gives the greatest gain ratio, while the ratio does not fall, the gain
/// stays at least half of the first and more than two groups are left.
struct CategoryGroups: Sendable {
  private let classCount: Int
  private let total: Double
  private let measure: C45Split
  /// The weights of the groups' classes, `[groups, classCount]`.
  private var weights: [Double]
  /// The group of each category.
  private var groups: [Int32]
  private let levelCount: Int

  /// One branch for each category.
  /// - Parameters:
  ///   - weights: the known cases' weights, `[categories, classCount]`.
  ///   - classCount: the number of classes.
  ///   - total: the weight of all cases, known or not.
  ///   - measure: measures the gain.
  init(_ weights: [Double], classCount: Int, total: Double, _ measure: C45Split) {
    self.weights = weights
    self.classCount = classCount
    self.total = total
    self.measure = measure
    levelCount = weights.count / max(1, classCount)
    groups = (0..<Int32(levelCount)).map { $0 }
  }

  private var groupCount: Int { weights.count / classCount }

  private func classes(_ group: Int) -> ArraySlice<Double> { weights[group * classCount..<(group + 1) * classCount] }

  private var branchWeights: [Double] { (0..<groupCount).map { classes($0).reduce(0, +) } }

  /// Whether at least two branches have the weight `minimumCases`.
  func isUsable(minimumCases: Double) -> Bool {
    branchWeights.count { $0 >= minimumCases - C45Split.tolerance } > 1
  }

  private var gain: Double {
    var sums = [Double](repeating: 0, count: classCount)
    for place in weights.indices { sums[place % classCount] += weights[place] }
    let after = (0..<groupCount).reduce(0) { $0 + measure.entropy(classes($1)) }
    return measure.gain(before: measure.entropy(sums), after: after, known: sums.reduce(0, +), total: total)
  }

  /// The branches as a test of `column`.
  func test(_ column: Int) -> C45Test {
    let gain = gain
    return C45Test(
      column: column, gain: gain, ratio: measure.ratio(gain: gain, branches: branchWeights, total: total),
      branches: groups, branchCount: groupCount)
  }

  private var ratio: Double { test(0).ratio }

  /// The categories in groups; nil where no two branches have the weight `minimumCases`.
  /// - Complexity: O(groups³ · classes)
  func grouped(minimumCases: Double) -> CategoryGroups? {
    var result = withoutEmpty()
    result.mergePure()
    let least = result.gain / 2
    while result.groupCount > 2 || result.groupCount == 2 && !result.isUsable(minimumCases: minimumCases) {
      guard let (first, second) = result.bestPair(leastGain: least) else { break }
      var merged = result
      merged.merge(first, second)
      let isBetter = merged.ratio >= result.ratio
      // Small groups are merged in any case, as the test is of no use with them.
      guard isBetter || !result.isUsable(minimumCases: minimumCases) else { break }
      result = merged
    }
    return result.isUsable(minimumCases: minimumCases) ? result : nil
  }

  private func withoutEmpty() -> CategoryGroups {
    var result = self
    result.weights = []
    result.groups = [Int32](repeating: -1, count: levelCount)
    for level in 0..<levelCount where classes(level).contains(where: { $0 > C45Split.tolerance }) {
      result.groups[level] = Int32(result.weights.count / classCount)
      result.weights += classes(level)
    }
    return result
  }

  private mutating func mergePure() {
    func onlyClass(_ group: Int) -> Int? {
      let present = classes(group).enumerated().filter { $0.element > C45Split.tolerance }
      return present.count == 1 ? present[0].offset : nil
    }
    var first = 0
    while first < groupCount {
      var second = first + 1
      while second < groupCount {
        if let only = onlyClass(first), onlyClass(second) == only { merge(first, second) } else { second += 1 }
      }
      first += 1
    }
  }

  /// The pair whose merging gives the greatest ratio among those that keep the gain.
  private func bestPair(leastGain: Double) -> (Int, Int)? {
    var best: (pair: (Int, Int), ratio: Double)?
    for first in 0..<groupCount {
      for second in first + 1..<max(first + 1, groupCount) {
        var merged = self
        merged.merge(first, second)
        let test = merged.test(0)
        if test.gain >= leastGain, test.ratio > (best?.ratio ?? -1) + C45Split.tolerance {
          best = ((first, second), test.ratio)
        }
      }
    }
    return best?.pair
  }

  private mutating func merge(_ first: Int, _ second: Int) {
    for index in 0..<classCount { weights[first * classCount + index] += weights[second * classCount + index] }
    weights.removeSubrange(second * classCount..<(second + 1) * classCount)
    for level in groups.indices {
      if groups[level] == second { groups[level] = Int32(first) } else if groups[level] > second { groups[level] -= 1 }
    }
  }
}
