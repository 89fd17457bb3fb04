import DataFrames
import Tensors
import Testing
import Trees

@testable import Rules

@Suite struct RuleCoverTests {
  /// Random labels over random codes, some columns of which matter.
  private static func problem(seed: UInt64, count: Int = 300) -> (coded: CodedRows, labels: [Int]) {
    let rows = KnownProblem.rows(count, seed: seed)
    let table = CutTable(features: KnownProblem.features, rows: rows, maximumBins: 12, workers: .one)
    var generator = SeededGenerator(seed: seed, stream: 1, purpose: .test)
    let labels = (0..<count).map { row in
      generator.uniform() < 0.1 ? Int.random(in: 0..<3, using: &generator) : KnownProblem.decide(rows.row(row))
    }
    return (CodedRows(rows, table, workers: .one), labels)
  }

  private static func leaves(_ coded: CodedRows, _ labels: [Int]) -> [RuleCover.Candidate] {
    let tree = CodedTree(
      coded, chosen: Array(labels.indices), labels: labels, classCount: 3,
      settings: CodedTree.Settings(minimumRows: 3, isPruned: false))
    return tree.leaves.map { RuleCover.Candidate(box: $0.box, conclusion: tree.majority($0.node)) }
  }

  @Test func aBoundThatDoesNotHelpGoesAndOneThatDoesStays() {
    // Twelve rows; the class is x > 6 alone, and y is a coin.
    let features = [Feature(name: "x", kind: .number), Feature(name: "y", kind: .number)]
    let rows = Matrix(rows: 12, columns: 2, elements: (1...12).flatMap { [Double($0), Double($0 % 2)] })
    let table = CutTable(features: features, rows: rows, maximumBins: 20, workers: .one)
    let coded = CodedRows(rows, table, workers: .one)
    let cover = RuleCover(coded, labels: (1...12).map { $0 > 6 ? 1 : 0 }, classCount: 2)
    // 6 < x and 0 < y holds for 7, 9 and 11: expected errors 1 − 0.25^(1/3) = 0.37 of a row each; without the bound of
    // y six rows hold it, 1 − 0.25^(1/6) = 0.21; without that of x of six odd rows three are wrong.
    let box = table.box([.above(table.cuts[0][5], column: 0), .above(0.5, column: 1)])
    var cache: [Box.Side: RowSet] = [:]
    let general = cover.generalized(RuleCover.Candidate(box: box, conclusion: 1), &cache)
    #expect(general == RuleCover.Candidate(box: table.box([.above(table.cuts[0][5], column: 0)]), conclusion: 1))
    // Both ends of a range are bounds of their own: 6 < x ≤ 9 loses the upper one.
    let range = table.box([.range(column: 0, lower: table.cuts[0][5], upper: table.cuts[0][8], orMissing: false)])
    #expect(cover.generalized(RuleCover.Candidate(box: range, conclusion: 1), &cache) == general)
  }

