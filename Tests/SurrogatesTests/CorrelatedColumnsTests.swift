import DataFrames
import Learning
import Tensors
import Testing
import Trees

@testable import Surrogates

@Suite struct CorrelatedColumnsTests {
  @Test func columnsOfTheSameOrderAreGrouped() {
    var generator = SeededGenerator(seed: 1, purpose: .test)
    var rows = Matrix(rows: 60, columns: 6)
    for row in 0..<60 {
      let value = generator.uniform()
      rows[row, 0] = value
      rows[row, 1] = generator.uniform()
      rows[row, 2] = -value * value * value
      rows[row, 3] = Double(Int(generator.uniform() * 3))
      rows[row, 4] = row < 3 ? .nan : value + 0.001 * generator.uniform()
      rows[row, 5] = 8
    }
    let features =
      (0..<3).map { Feature(name: "x\($0)", kind: .number) }
      + [Feature(name: "g", kind: .category(levels: ["u", "v", "w"]))]
      + (4..<6).map { Feature(name: "x\($0)", kind: .number) }
    let groups = CorrelatedColumns.groups(features, rows: rows, workers: Workers(count: 2))
    #expect(groups == [[0, 2, 4], [1], [3], [5]])
    #expect(CorrelatedColumns.groups(features, rows: rows, threshold: 1.1, workers: .one).count == 6)
  }
}
