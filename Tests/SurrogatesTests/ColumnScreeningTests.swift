import DataFrames
import Tensors
import Testing

@testable import Surrogates

@Suite struct ColumnScreeningTests {
  @Test func keepsTheColumnsThatGoBestWithTheTargetInTheirOrder() {
    // y follows the third column closely, the category nearly, the first hardly.
    let rows = Matrix(
      rows: 6, columns: 4,
      elements: [
        5, 1, 1, 0, 2, 1, 2, 0, 4, 1, 3, 0,
        1, 1, 4, 1, 3, 1, 5, 1, .nan, 1, 6, 1,
      ])
    let features =
      (0..<3).map { Feature(name: "x\($0)", kind: .number) } + [
        Feature(name: "g", kind: .category(levels: ["a", "b"]))
      ]
    let values = [1, 2, 3.5, 4, 5, 6.5]
    func best(_ limit: Int) -> [Int] {
      ColumnScreening.best(features, rows: rows, values: values, limit: limit, workers: .one)
    }
    #expect(best(1) == [2])
    #expect(best(2) == [2, 3])
    #expect(best(3) == [0, 2, 3])
    #expect(best(9) == [0, 1, 2, 3])
    #expect(ColumnScreening.score(rows, 1, nil, values) == -.infinity)
  }

  /// Between two levels the share is that of an indicator's squared correlation, adjusted alike.
  @Test func aCategoryOfTwoLevelsIsItsIndicator() {
    let rows = Matrix(rows: 5, columns: 1, elements: [0, 1, 1, 0, 1])
    let values = [1.0, 3, 2, 2, 5]
    let one = ColumnScreening.score(rows, 0, nil, values)
    let other = ColumnScreening.score(rows, 0, 2, values)
    #expect((one - other).magnitude < 1e-12)
  }
}
