import Tensors
import Testing

@testable import Rules

@Suite struct CodedRowsTests {
  @Test func boxesHoldTheRowsWhoseCodesTheyAllow() {
    for seed in 0..<40 as Range<UInt64> {
      var random = RandomRules(seed: seed)
      let set = random.set(rules: 8, columns: 4, semantics: .firstMatch)
      let rows = random.rows(set.features, count: 130)
      let table = CutTable(of: set.rules, features: set.features)
      let one = CodedRows(rows, table, workers: .one)
      let three = CodedRows(rows, table, workers: Workers(count: 3))
      for rule in set.rules {
        let box = table.box(rule.conditions)
        let inside = (0..<130).filter { box.isSatisfiable && box.contains(one.row($0)[...]) }
        #expect(inside == (0..<130).filter { rule.fires(rows, row: $0) }, "seed \(seed)")
        for coded in [one, three] {
          let held = coded.rows(in: box)
          #expect((0..<130).filter { held.contains($0) } == inside, "seed \(seed)")
        }
      }
    }
  }

  @Test func chosenRowsStandBeforeThoseOfAnother() {
    let (first, second) = (KnownProblem.rows(90, seed: 1), KnownProblem.rows(40, seed: 2))
    let table = CutTable(features: KnownProblem.features, rows: first, maximumBins: 20, workers: .one)
    let (one, two) = (CodedRows(first, table, workers: .one), CodedRows(second, table, workers: .one))
    let chosen = [70, 3, 3, 89]
    for workers in [Workers.one, Workers(count: 3)] {
      let both = one.selecting(chosen, followedBy: two, workers: workers)
      #expect(both.count == 44)
      for (place, row) in chosen.enumerated() { #expect(both.row(place) == one.row(row)) }
      for row in 0..<40 { #expect(both.row(4 + row) == two.row(row)) }
    }
  }

  @Test func setsOfRowsAreSets() {
    var generator = SeededGenerator(seed: 2, purpose: .test)
    for _ in 0..<200 {
      let count = Int.random(in: 1...200, using: &generator)
      func draw() -> Set<Int> { Set((0..<count).filter { _ in Bool.random(using: &generator) }) }
      let (one, two) = (draw(), draw())
      let (first, second) = (RowSet(count: count) { one.contains($0) }, RowSet(count: count) { two.contains($0) })
      func rows(_ set: RowSet) -> [Int] { (0..<count).filter { set.contains($0) } }
      #expect(rows(first) == one.sorted() && first.count == one.count && first.isEmpty == one.isEmpty)
      #expect(rows(first.intersection(second)) == one.intersection(two).sorted())
      var rest = first
      rest.subtract(second)
      #expect(rows(rest) == one.subtracting(two).sorted())
      #expect(first.intersectionCount(second) == one.intersection(two).count)
      var union = first
      union.formUnion(second)
      #expect(rows(union) == one.union(two).sorted())
      var others = RowSet(all: count)
      #expect(rows(others) == Array(0..<count))
      others.subtract(first)
      #expect(others.count == count - one.count)
    }
  }
}
