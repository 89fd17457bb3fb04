import ModelFiles
import Testing

@Suite struct SelectionsTests {
  /// 0 … 5 in two rows of three columns.
  private static let table = ONNXTensor([2, 3], [Float(0), 1, 2, 3, 4, 5])

  private static func list(_ numbers: Int64...) -> ONNXTensor { ONNXTensor([numbers.count], numbers) }

  @Test("Constants, given and made") func constants() throws {
    #expect(try OneOperator.run("Constant", [], ["value": .tensor(Self.table)]) == Self.table)
    #expect(try OneOperator.run("Constant", [], ["value_ints": .integers([4, 5])]) == Self.list(4, 5))
    let made = try OneOperator.run(
      "ConstantOfShape", [Self.list(1, 2)], ["value": .tensor(ONNXTensor([1], [Float(7)]))])
    #expect(made == OneOperator.row(7, 7))
  }

  @Test("Tensors one behind the other") func concatenation() throws {
    let behind = try OneOperator.run(
      "Concat", [Self.table, ONNXTensor([2, 1], [Float(8), 9])], ["axis": .integer(1)])
    #expect(behind == ONNXTensor([2, 4], [Float(0), 1, 2, 8, 3, 4, 5, 9]))
    let vector = try OneOperator.run("ai.onnx.ml.FeatureVectorizer", [Self.table, ONNXTensor([2], [Int64(8), 9])])
    #expect(vector == behind)
    #expect(throws: ONNXError.self) {
      try OneOperator.run("Concat", [Self.table, OneOperator.row(1)], ["axis": .integer(1)])
    }
  }

  @Test("Parts at given places") func gathering() throws {
    let last = ONNXTensor([2, 1], [Float(2), 5])
    #expect(try OneOperator.run("Gather", [Self.table, Self.list(-1)], ["axis": .integer(1)]) == last)
    #expect(try OneOperator.run("ai.onnx.ml.ArrayFeatureExtractor", [Self.table, Self.list(2)]) == last)
    #expect(throws: ONNXError.self) { try OneOperator.run("Gather", [Self.table, Self.list(2)]) }
  }

  @Test("Slices by inputs and by attributes, forwards and backwards") func slices() throws {
    let columns = ONNXTensor([2, 2], [Float(1), 2, 4, 5])
    #expect(
      try OneOperator.run("Slice", [Self.table, Self.list(1), Self.list(9), Self.list(1)]) == columns)
    #expect(
      try OneOperator.run(
        "Slice", [Self.table], ["starts": .integers([1]), "ends": .integers([3]), "axes": .integers([1])], opset: 9)
        == columns)
    let turned = try OneOperator.run(
      "Slice", [Self.table, Self.list(-1), Self.list(-9), Self.list(1), Self.list(-1)])
    #expect(turned == ONNXTensor([2, 3], [Float(2), 1, 0, 5, 4, 3]))
    #expect(throws: ONNXError.self) { try OneOperator.run("Slice", [Self.table]) }
  }

  @Test("Parts of an axis, each a result") func parts() throws {
    let node = OneOperator.node("Split", inputs: 2, ["axis": .integer(1)], outputs: 2)
    let parts = try OneOperator.run(node, [Self.table, Self.list(2, 1)])
    #expect(parts == [ONNXTensor([2, 2], [Float(0), 1, 3, 4]), ONNXTensor([2, 1], [Float(2), 5])])
    #expect(throws: ONNXError.self) { try OneOperator.run(node, [Self.table, Self.list(2, 2)]) }
  }
}
