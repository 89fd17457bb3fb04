import DataFrames
import Learning
import Networks
import Tensors
import Testing

@Suite struct NeuralNetworkTests {
  @Test func learnsTheHeartData() throws {
    let data = try EmbeddedTables.dataset("heart.csv", target: "diameter narrowing")
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let split = HoldOut(data.target, fraction: 0.2, using: &generator)
    let model = try NeuralNetwork().fit(data.selectingRows(split.training), workers: .one, using: &generator)
    let heldOut = data.selectingRows(split.heldOut)
    let metrics = Metrics.of(model.predict(heldOut.rows, workers: .one), target: heldOut.target)
    // Always saying the more frequent class is right in 54 % of the rows.
    #expect(metrics[0].value > 0.7)
  }
}
