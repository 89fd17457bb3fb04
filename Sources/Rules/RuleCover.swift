import RealModule
import Tensors
import Trees

/// Makes a short list of rules from many candidates: each is generalised, then a greedy cover is chosen and pruned.
struct RuleCover: Sendable {
  /// A box and the class that it stands for.
  struct Candidate: Sendable, Hashable {
    var box: Box
    var conclusion: Int
  }

  /// The errors to expect of a rule.
  private static let pessimism = PessimisticErrors()

  /// The reference rows.
  let rows: CodedRows
  /// The rows of each class.
  let classRows: [RowSet]
  /// The fewest rows that a rule must set right.
  var minimumGain = 1.0
  /// The most rules.
  private let maximumRules: Int
  /// How long candidates are generalised, and how long rules are chosen.
  let budgets: (generalizing: Budget, choosing: Budget)
  /// The most sets of rows that are held at once.
  private let maximumSets: Int

  /// Reference rows with their labels.
  init(
    _ rows: CodedRows, labels: [Int], classCount: Int, budget: Budget = .unlimited,
    limits: ExtractionLimits = ExtractionLimits()
  ) {
    self.rows = rows
    maximumRules = limits.maximumRules
    budgets = (budget.first(0.7), budget.first(0.95))
    maximumSets = max(64, limits.maximumMemory / 4 / max(1, rows.count / 8))
    classRows = (0..<classCount).map { label in RowSet(count: rows.count) { labels[$0] == label } }
  }

  /// Drops, one by one, the bound of a candidate whose loss leaves the lowest expected share of errors, as long as that
  /// does not rise (C4.5rules: Quinlan 1993, chapter 5).
  func generalized(_ candidate: Candidate, _ cache: inout [Box.Side: RowSet]) -> Candidate {
    var sides = candidate.box.sides.flatMap { halves($0) }
    var sets = sides.map { rows(in: $0, &cache) }
    let target = classRows[candidate.conclusion]
    var current = rate(sets, skipping: nil, target)
    while !sides.isEmpty {
      let rates = rates(sets, target)
      guard let best = rates.indices.min(by: { rates[$0] < rates[$1] }), rates[best] <= current else { break }
      current = rates[best]
      sides.remove(at: best)
      sets.remove(at: best)
    }
    var joined: [Box.Side] = []
    for side in sides {
      if let last = joined.last, last.column == side.column {
        joined[joined.count - 1] = last.intersection(side)
      } else {
        joined.append(side)
      }
    }
    return Candidate(box: Box(sides: joined), conclusion: candidate.conclusion)
  }

  /// The rows that a side allows, found once.
  private func rows(in side: Box.Side, _ cache: inout [Box.Side: RowSet]) -> RowSet {
    if let known = cache[side] { return known }
    let made = rows.rows(in: side)
    if cache.count > maximumSets / 8 { cache = [:] }
    cache[side] = made
    return made
  }

  /// The rows that a box allows.
  func rows(in box: Box, _ cache: inout [Box.Side: RowSet]) -> RowSet {
    var fired = RowSet(all: rows.count)
    for side in box.sides { fired.formIntersection(rows(in: side, &cache)) }
    return fired
  }

  /// The bounds of a side, each for itself.
  private func halves(_ side: Box.Side) -> [Box.Side] {
    let last = rows.table.sizes[side.column] - 1
    guard side.set == nil, side.low > 0, side.high < last, side.low <= side.high else { return [side] }
    return [
      Box.Side(column: side.column, low: side.low, high: last, orMissing: side.orMissing),
      Box.Side(column: side.column, low: 0, high: side.high, orMissing: side.orMissing),
    ]
  }

  private func rate(_ sets: [RowSet], skipping: Int?, _ target: RowSet) -> Double {
    var both = RowSet(all: rows.count)
    for set in sets { both.formIntersection(set) }
    let count = both.count
    return Self.pessimism.share(cases: Double(count), errors: Double(count - both.intersectionCount(target)))
  }

