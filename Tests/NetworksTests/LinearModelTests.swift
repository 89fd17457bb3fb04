import DataFrames
import Foundation
import Learning
import Tensors
import Testing

@testable import Networks

@Suite struct LinearModelTests {
  private struct Reference: Decodable {
    struct Case: Decodable {
      let name: String
      let file: String
      let columns: [String]
      let target: String
      let rows: Int?
      let coefficients: [[Double]]
      let intercepts: [Double]
      let predictions: [[Double]]
    }
    let cases: [Case]
  }

  /// The columns of a reference, in its order; rows with a missing cell are left out.
  private func dataset(_ reference: Reference.Case) throws -> Dataset {
    let frame = try CSVReader(options: .init()).read(
      path: EmbeddedTables.root.appending(path: "Data/\(reference.file)").path, workers: .one)
    let encoding = Encoding(of: frame, columns: try reference.columns.map { try frame.index(ofColumn: $0) })
    let all = Dataset(
      features: encoding.features, rows: encoding.encode(frame),
      target: try Target(frame.columns[try frame.index(ofColumn: reference.target)]))
    let complete = all.target.knownRows.filter { row in !all.rows.row(row).contains { $0.isNaN } }
    return all.selectingRows(Array(complete.prefix(reference.rows ?? .max)))
  }

  @Test func agreesWithScikitLearn() throws {
    let reference = try JSONDecoder().decode(
      Reference.self, from: Data(contentsOf: EmbeddedTables.root.appending(path: "Tests/References/linear.json")))
    #expect(reference.cases.count == 4)
    for expected in reference.cases {
      let data = try dataset(expected)
      var generator = SeededGenerator(seed: 0, purpose: .test)
      let model = try LinearModel().fit(data, workers: .one, using: &generator)
      #expect(model.converged, "\(expected.name)")
      var scale = 1.0
      if case .number(let standardization) = model.target { scale = standardization.scale }
      // For two classes the reference has the second one's weights alone.
      let firstOutput = model.outputs - expected.coefficients.count
      for (output, coefficients) in expected.coefficients.enumerated() {
        // Columns that were the same in all rows have no input here and a coefficient of 0 there.
        let theirs = coefficients.filter { $0 != 0 }
        #expect(model.weights.rows == theirs.count, "\(expected.name)")
        for (input, coefficient) in theirs.enumerated() {
          // The searches end where gradients are below 1e-8 to 1e-7, and curvatures are at least the penalty, 1.
          #expect(
            (model.weights[input, firstOutput + output] * scale - coefficient).magnitude
              < 2e-7 * max(1, coefficient.magnitude), "\(expected.name)")
        }
      }
      let predictions = model.predict(data.rows, workers: .one)
      for (row, values) in expected.predictions.enumerated() {
        for (output, value) in values.enumerated() {
          #expect((predictions[row, output] - value).magnitude < 2e-7 * max(1, value.magnitude), "\(expected.name)")
        }
      }
    }
  }

  /// y = 2x on x = −1, 0, 1, standardised to z = x√(3/2) and t = z: Σzt / (Σz² + λ) = 3 / (3 + 1).
  @Test func ridgeByHand() throws {
    let data = Dataset(
      features: [Feature(name: "x", kind: .number)], rows: Matrix(rows: 3, columns: 1, elements: [-1, 0, 1]),
      target: .values([5, 7, 9]))
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let model = try LinearModel(penalty: 1).fit(data, workers: .one, using: &generator)
    #expect((model.weights[0, 0] - 0.75).magnitude < 1e-15 && model.intercepts[0].magnitude < 1e-15)
    #expect((model.predict(data.rows, workers: .one).elements[2] - 8.5).magnitude < 1e-14)
  }

  @Test(arguments: [0, 2, 3])
  func aRowsPredictionDependsOnThatRowAlone(classes: Int) throws {
    let data = EmbeddedTables.random(rows: 1300, classes: classes, seed: 3)
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let models = try (1...3).map { try LinearModel().fit(data, workers: Workers(count: $0), using: &generator) }
    let all = models[0].predict(data.rows, workers: .one)
    for (index, model) in models.enumerated() {
      #expect(model.weights == models[0].weights && model.intercepts == models[0].intercepts)
      #expect(model.predict(data.rows, workers: Workers(count: index + 1)) == all)
    }
    for row in [0, 11, 255, 256, 1299] {
      #expect(models[0].predict(data.rows.selectingRows([row]), workers: .one).elements[...] == all.row(row))
    }
  }

  @Test(arguments: HardTables.allCases)
  func hardTablesGiveNumbers(table: HardTables) throws {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    for target in HardTables.targets {
      let model = try LinearModel().fit(table.dataset(target), workers: .one, using: &generator)
      let answers = model.predict(table.probes, workers: .one).elements
      #expect(answers.allSatisfy { $0.isFinite }, "\(target)")
    }
  }
}
