import DataFrames
import Foundation
import Learning
import Tensors
import Testing

@testable import ModelFiles

/// Models as their usual writers save them, with what onnxruntime answers.
struct ModelReferences: Decodable {
  enum Cell: Decodable {
    case number(Double)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self = .text(text)
      } else {
        self = .number(try container.decode(Double.self))
      }
    }
  }
  struct Model: Decodable, CustomTestStringConvertible, Sendable {
    let name, model, trees: String
    let classes: [String]?
    let rows: [[Cell?]]
    let answers: [[Double]]

    var testDescription: String { name }

    var bytes: [UInt8] { Data(base64Encoded: model).map { Array($0) } ?? [] }

    /// The columns and the rows as the command would read them from a table.
    func table() -> (features: [Feature], rows: Matrix) {
      var features: [Feature] = []
      var cells = Matrix(rows: rows.count, columns: rows[0].count)
      for column in rows[0].indices {
        let texts = rows.compactMap { row in if case .text(let text)? = row[column] { text } else { nil } }
        let levels = Array(Set(texts)).sorted()
        features.append(Feature(name: "c\(column)", kind: texts.isEmpty ? .number : .category(levels: levels)))
        for (place, row) in rows.enumerated() {
          switch row[column] {
          case .number(let value): cells[place, column] = value
          case .text(let text): cells[place, column] = levels.firstIndex(of: text).map(Double.init) ?? .nan
          case nil: cells[place, column] = .nan
          }
        }
      }
      return (features, cells)
    }

    func load() throws -> (model: FileModel, rows: Matrix) {
      let (features, rows) = table()
      let file = try ONNXModel(bytes: bytes)
      let inputs = try ModelInputs(file.graph, columnCount: features.count)
      return (
        try FileModel(
          file, inputs: inputs, features: features, classNames: classes, isClassification: classes != nil), rows
      )
    }
  }

  let models: [Model]

  static let all: [Model] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../References/onnx_models.json")
    return (try? JSONDecoder().decode(ModelReferences.self, from: Data(contentsOf: file)).models) ?? []
  }()
}

extension ModelReferences.Cell: Sendable {}

@Suite struct FileModelTests {
  @Test func thereAreModelsOfAllWriters() {
    #expect(ModelReferences.all.count > 60)
  }

  @Test(arguments: ModelReferences.all) func answersAreThoseOfONNXRuntime(reference: ModelReferences.Model) throws {
    let (model, rows) = try reference.load()
    let answers = try model.predict(rows, workers: Workers(count: 2))
    #expect(answers.rows == reference.answers.count && answers.columns == reference.answers[0].count)
    for (row, wanted) in reference.answers.enumerated() {
      for (column, value) in wanted.enumerated() {
        let difference = (answers[row, column] - value).magnitude
        #expect(difference < 1e-5 * max(1, value.magnitude), "row \(row): \(answers[row, column]), not \(value)")
      }
      if wanted.count > 1 {
        #expect(
          answers.row(row).enumerated().max { $0.element < $1.element }?.offset
            == wanted.enumerated().max { $0.element < $1.element }?.offset)
      }
    }
    if let names = reference.classes { #expect(model.classNames == names) } else { #expect(model.classNames == nil) }
  }

  @Test(arguments: ModelReferences.all) func treesAreFoundWhereTheAnswerIsTheirsAlone(reference: ModelReferences.Model)
    throws
  {
    let (model, rows) = try reference.load()
    #expect((model.ensemble != nil) == (reference.trees == "mean"))
    #expect((model.margin != nil) == (reference.trees == "margin"))
    // What the graph says, run operator by operator, is what the trees say.
    guard model.ensemble != nil || model.margin != nil else { return }
    let evaluator = try GraphEvaluator(model.model.graph)
    let inputs = try ModelInputs(model.model.graph, columnCount: model.features.count)
    let values = try evaluator.run(inputs.values(rows, 0..<rows.rows, features: model.features))
    let probe = try GraphOutputs(evaluator, probe: values, isClassification: reference.classes != nil)
    let graph = try #require(values[probe.name]).doubles()
    let trees = try model.predict(rows, workers: .one)
    let width = graph.count / rows.rows
    for row in 0..<rows.rows {
      for column in 0..<width {
        let own = width == 1 ? trees[row, trees.columns - 1] : trees[row, column]
        #expect((own - graph[row * width + column]).magnitude < 1e-5 * max(1, own.magnitude))
      }
    }
  }
}
