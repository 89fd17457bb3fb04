import DataFrames
import Learning
import Tensors
import Testing

@testable import Trees

@Suite struct LeafTableTests {
  private static func forest(classCount: Int, seed: UInt64) -> (data: Dataset, model: RandomForest.Model) {
    var generator = SeededGenerator(seed: seed, purpose: .test)
    let features = numberFeatures(4) + [Feature(name: "g", kind: .category(levels: ["u", "v", "w"]))]
    var rows = Matrix(rows: 150, columns: 5)
    for row in 0..<150 {
      for column in 0..<4 {
        rows[row, column] = generator.uniform() < 0.05 ? .nan : (generator.uniform() * 9).rounded()
      }
      rows[row, 4] = Double(Int(generator.uniform() * 3))
    }
    let values = (0..<150).map { row in (rows[row, 0].isNaN ? 3 : rows[row, 0]) + rows[row, 4] + generator.uniform() }
    let target: Target =
      classCount == 0
      ? .values(values) : .classes(values.map { min(classCount - 1, Int($0 / 4)) }, names: ["a", "b", "c"])
    let data = Dataset(features: features, rows: rows, target: target)
    return (data, RandomForest(trees: 12).fit(data, workers: .one, using: &generator))
  }

  @Test(arguments: [0, 3]) func replacedCellsPredictAsReplacedRows(classCount: Int) {
    let (data, model) = Self.forest(classCount: classCount, seed: 2)
    let table = LeafTable(model.ensemble, data.rows, workers: Workers(count: 2))
    #expect(table.predictions == model.predict(data.rows, workers: .one))
    for columns in [[0], [4], [1, 3], [0, 1, 2, 3, 4]] {
      for count in [1, 3, LeafTable.replacementLimit] {
        let replacements = (0..<count).map { shift in
          columns.map { column in (0..<data.count).map { data.rows[($0 * 37 + 11 + 5 * shift) % data.count, column] } }
        }
        let predictions = table.predictions(replacing: columns, withEach: replacements)
        #expect(predictions.count == count)
        for (cells, prediction) in zip(replacements, predictions) {
          var rows = data.rows
          for (column, values) in zip(columns, cells) { for row in 0..<data.count { rows[row, column] = values[row] } }
          let wanted = model.predict(rows, workers: .one)
          #expect(zip(prediction.elements, wanted.elements).allSatisfy { ($0 - $1).magnitude < 1e-12 }, "\(columns)")
        }
      }
    }
  }

  @Test func treesThatSawARowHaveNoSayInIt() {
    let (data, model) = Self.forest(classCount: 3, seed: 3)
    let table = LeafTable(model.ensemble, data.rows, isLeftOut: model.isDrawn, workers: .one)
    for row in 0..<data.count where !model.outOfBag[row, 0].isNaN {
      #expect(table.predictions.row(row) == model.outOfBag.row(row))
    }
  }

  @Test func aColumnThatNoTreeUsesChangesNothing() {
    let data = Dataset(
      features: numberFeatures(2), rows: Matrix(rows: 4, columns: 2, elements: [1, 7, 2, 7, 3, 7, 4, 7]),
      target: .values([1, 2, 3, 4]))
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let ensemble = DecisionTree().fit(data, workers: .one, using: &generator).ensemble
    let table = LeafTable(ensemble, data.rows, workers: .one)
    #expect(table.tests([0]) && !table.tests([1]) && table.tests([1, 0]))
    #expect(table.predictions(replacing: [1], withEach: [[[0, 0, 0, 0]]]) == [table.predictions])
    #expect(Set(table.leafNumbers(tree: 0)).count == 4)
  }
}
