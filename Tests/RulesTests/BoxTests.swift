import DataFrames
import Tensors
import Testing

@testable import Rules

@Suite struct BoxTests {
  /// Random boxes of one table with all rows of codes that there are, as a slow twin.
  private struct Space {
    let table: CutTable
    let boxes: [Box]
    let rows: [[UInt16]]

    init(seed: UInt64) {
      var random = RandomRules(seed: seed)
      let set = random.set(rules: 12, columns: 3, semantics: .vote, planes: false)
      let table = CutTable(of: set.rules, features: set.features)
      self.table = table
      boxes = set.rules.map { table.box($0.conditions) }.filter(\.isSatisfiable)
      let codes = table.sizes.map { (0..<UInt16($0)) + [CutTable.missing] }
      rows = codes.reduce([[]]) { rows, codes in rows.flatMap { row in codes.map { row + [$0] } } }
    }

    func inside(_ box: Box) -> [Bool] { rows.map { box.contains($0[...]) } }
  }

  @Test func algebraIsThatOfTheSetsOfRows() {
    var merges = 0
    for seed in 0..<60 as Range<UInt64> {
      let space = Space(seed: seed)
      for one in space.boxes {
        let first = space.inside(one)
        #expect(space.table.box(space.table.conditions(one)) == one, "seed \(seed)")
        for two in space.boxes {
          let second = space.inside(two)
          let both = zip(first, second).map { $0 && $1 }
          #expect((one.intersection(two).map { space.inside($0) } ?? both.map { _ in false }) == both, "seed \(seed)")
          #expect((one.intersection(two) == nil) == !both.contains(true), "seed \(seed)")
          #expect(one.implies(two) == (both == first), "seed \(seed)")
          #expect((one == two) == (first == second), "seed \(seed)")
          if let joined = space.table.merged(one, two) {
            merges += 1
            #expect(space.inside(joined) == zip(first, second).map { $0 || $1 }, "seed \(seed)")
          }
        }
      }
      let kept = space.table.absorbed(space.boxes)
      let before = space.boxes.map { space.inside($0) }
      let after = kept.map { space.inside($0) }
      for row in space.rows.indices {
        #expect(before.contains { $0[row] } == after.contains { $0[row] }, "seed \(seed)")
      }
      #expect(Set(kept).count == kept.count)
      for box in kept { #expect(!kept.contains { $0 != box && box.implies($0) }) }
    }
    #expect(merges > 1000)
  }

  @Test func cutsHaveAsFewDigitsAsKeepEachRowOnItsSide() {
    #expect(ColumnCuts.settled(below: 3.4, above: 7.9) == 6)
    #expect(ColumnCuts.settled(below: 0.49, above: 0.52) == 0.5)
    #expect(ColumnCuts.settled(below: 12.31, above: 12.33) == 12.32)
    #expect(ColumnCuts.settled(below: -1, above: 2) == 0)
    #expect(ColumnCuts.settled(below: 1, above: 1.nextUp) == 1)
    #expect(ColumnCuts.settled(below: 9.96, above: 10.02) == 10)
    #expect(ColumnCuts.settled(below: -9.99, above: -9.5) == -9.7)
    var generator = SeededGenerator(seed: 3, purpose: .test)
    for _ in 0..<2000 {
      let scale = Double.random(in: -9...9, using: &generator)
      let lower = Double.random(in: -1...1, using: &generator) * scale * scale * scale
      let upper = lower + Double.random(in: 0...1, using: &generator) * scale.magnitude
      guard upper > lower else { continue }
      let cut = ColumnCuts.settled(below: lower, above: upper)
      #expect(lower <= cut && cut < upper)
    }
  }

  @Test func binsSpreadOverTheRows() {
    let values = (0..<1000).map { Double($0 * $0) }
    let cuts = ColumnCuts.cuts(sorted: values, maximumBins: 10)
    #expect(cuts.count == 9)
    let sizes = (0...9).map { bin in
      values.count { value in (bin == 0 || value > cuts[bin - 1]) && (bin == 9 || value <= cuts[bin]) }
    }
    #expect(sizes.allSatisfy { 90...110 ~= $0 })
    #expect(ColumnCuts.cuts(sorted: [1, 1, 2, 2, 3], maximumBins: 10) == [2, 3].map { $0 - 0.5 })
  }
}
