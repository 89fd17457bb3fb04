import DataFrames
import Learning
import Tensors
import Testing

@testable import Trees

struct TreeEnsembleTests {
  /// A forest over numbers and, if wanted, categories and missing cells, and more rows than it was grown on.
  private static func forest(isMixed: Bool, classes: Int) -> (ensemble: TreeEnsemble, rows: Matrix) {
    var generator = SeededGenerator(seed: 7, purpose: .test)
    let words = Feature(name: "word", kind: .category(levels: (0..<70).map { "\($0)" }))
    let features = numberFeatures(6) + (isMixed ? [words] : [])
    var rows = Matrix(rows: 700, columns: features.count)
    for row in 0..<rows.rows {
      for column in features.indices {
        rows[row, column] = Double(Int.random(in: 0..<(features[column].levelCount ?? 40), using: &generator))
        if isMixed, Int.random(in: 0..<8, using: &generator) == 0 { rows[row, column] = .nan }
      }
    }
    let target: Target =
      classes == 0
      ? .values((0..<200).map { _ in Double.random(in: 0..<9, using: &generator) })
      : .classes(
        (0..<200).map { _ in Int.random(in: 0..<classes, using: &generator) }, names: (0..<classes).map { "\($0)" })
    let data = Dataset(features: features, rows: rows.selectingRows(0..<200), target: target)
    let model = RandomForest(trees: 7).fit(data, workers: .one, using: &generator)
    return (model.ensemble, rows)
  }

  @Test(arguments: [(false, 2), (true, 3), (true, 0), (false, 0)])
  func isTheMeanOfTheLeavesForAnyBatchAndAnyThreads(isMixed: Bool, classes: Int) {
    let (ensemble, rows) = Self.forest(isMixed: isMixed, classes: classes)
    let expected = (0..<rows.rows).flatMap { ensemble.mean(of: rows.row($0), over: ensemble.trees) }
    for workers in [1, 2, 3] {
      #expect(ensemble.predict(rows, workers: Workers(count: workers)).elements == expected)
    }
    for size in [1, 7, 8, 9, 255] {
      let parts = Workers.ranges(rows.rows, size: size).map {
        ensemble.predict(rows.selectingRows($0), workers: .one).elements
      }
      #expect(parts.flatMap { $0 } == expected)
    }
    let used = (0..<rows.rows).flatMap { row in ensemble.columns.map { rows[row, $0] } }
    #expect(
      ensemble.predict(
        usedColumns: Matrix(rows: rows.rows, columns: ensemble.columns.count, elements: used), workers: .one
      ).elements == expected)
    #expect(ensemble.predict(rows.selectingRows([]), workers: .one).elements.isEmpty)
  }

  @Test(arguments: [2, 3, 5]) func probabilitiesSumToOne(classes: Int) {
    let (ensemble, rows) = Self.forest(isMixed: true, classes: classes)
    let predictions = ensemble.predict(rows, workers: .one)
    for row in 0..<rows.rows {
      let shares = predictions.row(row)
      #expect((shares.reduce(0, +) - 1).magnitude < 1e-12 && shares.allSatisfy { $0 >= 0 })
    }
  }

  @Test func namesTheColumnsThatAreUsed() {
    // Only column 3 of 5 tells anything.
    var rows = Matrix(rows: 10, columns: 5, repeating: 1)
    for row in 0..<10 { rows[row, 3] = Double(row) }
    var generator = SeededGenerator(seed: 8, purpose: .test)
    let model = DecisionTree().fit(
      Dataset(features: numberFeatures(5), rows: rows, target: .values((0..<10).map(Double.init))), workers: .one,
      using: &generator)
    #expect(model.ensemble.columns == [3])
    #expect(model.ensemble.trees[0].nodes.allSatisfy { $0.slot == 0 })
    #expect(model.ensemble.leafCount == 10 && model.ensemble.trees[0].nodes.count == 19)
  }

  @Test func cutsRowsInBlocksThatCoverThemAll() {
    let (ensemble, _) = Self.forest(isMixed: false, classes: 2)
    for (rowCount, workers) in [(0, 1), (1, 2), (5, 3), (8192, 1), (8193, 1), (100_000, 2), (100_000, 3)] {
      let blocks = ensemble.blocks(rowCount: rowCount, workers: Workers(count: workers))
      #expect(blocks.flatMap { $0 } == Array(0..<rowCount))
      #expect(blocks.allSatisfy { $0.count <= 8192 })
    }
    #expect(ensemble.blocks(rowCount: 100_000, workers: Workers(count: 2)).count == 14)
  }
}