  @Test func generalizingIsThatOfALiteralSearch() {
    for seed in 0..<12 as Range<UInt64> {
      let (coded, labels) = Self.problem(seed: seed)
      let cover = RuleCover(coded, labels: labels, classCount: 3)
      for candidate in Self.leaves(coded, labels) {
        var cache: [Box.Side: RowSet] = [:]
        #expect(
          cover.generalized(candidate, &cache).box == Self.literal(candidate, coded, labels), "seed \(seed)")
      }
    }
  }

  /// The same by counting all rows anew for every choice.
  private static func literal(_ candidate: RuleCover.Candidate, _ coded: CodedRows, _ labels: [Int]) -> Box {
    var sides = candidate.box.sides.flatMap { side -> [Box.Side] in
      let last = coded.table.sizes[side.column] - 1
      if side.set != nil || side.low == 0 || side.high == last { return [side] }
      return [
        Box.Side(column: side.column, low: side.low, high: last),
        Box.Side(column: side.column, low: 0, high: side.high),
      ]
    }
    func rate(_ sides: [Box.Side]) -> Double {
      let inside = (0..<coded.count).filter { row in
        sides.allSatisfy { $0.allows(coded.code(row: row, column: $0.column)) }
      }
      return PessimisticErrors().share(
        cases: Double(inside.count), errors: Double(inside.count { labels[$0] != candidate.conclusion }))
    }
    var current = rate(sides)
    while !sides.isEmpty {
      let rates = sides.indices.map { place in rate(Array(sides[..<place] + sides[(place + 1)...])) }
      guard let best = rates.indices.min(by: { rates[$0] < rates[$1] }), rates[best] <= current else { break }
      current = rates[best]
      sides.remove(at: best)
    }
    return sides.reduce(Box.everything) { $0.intersection(Box(sides: [$1])) ?? $0 }
  }

  @Test func aListCountsWhatItDecidesAndEachOfItsRulesSetsRowsRight() {
    for seed in 0..<20 as Range<UInt64> {
      let (coded, labels) = Self.problem(seed: seed)
      var cover = RuleCover(coded, labels: labels, classCount: 3)
      cover.minimumGain = 3
      let candidates = Self.leaves(coded, labels)
      let list = cover.list(candidates, workers: .one)
      func right(_ rules: [RuleCover.Candidate]) -> Int {
        labels.indices.count { row in
          let first = rules.first { $0.box.contains(coded.row(row)[...]) }
          return (first?.conclusion ?? list.defaultClass) == labels[row]
        }
      }
      #expect(list.right == right(list.rules) && list.cuts.isEmpty, "seed \(seed)")
      for place in list.rules.indices {
        var without = list.rules
        without.remove(at: place)
        #expect(right(without) <= list.right - 3, "seed \(seed), rule \(place)")
      }
      #expect(cover.list(candidates, workers: Workers(count: 3)).rules == list.rules)
    }
  }

  /// A square of 40 x 40 points, a row each, and boxes of it by their first and last columns and lines.
  private static func square(_ isIn: (_ column: Int, _ line: Int) -> Bool) -> (coded: CodedRows, labels: [Int]) {
    let features = ["column", "line"].map { Feature(name: $0, kind: .number) }
    let rows = Matrix(rows: 1600, columns: 2, elements: (0..<1600).flatMap { [Double($0 % 40), Double($0 / 40)] })
    let table = CutTable(features: features, rows: rows, maximumBins: 40, workers: .one)
    return (CodedRows(rows, table, workers: .one), (0..<1600).map { isIn($0 % 40, $0 / 40) ? 1 : 0 })
  }

  private static func box(_ columns: ClosedRange<Int>, _ lines: ClosedRange<Int>) -> RuleCover.Candidate {
    let sides = [
      Box.Side(column: 0, low: columns.lowerBound, high: columns.upperBound),
      Box.Side(column: 1, low: lines.lowerBound, high: lines.upperBound),
    ]
    return RuleCover.Candidate(box: Box(sides: sides), conclusion: 1)
  }

  @Test func rulesThatSayNearlyTheSameBecomeOne() {
    let (coded, labels) = Self.square { $0 >= 10 && $1 < 20 }
    let cover = RuleCover(coded, labels: labels, classCount: 2)
    func joined(_ candidates: [RuleCover.Candidate]) -> [RuleCover.Candidate] {
      let scored = candidates.compactMap { cover.scored($0, coded.rows(in: $0.box)) }
      return cover.joined(scored, 0).map(\.candidate)
    }
    // The corner but for a column, and the same with the column but without the last ones: what both span is the
    // corner.
    #expect(joined([Self.box(11...39, 0...19), Self.box(10...36, 0...19)]) == [Self.box(10...39, 0...19)])
    // The second one takes a line too many: the first, wider by the column alone, is better than what both span.
    #expect(joined([Self.box(11...39, 0...19), Self.box(10...36, 0...20)]) == [Self.box(10...39, 0...19)])
    // One that is in another is dropped; those that share no rows, or rules of two classes, stay.
    #expect(joined([Self.box(10...39, 0...19), Self.box(12...39, 0...19)]) == [Self.box(10...39, 0...19)])
    let halves = [Self.box(10...24, 0...19), Self.box(25...39, 0...19)]
    #expect(joined(halves) == halves)
  }

  @Test func whatTwoRulesTakeApartIsNotThrownAway() {
    // An L: each arm is a rule, though they share the corner; one rule over both would take the rest of the square.
    let (coded, labels) = Self.square { $0 < 8 || $1 < 8 }
    let cover = RuleCover(coded, labels: labels, classCount: 2)
    let arms = [Self.box(0...7, 0...39), Self.box(0...39, 0...7)]
    let scored = arms.compactMap { cover.scored($0, coded.rows(in: $0.box)) }
    #expect(scored.count == 2 && cover.joined(scored, 0).map(\.candidate) == arms)
  }

  @Test func aBoundOnTheRulesIsKeptAndItsCostIsTold() throws {
    let (coded, labels) = Self.problem(seed: 3)
    let candidates = Self.leaves(coded, labels)
    let whole = RuleCover(coded, labels: labels, classCount: 3).list(candidates, workers: .one)
    #expect(whole.rules.count > 2)
    let cover = RuleCover(
      coded, labels: labels, classCount: 3, limits: ExtractionLimits(maximumRules: 2))
    let list = cover.list(candidates, workers: .one)
    #expect(list.rules.count <= 2 && list.right < whole.right)
    #expect(
      list.cuts == [
        .rules(
          kept: list.rules.count, of: whole.rules.count, fidelity: Double(whole.right) / Double(labels.count))
      ])
  }

  @Test("Without candidates there is the commonest class, and without time the first ones do")
  func nothingToChooseFrom() {
    let (coded, labels) = Self.problem(seed: 4)
    let counts = (0..<3).map { label in labels.count { $0 == label } }
    let none = RuleCover(coded, labels: labels, classCount: 3).list([], workers: .one)
    #expect(none.rules.isEmpty && counts[none.defaultClass] == counts.max() && none.right == counts.max())
    // Without time the first candidates are taken as they are.
    let candidates = Self.leaves(coded, labels)
    let late = RuleCover(coded, labels: labels, classCount: 3, budget: Budget(deadline: .now))
      .list(candidates, workers: .one)
    #expect(candidates.count < 200 && !late.rules.isEmpty && late.cuts.isEmpty)
    #expect(Set(late.rules).isSubset(of: candidates))
    let many = candidates + [RuleCover.Candidate](repeating: candidates[0], count: 400)
    let cut = RuleCover(coded, labels: labels, classCount: 3, budget: Budget(deadline: .now))
      .list(many, workers: .one)
    #expect(cut.cuts == [.candidates(kept: 200, of: many.count)])
  }
}
