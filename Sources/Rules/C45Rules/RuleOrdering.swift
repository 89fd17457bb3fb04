import Tensors

/// Puts the rules of the classes in one list, of which the first that fires decides (Quinlan, *C4.5*, 1993, section
/// 5.3).
struct RuleOrdering: Sendable {
  /// The rules, in order.
  private(set) var rules: [C45Rules.Candidate]
  /// The class of a row that no rule covers.
  let defaultClass: Int
  private let rowCount: Int

  /// Classes with the fewest rows of others among those that their rules cover come first, among equals the one with
  /// the most rows of its own there; covered rows do not count any more for the next. The default is the commonest
  /// class of the rows that are left, among equals the one that is commonest overall.
  init(_ chosen: [[C45Rules.Candidate]], _ ofClass: RowBits, rowCount: Int) {
    var left = [UInt64](repeating: .max, count: ofClass.wordCount)
    if rowCount & 63 != 0 { left[left.count - 1] = (1 << UInt64(rowCount & 63)) - 1 }
    var unions = chosen.map { rules in
      rules.reduce(into: [UInt64](repeating: 0, count: ofClass.wordCount)) { union, rule in
        for place in union.indices { union[place] |= rule.rows[place] }
      }
    }
    var waiting = chosen.indices.filter { !chosen[$0].isEmpty }
    rules = []
    while !waiting.isEmpty {
      let counts = waiting.map { index in
        var (wrong, right) = (0, 0)
        for (place, own) in ofClass[index].enumerated() {
          let word = unions[index][place] & left[place]
          wrong += (word & ~own).nonzeroBitCount
          right += (word & own).nonzeroBitCount
        }
        return (wrong, -right)
      }
      let next = waiting.remove(at: counts.argmin(by: <))
      rules += chosen[next]
      for place in left.indices { left[place] &= ~unions[next][place] }
      unions[next] = []
    }
    let counts = chosen.indices.map { (ofClass.count($0, and: left), ofClass.count($0)) }
    defaultClass = counts.argmax(by: <)
    self.rowCount = rowCount
  }

  /// Drops the rule without which the list makes the fewest errors, as long as those are fewer than with it.
  /// - Complexity: O(dropped · (rules · rows / 64 + rows))
  mutating func dropHarmful(classes: [Int], budget: Budget = .unlimited) {
    while !budget.isSpent, let harmful = harmful(classes) { rules.remove(at: harmful) }
  }

  private func harmful(_ classes: [Int]) -> Int? {
    // The rule that decides on each row; the gain of each rule over what would decide without it.
    var first = [Int](repeating: -1, count: rowCount)
    var gains = [Int](repeating: 0, count: rules.count)
    var none = [UInt64](repeating: .max, count: (rowCount + 63) / 64)
    if rowCount & 63 != 0 { none[none.count - 1] = (1 << UInt64(rowCount & 63)) - 1 }
    var once = [UInt64](repeating: 0, count: none.count)
    func settle(_ row: Int, by conclusion: Int) {
      let rule = first[row]
      gains[rule] += (rules[rule].conclusion == classes[row] ? 1 : 0) - (conclusion == classes[row] ? 1 : 0)
    }
    for (index, rule) in rules.enumerated() {
      for place in none.indices {
        let word = rule.rows[place]
        RowBits.forEach(CollectionOfOne(once[place] & word)) { settle(place << 6 | $0, by: rule.conclusion) }
        RowBits.forEach(CollectionOfOne(none[place] & word)) { first[place << 6 | $0] = index }
        once[place] = once[place] & ~word | none[place] & word
        none[place] &= ~word
      }
    }
    RowBits.forEach(once) { settle($0, by: defaultClass) }
    let worst = gains.indices.min { gains[$0] < gains[$1] }
    return worst.flatMap { gains[$0] < 0 ? $0 : nil }
  }
}
