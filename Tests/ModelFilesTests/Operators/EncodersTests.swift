import ModelFiles
import Testing

@Suite struct EncodersTests {
  @Test("A category as zeros and a one") func oneHot() throws {
    let settings: [String: ONNXAttribute] = ["cats_strings": .strings(["a", "b"])]
    let words = OneOperator.words("b", "c")
    #expect(
      try OneOperator.run("ai.onnx.ml.OneHotEncoder", [words], settings) == ONNXTensor([2, 1, 2], [Float(0), 1, 0, 0]))
    #expect(throws: ONNXError.self) {
      try OneOperator.run("ai.onnx.ml.OneHotEncoder", [words], settings.merging(["zeros": .integer(0)]) { $1 })
    }
  }

  @Test("Labels by a table, others by the default") func labels() throws {
    let numbers = try OneOperator.run(
      "ai.onnx.ml.LabelEncoder", [OneOperator.words("b", "?")],
      ["keys_strings": .strings(["a", "b"]), "values_floats": .floats([1, 2]), "default_float": .float(-9)])
    #expect(numbers == ONNXTensor([2, 1], [Float(2), -9]))
    let names = try OneOperator.run(
      "ai.onnx.ml.LabelEncoder", [ONNXTensor([1, 2], [Int64(1), 7])], ["classes_strings": .strings(["a", "b"])],
      opset: 1)
    #expect(names == ONNXTensor(shape: [1, 2], elements: .strings(["b", "_Unused"])))
  }

  @Test("Words as numbers and back") func mapper() throws {
    let settings: [String: ONNXAttribute] = ["cats_strings": .strings(["a", "b"]), "cats_int64s": .integers([5, 6])]
    let codes = ONNXTensor([2, 1], [Int64(6), -1])
    #expect(try OneOperator.run("ai.onnx.ml.CategoryMapper", [OneOperator.words("b", "c")], settings) == codes)
    #expect(
      try OneOperator.run("ai.onnx.ml.CategoryMapper", [codes], settings) == OneOperator.words("b", "_Unused"))
  }

  @Test("Probabilities stay a matrix") func map() throws {
    #expect(try OneOperator.run("ai.onnx.ml.ZipMap", [OneOperator.row(0.25, 0.75)]) == OneOperator.row(0.25, 0.75))
  }
}
