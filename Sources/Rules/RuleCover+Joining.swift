import Tensors

extension RuleCover {
  /// The list with nearly equal rules of one class joined: where they share at least half of the rows that either
  /// takes, and one rule that spans them costs less than `minimumGain` / (1 − that share) of the rows on which the list
  /// is right. The more the same two rules say, the more a reader must be given for the second one.
  ///
  /// The ways to a region's edge differ by a cut or two, so a cover may take most of a region by one rule and the
  /// sliver beside it by another.
  /// - Complexity: O(rules² · rows / 64), and O((sides² + rules) · rows / 64) for each pair that is nearly equal
  func joined(_ given: [Scored], _ defaultClass: Int) -> [Scored] {
    var cache: [Box.Side: RowSet] = [:]
    var order = given
    var right = gains(order, defaultClass).right
    var first = 0
    while first < order.count {
      var second = first + 1
      while second < order.count, !budgets.choosing.isSpent {
        let (one, two) = (order[first], order[second])
        let least = gainAsked(one, two)
        let spans = least > minimumGain ? spans(one, two, maximumStray: least, &cache) : []
        let trials = spans.map { span -> (order: [Scored], right: Int) in
          var trial = order
          trial[first] = span
          trial.remove(at: second)
          return (trial, gains(trial, defaultClass).right)
        }
        if let best = trials.max(by: { $0.right < $1.right }), Double(right - best.right) < least {
          (order, right) = best
        } else {
          second += 1
        }
      }
      first += 1
    }
    return order
  }

  /// How many rows a list must win by two rules of one class instead of one; `minimumGain` where they are not nearly
  /// equal.
  private func gainAsked(_ one: Scored, _ two: Scored) -> Double {
    guard one.candidate.conclusion == two.candidate.conclusion else { return minimumGain }
    let shared = one.fired.intersectionCount(two.fired)
    let either = one.fired.count + two.fired.count - shared
    return 2 * shared < either ? minimumGain : minimumGain * Double(either) / Double(either - shared)
  }

  /// Rules that may take the place of two of one class: the first one, as it is and with each side spanning the second
  /// one's, and what both span; without those that take in as many rows of other classes as may not be lost.
  private func spans(
    _ one: Scored, _ two: Scored, maximumStray: Double, _ cache: inout [Box.Side: RowSet]
  ) -> [Scored] {
    let (box, other) = (one.candidate.box, two.candidate.box)
    var boxes = [box, rows.table.span(box, other)]
    for side in box.sides { boxes.append(rows.table.widened(box, side: side, for: other)) }
    return boxes.enumerated().compactMap { place, joined in
      guard !joined.sides.isEmpty, !boxes[..<place].contains(joined) else { return nil }
      let candidate = Candidate(box: joined, conclusion: one.candidate.conclusion)
      let fired = rows(in: joined, &cache)
      var stray = fired
      stray.subtract(one.fired)
      stray.subtract(two.fired)
      let wrong = stray.count - stray.intersectionCount(classRows[candidate.conclusion])
      return Double(wrong) < maximumStray ? scored(candidate, fired) : nil
    }
  }
}

extension CutTable {
  /// The smallest box that both boxes imply.
  /// - Complexity: O(sides²)
  func span(_ one: Box, _ two: Box) -> Box { Box(sides: one.sides.compactMap { span($0, two) }) }

  /// A box with one of its sides replaced by the smallest that spans another box's as well.
  /// - Complexity: O(sides)
  func widened(_ box: Box, side: Box.Side, for other: Box) -> Box {
    Box(sides: box.sides.compactMap { $0.column == side.column ? span(side, other) : $0 })
  }

  /// The smallest side that allows what a side and a box do; nil where that is everything.
  private func span(_ side: Box.Side, _ box: Box) -> Box.Side? {
    guard let other = box.sides.first(where: { $0.column == side.column }) else { return nil }
    let missing = side.orMissing || other.orMissing
    let joined =
      if let set = side.set, let others = other.set {
        Box.Side(column: side.column, set: set.union(others), orMissing: missing)
      } else {
        Box.Side(
          column: side.column, low: min(side.low, other.low), high: max(side.high, other.high), orMissing: missing)
      }
    return isFull(joined) ? nil : joined
  }
}
