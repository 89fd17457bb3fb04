/// A test that a node may be split by.
struct C45Test: Sendable {
  let column: Int
  /// The information gained, for a threshold less the cost of saying which.
  let gain: Double
  /// The gain in proportion to the split's own information.
  let ratio: Double
  /// The greatest code of the first branch, for numbers.
  var code = 0
  /// The branch of each category, −1 for those that the node has none of where the others are in groups; nil for
  /// numbers.
  var branches: [Int32]?
  let branchCount: Int
}

/// Searches one node's best test of each column.
struct C45Search: Sendable {
  private let columns: C45Columns
  private let settings: C45
  private let classes: [Int32]
  private let classCount: Int
  private let weightOf: [Double]
  private let measure: C45Split
  private let node: C45Grower.Pending
  private let weight: Double

  /// A search among the tests of a node of the given weight.
  init(_ grower: C45Grower, _ node: C45Grower.Pending, weight: Double) {
    columns = grower.columns
    settings = grower.settings
    classes = grower.classes
    classCount = grower.tree.classCount
    weightOf = grower.weightOf
    measure = grower.measure
    self.node = node
    self.weight = weight
  }

  /// The best test of a column; nil where none is of use.
  func best(_ column: Int) -> C45Test? {
    if let place = columns.numberPlace[column] {
      return threshold(column, node.entries[node.starts[place]..<node.starts[place + 1]])
    }
    return categories(column, levelCount: columns.levelCounts[column] ?? 0)
  }

  /// The threshold of the greatest gain, the first among equals.
  /// - Complexity: O(cases)
  private func threshold(_ column: Int, _ entries: ArraySlice<UInt64>) -> C45Test? {
    var above = [Double](repeating: 0, count: classCount)
    for entry in entries {
      let row = Int(entry & 0xFFFF_FFFF)
      above[Int(classes[row])] += weightOf[row]
    }
    let known = above.reduce(0, +)
    let minimum = leastBranch(known)
    guard Double(entries.count) >= 2 * minimum - C45Split.tolerance else { return nil }
    let before = measure.entropy(above)
    var below = [Double](repeating: 0, count: classCount)
    // Σ x log₂ x over the classes of both sides.
    var terms = above.reduce(0) { $0 + measure.term($1) }
    var weightBelow = 0.0
    var (bestGain, tries) = (0.0, 0)
    var best: (low: Int, high: Int, below: Double)?
    var previous = -1
    for entry in entries {
      let code = Int(entry >> 32)
      if code != previous {
        let weightAbove = known - weightBelow
        if weightBelow >= minimum - C45Split.tolerance, weightAbove >= minimum - C45Split.tolerance {
          let after = measure.term(weightBelow) + measure.term(weightAbove) - terms
          let gain = measure.gain(before: before, after: after, known: known, total: weight)
          tries += 1
          if gain > bestGain + C45Split.tolerance {
            bestGain = gain
            best = (previous, code, weightBelow)
          }
        }
        previous = code
      }
      let row = Int(entry & 0xFFFF_FFFF)
      let (index, moved) = (Int(classes[row]), weightOf[row])
      let (old, rest) = (below[index], above[index])
      terms += measure.term(old + moved) - measure.term(old) + measure.term(rest - moved) - measure.term(rest)
      below[index] = old + moved
      above[index] = rest - moved
      weightBelow += moved
    }
    guard let best else { return nil }
    let gain = bestGain - (settings.chargesThresholds ? measure.log2(tries) / weight : 0)
    guard gain > C45Split.tolerance else { return nil }
    let ratio = measure.ratio(gain: gain, branches: [best.below, known - best.below], total: weight)
    let code = columns.threshold(column, between: best.low, and: best.high)
    return C45Test(column: column, gain: gain, ratio: ratio, code: code, branchCount: 2)
  }

  /// The least weight of a branch of a test of numbers: a tenth of what each class would have, but neither less than
  /// the minimum of all tests nor more than 25.
  private func leastBranch(_ known: Double) -> Double {
    let tenth = 0.1 * known / Double(classCount)
    return tenth <= settings.minimumCases + C45Split.tolerance ? settings.minimumCases : min(25, tenth)
  }

  /// A branch for each category, or for each group of them.
  private func categories(_ column: Int, levelCount: Int) -> C45Test? {
    var weights = [Double](repeating: 0, count: levelCount * classCount)
    for row in node.cases.rows {
      let code = columns.code(Int(row), column)
      if code >= 0 { weights[code * classCount + Int(classes[Int(row)])] += weightOf[Int(row)] }
    }
    let table = CategoryGroups(weights, classCount: classCount, total: weight, measure)
    if settings.groupsCategories {
      return table.grouped(minimumCases: settings.minimumCases).map { $0.test(column) }
    }
    return table.isUsable(minimumCases: settings.minimumCases) ? table.test(column) : nil
  }
}
