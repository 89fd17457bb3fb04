import Testing

@testable import Learning

@Suite struct ConfusionMatrixTests {
  @Test func countsAreThoseOfScikitLearn() throws {
    let reference = try EvaluationReferences.read().confusion
    let own = ConfusionMatrix(
      predicted: reference.predicted, actual: reference.actual, classNames: ["a", "b", "c", "d"])
    #expect(own.counts == reference.counts)
  }

  @Test func aClassWithoutRowsHasALine() {
    let own = ConfusionMatrix(predicted: [1, 1], actual: [0, 1], classNames: ["a", "b", "c"])
    #expect(own.counts == [[0, 1, 0], [0, 1, 0], [0, 0, 0]])
  }
}
