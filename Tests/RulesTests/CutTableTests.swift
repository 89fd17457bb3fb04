import DataFrames
import Tensors
import Testing

@testable import Rules

@Suite struct CutTableTests {
  private static let features = [
    Feature(name: "x", kind: .number), Feature(name: "c", kind: .category(levels: ["a", "b", "c"])),
  ]

  @Test func codesCountTheCutsBelowANumber() {
    let table = CutTable(features: Self.features, cuts: [[-1, 0, 2.5], []])
    #expect(table.sizes == [4, 3])
    let cells = [-5, -1, (-1.0).nextUp, 0, -0.0, 2.5, 2.5.nextUp, .infinity]
    #expect(cells.map { table.code($0, column: 0) } == [0, 0, 1, 1, 1, 2, 3, 3])
    #expect(table.code(.nan, column: 0) == CutTable.missing && table.code(.nan, column: 1) == CutTable.missing)
    #expect([0, 2].map { table.code($0, column: 1) } == [0, 2])
  }

  @Test func theBoundsOfRulesAreCutsAndEachDirectionOfAPlaneIsAColumn() {
    let terms = [Rule.Condition.Plane.Term(column: 0, weight: 2)]
    func plane(_ bound: Double, _ isAbove: Bool) -> Rule.Condition {
      .plane(.init(terms: terms, bound: bound, isAbove: isAbove))
    }
    let table = CutTable(
      of: [
        Rule([.above(1, column: 0), plane(3, true)], then: 0),
        Rule([.atMost(-2, column: 0), plane(1, false)], then: 1),
      ],
      features: Self.features)
    #expect(table.cuts == [[-2, 1], [], [1, 3]] && table.directions == [terms])
    let rows = CodedRows(Matrix(rows: 3, columns: 2, elements: [0.5, 0, 0.6, 1, .nan, 2]), table, workers: .one)
    // 2 · 0.5 = 1 is at most the cut 1, 2 · 0.6 lies between; a missing cell has no sum.
    #expect((0..<3).map { rows.code(row: $0, column: 2) } == [0, 1, CutTable.missing])
  }

  @Test func everyRowKeepsItsSideOfEveryCut() {
    var generator = SeededGenerator(seed: 5, purpose: .test)
    for _ in 0..<100 {
      let count = Int.random(in: 1...60, using: &generator)
      let scale = Double.exp10(Double(Int.random(in: -8...8, using: &generator)))
      let rows = Matrix(rows: count, columns: 1, elements: (0..<count).map { _ in scale * generator.uniform() })
      let table = CutTable(
        features: [Self.features[0]], rows: rows, maximumBins: Int.random(in: 2...80, using: &generator),
        workers: .one)
      #expect(table.cuts[0] == table.cuts[0].sorted() && Set(table.cuts[0]).count == table.cuts[0].count)
      for cut in table.cuts[0] {
        #expect(rows.elements.contains { $0 <= cut } && rows.elements.contains { $0 > cut })
      }
    }
  }

  @Test func aColumnWithoutNumbersHasNoCut() {
    let table = CutTable(
      features: Self.features, rows: Matrix(rows: 3, columns: 2, repeating: .nan), maximumBins: 9, workers: .one)
    #expect(table.cuts == [[], []] && table.sizes == [1, 3])
  }
}

extension Double {
  fileprivate static func exp10(_ power: Double) -> Double {
    (0..<Int(power.magnitude)).reduce(1.0) { value, _ in power < 0 ? value / 10 : value * 10 }
  }
}
