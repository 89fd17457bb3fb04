import DataFrames
import Foundation
import Learning
import ModelFiles
import Tensors
import Testing

@testable import Runs

/// What every kind of model that is trained on the spot must do.
@Suite struct ModelTrainersTests {
  private static let heart = TableSource(
    path: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Data/heart.csv").path)

  @Test func kindsHaveNamesOfTheirOwn() {
    let names = ModelTrainers.all.map { $0.kind.name }
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { ModelKind(name: $0).isTrained })
    for kind in [ModelKind.file, .command, .stream] { #expect(!kind.isTrained && !names.contains(kind.name)) }
  }

  @Test(arguments: ModelTrainers.all.filter { $0.takesAnyColumns }.map { $0.kind })
  func aKindOfColumnsIsTrainedSavedAndTrainedAgainWithoutOne(kind: ModelKind) throws {
    var request = ModelRequest(kind)
    (request.trees, request.epochs, request.hidden) = (5, 5, [4])
    let (_, table) = try LearningTable.open(Self.heart, TargetRequest(), for: request, RunSettings())
    let trained = try TrainedModel.make(table, request, RunSettings(threads: 2))
    #expect(trained.kind == kind && trained.isTrainedHere && !trained.heldOut.isEmpty)
    let answers = try trained.model.predict(table.rows, workers: .one)
    #expect((0..<answers.rows).allSatisfy { (answers.row($0).reduce(0, +) - 1).magnitude < 1e-6 })
    let file = try TrainedFile(trained, table, target: TargetRequest(), seed: 0)
    #expect(!(try file.model.bytes()).isEmpty)
    let rest = Dataset(
      features: Array(trained.training.features.dropFirst()),
      rows: trained.training.rows.selectingColumns(Array(1..<trained.training.features.count)),
      target: trained.training.target)
    #expect(try request.fit(rest, seed: 0, workers: .one).outputs == 2)
  }

  @Test func picturesAreNotTrainedOnWithoutAColumn() throws {
    let (_, table) = try LearningTable.open(Self.heart, TargetRequest(), for: nil, RunSettings())
    let data = table.dataset(table.target.knownRows)
    for kind in [ModelKind.convolutional, .file] {
      #expect(throws: UsageError.self) { try ModelRequest(kind).fit(data, seed: 0, workers: .one) }
    }
  }

  @Test("A model that the table was not opened with, and a kind that there is not, are wrong calls")
  func notOpened() throws {
    let (_, table) = try LearningTable.open(Self.heart, TargetRequest(), for: nil, RunSettings())
    for kind in [ModelKind.file, .command, ModelKind(name: "oracle")] {
      #expect(throws: UsageError.self) { try TrainedModel.make(table, ModelRequest(kind), RunSettings()) }
    }
  }
}
