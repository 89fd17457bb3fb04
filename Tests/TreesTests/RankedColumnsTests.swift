import Tensors
import Testing

@testable import Trees

struct RankedColumnsTests {
  private static func column(_ cells: [Double], levels: Int? = nil, maximumBins: Int = 100) -> RankedColumns {
    RankedColumns(
      Matrix(rows: cells.count, columns: 1, elements: cells), levelCounts: [levels], maximumBins: maximumBins,
      workers: .one)
  }

  @Test func ranksNumbersAndKeepsCategories() {
    let numbers = Self.column([3, 1, .nan, 1, 2]).columns[0]
    #expect(numbers.codes == [2, 0, 3, 0, 1] && numbers.codeCount == 3)
    #expect(numbers.lower == [1, 2, 3] && numbers.upper == [1, 2, 3] && !numbers.isCategorical)
    let words = Self.column([2, 0, .nan, 2], levels: 4).columns[0]
    #expect(words.codes == [2, 0, 4, 2] && words.codeCount == 4 && words.isCategorical)
  }

  @Test func takesDoublesThatAreEqualAsFloatForEqual() {
    // 0 and −0 too, and numbers beyond the largest Float.
    let column = Self.column([0.1, Double(0.1).nextUp, -0.0, 0, 1e300, 1e200, -1e300]).columns[0]
    #expect(column.codes == [2, 2, 1, 1, 3, 3, 0] && column.codeCount == 4)
  }

  @Test func categoriesBeyondTheCodesCountAsMissing() {
    let column = Self.column([3, 65_471, 65_472, 69_999, .nan], levels: 70_000).columns[0]
    #expect(column.codes == [3, 65_471, 65_472, 65_472, 65_472] && column.codeCount == 65_472)
  }

  @Test func acceptsColumnsWithoutAValueAndTablesWithoutARow() {
    let missing = Self.column([.nan, .nan]).columns[0]
    #expect(missing.codes == [0, 0] && missing.codeCount == 0)
    #expect(Self.column([]).columns[0].codeCount == 0)
    #expect(Self.column([.nan], levels: 1).columns[0].codes == [1])
  }

  @Test func thresholdsPartTheirNeighboursAsFloats() {
    let tiny = Float.leastNonzeroMagnitude
    let cells: [Float] = [
      -.infinity, -.greatestFiniteMagnitude, -1, 0, tiny, 2 * tiny, 1, Float(1).nextUp, 3, .greatestFiniteMagnitude,
      .infinity,
    ]
    let ranked = Self.column(cells.map(Double.init))
    #expect(ranked.columns[0].codeCount == cells.count)
    for left in 0..<cells.count - 1 {
      let threshold = ranked.threshold(column: 0, left: left, right: left + 1)
      #expect(cells[left] <= threshold && threshold < cells[left + 1])
    }
    #expect(ranked.threshold(column: 0, left: 6, right: 8) == 2)
    #expect(ranked.threshold(column: 0, left: 2, right: 3) == -0.5)
  }

  @Test func manyRowsAreGroupedEvenlyAndTiesStayTogether() {
    // A third of 30,000 rows is 0, the others are different; 10 groups.
    let cells = (0..<30_000).map { row -> Double in
      if row % 3 == 0 { return 0 }
      return row % 2 == 0 ? Double(row) : -Double(row)
    }
    let column = Self.column(cells, maximumBins: 10).columns[0]
    var sizes = [Int](repeating: 0, count: column.codeCount)
    for (cell, code) in zip(cells, column.codes) {
      sizes[Int(code)] += 1
      #expect(column.lower[Int(code)] <= Float(cell) && Float(cell) <= column.upper[Int(code)])
    }
    for code in 1..<column.codeCount { #expect(column.upper[code - 1] < column.lower[code]) }
    #expect((8...10).contains(column.codeCount))
    #expect(sizes.allSatisfy { $0 >= 1000 } && sizes.filter { $0 > 6000 }.count == 1)
  }

  @Test func fewDifferentValuesKeepTheirCodesHoweverManyRows() {
    let column = Self.column((0..<25_000).map { Double($0 % 7) }, maximumBins: 7).columns[0]
    #expect(column.codeCount == 7 && column.codes[..<8] == [0, 1, 2, 3, 4, 5, 6, 0])
  }

  @Test func neverNeedsMoreCodesThanThereAre() {
    let column = Self.column((0..<140_000).map(Double.init) + [.nan], maximumBins: .max).columns[0]
    #expect(column.codeCount <= RankedColumns.codeLimit && column.codeCount > 60_000)
    #expect(Int(column.codes[140_000]) == column.codeCount && column.codes.max() == column.codes[140_000])
  }

  @Test(arguments: [13, 1000]) func smallNodesAreReadByRowAndLargeOnesByColumn(values: Int) {
    // 5,000 x 300: more than is read by row, with one-byte codes or with two-byte ones.
    let cells = (0..<5000 * 300).map { Double($0 * 7919 % values) }
    let rows = Matrix(rows: 5000, columns: 300, elements: cells)
    let ranked = RankedColumns(
      rows, levelCounts: (0..<300).map { $0 % 5 == 0 ? values : nil }, maximumBins: 2000, workers: Workers(count: 2))
    switch (ranked.codesByRow, values) {
    case (.narrow, 13), (.wide, 1000): break
    default: Issue.record("\(values) codes are kept in another width")
    }
    var table = GroupTable(width: 2, sampleCount: 5000, codeCount: values)
    for column in [0, 1, 4, 299] {
      let codes = ranked.columns[column].codes
      for count in [1, 30, ranked.closeRows, ranked.closeRows + 1] {
        let samples = (0..<count).map { place in
          GroupTable.Sample(row: Int32(place * 4999 / max(1, count - 1)), label: 0, weight: 1, value: Double(place))
        }
        samples.withUnsafeBufferPointer { ranked.gather($0, by: column, into: &table) }
        var sums: [Int32: Double] = [:]
        for sample in samples { sums[Int32(codes[Int(sample.row)]), default: 0] += sample.value }
        #expect(Array(table.codes[..<table.count]) == sums.keys.sorted())
        #expect((0..<table.count).allSatisfy { table.moments[2 * $0 + 1] == sums[table.codes[$0]] })
      }
    }
    if case .absent = Self.column(Array(cells.prefix(1000))).codesByRow {
    } else {
      Issue.record("a column is kept twice")
    }
  }
}
