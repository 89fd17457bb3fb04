import ModelFiles
import Testing

@Suite struct ConversionsTests {
  @Test("Numbers, truth values and texts as one another") func casts() throws {
    func cast(_ tensor: ONNXTensor, _ type: ONNXType) throws -> ONNXTensor {
      try OneOperator.run("Cast", [tensor], ["to": .integer(Int64(type.rawValue))])
    }
    #expect(try cast(OneOperator.row(1.7, -2.5, 0), .int64) == ONNXTensor([1, 3], [Int64(1), -2, 0]))
    #expect(try cast(OneOperator.row(1.7, 0), .bool) == OneOperator.truths(true, false))
    #expect(
      try cast(OneOperator.row(1, 2.5), .string) == ONNXTensor(shape: [1, 2], elements: .strings(["1", "2.5"])))
    #expect(try cast(OneOperator.words("1.5", "2"), .float) == ONNXTensor([2, 1], [Float(1.5), 2]))
    #expect(throws: ONNXError.self) { try cast(OneOperator.words("one"), .float) }
    #expect(throws: ONNXError.self) { try OneOperator.run("Cast", [OneOperator.row(1)], ["to": .integer(99)]) }
  }

  @Test("Each column by its own scale") func scaler() throws {
    let scaled = try OneOperator.run(
      "ai.onnx.ml.Scaler", [OneOperator.row(3, 5)], ["offset": .floats([1, 2]), "scale": .floats([10, 2])])
    #expect(scaled == OneOperator.row(20, 6))
  }

  @Test("Missing numbers are filled in") func imputer() throws {
    let filled = try OneOperator.run(
      "ai.onnx.ml.Imputer", [OneOperator.row(.nan, 5)], ["imputed_value_floats": .floats([7, 8])])
    #expect(filled == OneOperator.row(7, 5))
    let codes = try OneOperator.run(
      "ai.onnx.ml.Imputer", [ONNXTensor([2], [Int64(-1), 4])],
      ["imputed_value_int64s": .integers([9]), "replaced_value_int64": .integer(-1)])
    #expect(codes == ONNXTensor([2], [Int64(9), 4]))
  }

  @Test("Above a threshold or not") func binarizer() throws {
    let result = try OneOperator.run("ai.onnx.ml.Binarizer", [OneOperator.row(1, 2, 3)], ["threshold": .float(2)])
    #expect(result == OneOperator.row(0, 0, 1))
  }
}