  /// The expected share of errors without each of the sets.
  private func rates(_ sets: [RowSet], _ target: RowSet) -> [Double] {
    var suffixes = [RowSet(all: rows.count)]
    for set in sets.reversed().dropLast() { suffixes.append(suffixes[suffixes.count - 1].intersection(set)) }
    var prefix = RowSet(all: rows.count)
    return sets.indices.map { index in
      let suffix = suffixes[sets.count - 1 - index]
      var count = 0
      var right = 0
      for word in prefix.words.indices {
        let bits = prefix.words[word] & suffix.words[word]
        count += bits.nonzeroBitCount
        right += (bits & target.words[word]).nonzeroBitCount
      }
      prefix.formIntersection(sets[index])
      return Self.pessimism.share(cases: Double(count), errors: Double(count - right))
    }
  }

  /// So many candidates are looked at, as they are, even where no time is left.
  private static let least = 200

  /// The list for first match, with its default class.
  struct List: Sendable {
    var rules: [Candidate]
    var defaultClass: Int
    /// The reference rows on which it decides as their label says.
    var right = 0
    /// What the budget left out.
    var cuts: [Extraction.Cut] = []
  }

  /// Generalises the candidates, the first ones first, and chooses a list.
  /// - Complexity: O(candidates · sides² · rows / 64) and O(rules · rows) for each candidate whose place is in doubt
  func list(_ given: [Candidate], workers: Workers) -> List {
    let candidates = given.prefix(maximumSets / 2)
    let general = workers.silent.map(count: (candidates.count + 63) / 64) { part in
      var cache: [Box.Side: RowSet] = [:]
      return (part << 6..<min(candidates.count, (part + 1) << 6)).compactMap { place in
        if !budgets.generalizing.isSpent { return generalized(candidates[place], &cache) }
        return place < Self.least ? candidates[place] : nil
      }
    }.flatMap { $0 }
    var seen: Set<Candidate> = []
    var list = cover(general.filter { seen.insert($0).inserted && !$0.box.sides.isEmpty })
    if general.count < given.count { list.cuts.insert(.candidates(kept: general.count, of: given.count), at: 0) }
    return list
  }

  /// A candidate with what it is worth on the reference rows.
  struct Scored {
    let candidate: Candidate
    let fired: RowSet
    /// What one more row that is right counts: bits of information over the class's share.
    let weight: Double
    var gain: Double
  }

  /// What a candidate is worth that fires for the given rows; nil where its class is no commoner there than anywhere.
  func scored(_ candidate: Candidate, _ fired: RowSet) -> Scored? {
    let count = Double(fired.count)
    let right = fired.intersectionCount(classRows[candidate.conclusion])
    let prior = Double(classRows[candidate.conclusion].count) / Double(max(1, rows.count))
    let precision = 1 - Self.pessimism.share(cases: count, errors: count - Double(right))
    guard right > 0, precision > prior else { return nil }
    let weight = Double.log2(precision / prior) * precision
    return Scored(candidate: candidate, fired: fired, weight: weight, gain: weight * Double(right))
  }

  private func cover(_ candidates: [Candidate]) -> List {
    var cache: [Box.Side: RowSet] = [:]
    var pool = candidates.compactMap { candidate in
      scored(candidate, rows(in: candidate.box, &cache))
    }
    var uncovered = RowSet(all: rows.count)
    var chosen: [Scored] = []
    pool.sort { $0.gain < $1.gain }
    while pool.count <= Self.least || !budgets.choosing.isSpent, let best = pool.popLast() {
      let open = best.fired.intersection(uncovered)
      let right = open.intersectionCount(classRows[best.candidate.conclusion])
      var updated = best
      updated.gain = best.weight * Double(right)
      if Double(right) < minimumGain { continue }
      if let next = pool.last, next.gain > updated.gain {
        // The gain only falls as rows are covered, so a candidate still on top after its update is the best.
        let place = pool.firstIndex { $0.gain >= updated.gain } ?? pool.count
        pool.insert(updated, at: place)
        continue
      }
      chosen.append(updated)
      uncovered.subtract(best.fired)
    }
    let whole = pruned(chosen)
    let unfinished: [Extraction.Cut] = pool.isEmpty ? [] : [.unfinishedChoice]
    let complete = finished(whole, cuts: unfinished)
    if complete.rules.count <= maximumRules { return complete }
    // Rules that a later one makes needless leave room for more.
    var list = pruned(Array(chosen.prefix(maximumRules)))
    let longest = min(chosen.count, 4 * maximumRules + 20)
    for count in stride(from: maximumRules, to: longest, by: max(1, (longest - maximumRules) / 16)) {
      if budgets.choosing.isSpent { break }
      let longer = pruned(Array(chosen[...count]))
      if longer.rules.count <= maximumRules, longer.right > list.right { list = longer }
    }
    let fidelity = Double(complete.right) / Double(max(1, rows.count))
    var short = finished(list, cuts: unfinished)
    short.cuts.append(.rules(kept: short.rules.count, of: complete.rules.count, fidelity: fidelity))
    return short
  }

