import DataFrames
import RealModule
import Tensors
import Testing

@testable import Rules

@Suite struct CodedTreeGrowerTests {
  private static func entropy(_ labels: [Int]) -> Double {
    (0..<3).reduce(0) { sum, label in
      let share = Double(labels.count { $0 == label }) / Double(max(1, labels.count))
      return share > 0 ? sum - share * Double.log2(share) : sum
    }
  }

  /// The largest gain of any cut of a column: of its rows without missing cells, as a share of all rows.
  private static func gain(_ coded: CodedRows, _ labels: [Int], _ rows: [Int], column: Int) -> Double {
    let known = rows.filter { coded.code(row: $0, column: column) != CutTable.missing }
    return (0..<coded.table.sizes[column] - 1).reduce(0) { best, cut in
      let left = known.filter { Int(coded.code(row: $0, column: column)) <= cut }
      let right = known.filter { Int(coded.code(row: $0, column: column)) > cut }
      if left.count < 2 || right.count < 2 { return best }
      let after = [left, right].reduce(0.0) {
        $0 + Double($1.count) / Double(known.count) * entropy($1.map { labels[$0] })
      }
      let gain = (entropy(known.map { labels[$0] }) - after) * Double(known.count) / Double(rows.count)
      return max(best, gain)
    }
  }

  /// Most cells alike, as in pictures, others missing: the cut that gains most is that of a search by the definition,
  /// its two sides part the rows, and one of them takes the missing cells.
  @Test func splitsAreThoseOfALiteralSearch() throws {
    for seed in 0..<30 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed, purpose: .test)
      let cells = (0..<80 * 4).map { _ in
        switch generator.uniform() {
        case ..<0.6: 0.0
        case ..<0.7: Double.nan
        default: Double(Int.random(in: 1...5, using: &generator))
        }
      }
      let rows = Matrix(rows: 80, columns: 4, elements: cells)
      let features = (0..<4).map { Feature(name: "x\($0)", kind: .number) }
      let table = CutTable(features: features, rows: rows, maximumBins: 100, workers: .one)
      let coded = CodedRows(rows, table, workers: .one)
      let labels = (0..<80).map { row in
        rows[row, 0] > 2 ? 1 : rows[row, 1].isNaN ? 2 : Int.random(in: 0...1, using: &generator) * 2
      }
      // Some rows twice, others not at all.
      let members = (0..<90).map { _ in Int.random(in: 0..<80, using: &generator) }
      var grower = CodedTreeGrower(
        rows: coded, labels: labels, classCount: 3, columns: [0, 1, 2, 3],
        settings: CodedTree.Settings(minimumRows: 2, chargesCuts: false, usesRatio: false), workers: .one,
        members: members.map { Int32($0) }, logs: (0...90).map { $0 == 0 ? 0 : Double($0) * Double.log2(Double($0)) })
      let split = try #require(grower.split(0..<90, node: 0))
      let expected = (0..<4).map { Self.gain(coded, labels, members, column: $0) }.reduce(0, max)
      #expect((split.gain - expected).magnitude < 1e-9, "seed \(seed)")
      #expect((Self.gain(coded, labels, members, column: split.left.column) - expected).magnitude < 1e-9)
      for row in 0..<80 {
        let code = coded.code(row: row, column: split.left.column)
        #expect(split.left.allows(code) != split.right.allows(code))
      }
      let middle = grower.partition(0..<90, split.left)
      #expect(grower.members.map { Int($0) }.sorted() == members.sorted())
      for (place, row) in grower.members.enumerated() {
        #expect(split.left.allows(coded.code(row: Int(row), column: split.left.column)) == (place < middle))
      }
    }
  }

  @Test func pureAndSmallNodesAreNotSplit() {
    let rows = Matrix(rows: 6, columns: 1, elements: [0, 1, 2, 3, 4, 5])
    let table = CutTable(
      features: [Feature(name: "x", kind: .number)], rows: rows, maximumBins: 10, workers: .one)
    let coded = CodedRows(rows, table, workers: .one)
    func split(_ labels: [Int], minimumRows: Int) -> CodedTreeGrower.Split? {
      CodedTreeGrower(
        rows: coded, labels: labels, classCount: 3, columns: [0],
        settings: CodedTree.Settings(minimumRows: minimumRows), workers: .one, members: [0, 1, 2, 3, 4, 5],
        logs: (0...6).map { $0 == 0 ? 0 : Double($0) * Double.log2(Double($0)) }
      ).split(0..<6, node: 0)
    }
    #expect(split([1, 1, 1, 1, 1, 1], minimumRows: 1) == nil)
    #expect(split([0, 0, 0, 1, 1, 1], minimumRows: 4) == nil)
    #expect(split([0, 0, 0, 1, 1, 1], minimumRows: 3)?.left == Box.Side(column: 0, low: 0, high: 2))
  }
}
