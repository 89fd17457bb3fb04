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

  @Test(arguments: [1, 2]) func codesByRowAreTheColumns(threads: Int) {
    let cells = (0..<1100 * 300).map { Double($0 * 7919 % 13) }
    let rows = Matrix(rows: 1100, columns: 300, elements: cells)
    let levels: [Int?] = (0..<300).map { $0 % 5 == 0 ? 13 : nil }
    let ranked = RankedColumns(rows, levelCounts: levels, maximumBins: 100, workers: Workers(count: threads))
    #expect(!ranked.codesByRow.isEmpty && ranked.closeRows >= 1)
    for column in [0, 1, 4, 299] {
      for rowCount in [1, ranked.closeRows, ranked.closeRows + 1] {
        let codes = ranked.withCodes(of: column, rowCount: rowCount) { codes in (0..<1100).map { codes[Int32($0)] } }
        #expect(codes == ranked.columns[column].codes.map { Int($0) })
      }
    }
    #expect(Self.column(Array(cells.prefix(1000))).codesByRow.isEmpty)
  }
}