  /// What is left of a choice.
  private struct Pruned {
    var rules: [Scored]
    let defaultClass: Int
    /// The reference rows on which they decide as their label says.
    let right: Int
  }

  /// The list with nearly equal rules joined; a rule that became wider may do what others did.
  private func finished(_ list: Pruned, cuts: [Extraction.Cut]) -> List {
    let rules = withoutIdle(joined(list.rules, list.defaultClass), list.defaultClass)
    return List(
      rules: rules.map(\.candidate), defaultClass: list.defaultClass,
      right: gains(rules, list.defaultClass).right, cuts: cuts)
  }

  /// The list without the rules that set nothing right: first those that would not even at the head of the list, last
  /// ones first, then one by one those that do not on the rows that they decide.
  private func pruned(_ chosen: [Scored]) -> Pruned {
    var uncovered = RowSet(all: rows.count)
    for rule in chosen { uncovered.subtract(rule.fired) }
    let rest = classRows.map { $0.intersectionCount(uncovered) }
    let overall = classRows.map(\.count)
    let anyRest = rest.contains { $0 > 0 }
    let defaultClass = (anyRest ? rest : overall).argmax()
    var order = chosen.sorted { $0.weight != $1.weight ? $0.weight > $1.weight : $0.gain > $1.gain }
    var changed = true
    while changed {
      changed = false
      // What the rules behind a place decide, built from the end.
      var right = classRows[defaultClass]
      var kept: [Scored] = []
      for rule in order.reversed() {
        let own = classRows[rule.candidate.conclusion].intersection(rule.fired)
        let before = right.intersectionCount(rule.fired)
        if Double(own.count - before) < minimumGain {
          changed = true
          continue
        }
        right.subtract(rule.fired)
        right.formUnion(own)
        kept.append(rule)
      }
      order = kept.reversed()
    }
    order = withoutIdle(order, defaultClass)
    return Pruned(rules: order, defaultClass: defaultClass, right: gains(order, defaultClass).right)
  }

  /// A list without the rules that do not set enough rows right where they stand, the one that sets fewest first.
  private func withoutIdle(_ given: [Scored], _ defaultClass: Int) -> [Scored] {
    var order = given
    while true {
      let gains = gains(order, defaultClass).gains
      guard let worst = gains.indices.min(by: { gains[$0] < gains[$1] }), Double(gains[worst]) < minimumGain else {
        return order
      }
      order.remove(at: worst)
    }
  }

  /// How many rows fewer would be right without each rule of a list, and how many are.
  /// - Complexity: O(rules · rows / 64)
  func gains(_ order: [Scored], _ defaultClass: Int) -> (gains: [Int], right: Int) {
    var open = RowSet(all: rows.count)
    let decided = order.map { rule -> RowSet in
      let decided = rule.fired.intersection(open)
      open.subtract(rule.fired)
      return decided
    }
    var right = classRows[defaultClass]
    var gains = [Int](repeating: 0, count: order.count)
    for place in order.indices.reversed() {
      let own = classRows[order[place].candidate.conclusion].intersection(order[place].fired)
      gains[place] = own.intersectionCount(decided[place]) - right.intersectionCount(decided[place])
      right.subtract(order[place].fired)
      right.formUnion(own)
    }
    return (gains, right.count)
  }
}
