import Testing

@testable import ModelFiles

@Suite struct ModelCardTests {
  private static let card = ModelCard(
    columns: [
      ModelCard.Column(name: "age", levels: nil),
      ModelCard.Column(name: "thal", levels: ["normal", "fixed \"defect\""]),
    ],
    target: ModelCard.Goal(name: "y", classes: ["not a", "a"], positive: "a", above: nil),
    training: ModelCard.Training(
      kind: "forest", name: "forest of 10 trees", version: "1", seed: 3, sha256: "f9", rows: 80, heldOutRows: 20,
      heldOut: [ModelCard.Figure(name: "accuracy", value: 0.75)], onTraining: [],
      outOfBag: [ModelCard.Figure(name: "auc", value: .nan)], commonestClassAccuracy: nil))

  @Test("A card is read back as it was written, beside what others wrote")
  func roundTrip() throws {
    let metadata = try Self.card.metadata()
    #expect(ModelCard.entry(in: metadata) == .read(Self.card))
    #expect(ModelCard(metadata: metadata.merging(["author": "{"]) { $1 }) == Self.card)
  }

  @Test("A file without a card has none")
  func absence() {
    #expect(ModelCard.entry(in: [:]) == .absent)
    #expect(ModelCard.entry(in: ["author": "someone", "xai-tab.statistics": "{"]) == .absent)
  }

  @Test("A card of which a part is missing, renamed or damaged cannot be read, and the part is named")
  func damage() throws {
    let metadata = try Self.card.metadata()
    for (key, text) in metadata {
      var damaged = metadata
      for other in [nil, "", "{", "[1]", text.replacing("\"name\"", with: "\"title\"")] {
        damaged[key] = other
        #expect(ModelCard.entry(in: damaged) == .unreadable(keys: [key]), "\(key): \(other ?? "nothing")")
        #expect(ModelCard(metadata: damaged) == nil)
      }
    }
    #expect(
      ModelCard.entry(in: metadata.mapValues { _ in "" })
        == .unreadable(keys: ["xai-tab.columns", "xai-tab.target", "xai-tab.training"]))
  }
}
