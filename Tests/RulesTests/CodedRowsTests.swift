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
        #expect(one.rows(in: box).rows == inside && three.rows(in: box).rows == inside, "seed \(seed)")
      }
    }
  }

  @Test func setsOfRowsAreSets() {
    var generator = SeededGenerator(seed: 2, purpose: .test)
    for _ in 0..<200 {
      let count = Int.random(in: 1...200, using: &generator)
      func draw() -> Set<Int> { Set((0..<count).filter { _ in Bool.random(using: &generator) }) }
      let (one, two) = (draw(), draw())
      let (first, second) = (RowSet(count: count) { one.contains($0) }, RowSet(count: count) { two.contains($0) })
      #expect(first.rows == one.sorted() && first.count == one.count && first.isEmpty == one.isEmpty)
      #expect(first.intersection(second).rows == one.intersection(two).sorted())
      #expect(first.subtracting(second).rows == one.subtracting(two).sorted())
      #expect(first.intersectionCount(second) == one.intersection(two).count)
      var union = first
      union.formUnion(second)
      #expect(union.rows == one.union(two).sorted())
      #expect(RowSet(all: count).rows == Array(0..<count))
      #expect(RowSet(all: count).subtracting(first).count == count - one.count)
    }
  }
}
