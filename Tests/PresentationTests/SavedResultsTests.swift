import Foundation
import Learning
import Runs
import Tensors
import Testing

@testable import Presentation

@Suite struct SavedResultsTests {
  private static let heart = TableSource(
    path: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Data/heart.csv").path)

  @Test func resultsOfAModelReadBackAsTheyWere() throws {
    let request = ModelRequest(.linear)
    let (frame, table) = try LearningTable.open(Self.heart, TargetRequest(), for: request, RunSettings())
    let trained = try TrainedModel.make(table, request, RunSettings())
    let answers = try trained.model.predict(table.rows, workers: .one)
    let saved = SavedResults([TrainJSON.self, PredictionJSON.self, EvaluationJSON.self, InspectJSON.self])
    func again<Result: PagedResult>(_ result: Result) throws -> Result {
      try #require(saved.read(Array(JSONText.text(result).utf8), path: "r.json") as? Result)
    }
    let training = TrainJSON(trained, table, path: "m.onnx", seed: 1)
    #expect(try again(training) == training)
    let prediction = PredictionJSON(table, trained, answers: answers, seed: 2)
    #expect(try again(prediction) == prediction)
    let evaluation = EvaluationJSON(table, trained, rows: 3, metrics: trained.heldOut, seed: 3)
    #expect(try again(evaluation) == evaluation)
    let inspection = InspectJSON(frame, target: nil, seed: 4) { _ in false }
    #expect(try again(inspection) == inspection)
  }
}
