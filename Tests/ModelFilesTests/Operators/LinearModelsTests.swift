import ModelFiles
import Testing

@Suite struct LinearModelsTests {
  @Test("Weighted sums of a row") func regressor() throws {
    let result = try OneOperator.run(
      "ai.onnx.ml.LinearRegressor", [OneOperator.row(1, 10)],
      ["coefficients": .floats([2, 3]), "intercepts": .floats([0.5])])
    #expect(result == OneOperator.row(32.5))
  }

  @Test("The class of the largest sum, the first among equals") func classifier() throws {
    let node = OneOperator.node(
      "ai.onnx.ml.LinearClassifier", inputs: 1,
      [
        "coefficients": .floats([1, 2, 2]), "intercepts": .floats([0, 0, 0]),
        "classlabels_strings": .strings(["a", "b", "c"]),
      ], outputs: 2)
    let results = try OneOperator.run(node, [ONNXTensor([2, 1], [Float(1), -1])])
    #expect(results[0] == ONNXTensor(shape: [2], elements: .strings(["b", "a"])))
    #expect(results[1] == ONNXTensor([2, 3], [Float(1), 2, 2, -1, -2, -2]))
  }
}
