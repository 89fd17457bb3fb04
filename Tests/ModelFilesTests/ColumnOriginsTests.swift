import Testing

@testable import ModelFiles

@Suite struct ColumnOriginsTests {
  /// What is known of each column of the result: its column, with `=` for the column itself, `~` for what rises or
  /// falls with it, `?` for another function of it; `-` for what is made of several columns or of none.
  private static func origins(_ nodes: [ONNXNode], _ constants: [String: ONNXTensor] = [:]) throws -> String? {
    let graph = ONNXGraph(
      inputs: [ONNXValue(name: "x", type: .float, shape: [nil, 3])], initializers: constants, nodes: nodes)
    let found = ColumnOrigins(graph, inputs: try ModelInputs(graph, columnCount: 3)).origins["y"]
    return found?.map { origin in
      guard let origin else { return "-" }
      return "\(origin.column)" + (origin.isItself ? "=" : origin.isMonotone ? "~" : "?")
    }.joined(separator: " ")
  }

  private static func node(
    _ name: String, _ inputs: [String], _ attributes: [String: ONNXAttribute] = [:], gives output: String = "y"
  ) -> ONNXNode {
    var node = OneOperator.node(name, inputs: inputs.count, attributes)
    (node.inputs, node.outputs) = (inputs, [output])
    return node
  }

  private static let constants = [
    "one": ONNXTensor([1], [Float(2)]), "three": ONNXTensor([1, 3], [Float(1), 2, 3]),
    "rows": ONNXTensor([3, 1], [Float(1), 2, 3]), "places": ONNXTensor([2], [Int64(2), -3]),
    "ends": ONNXTensor([2], [Int64(-1), 3]), "axis": ONNXTensor([1], [Int64(1)]), "first": ONNXTensor([1], [Int64(0)]),
  ]

  @Test(
    "One operator on three columns",
    arguments: [
      ("Identity", [], "0= 1= 2="), ("Dropout", [], "0= 1= 2="), ("Relu", [], "0~ 1~ 2~"), ("Abs", [], "0? 1? 2?"),
      ("ai.onnx.ml.Scaler", [], "0~ 1~ 2~"), ("Sub", ["one"], "0~ 1~ 2~"), ("Mul", ["three"], "0~ 1~ 2~"),
      ("Add", ["rows"], nil), ("Add", ["x"], nil), ("Max", ["one"], "0~ 1~ 2~"), ("Max", ["one", "x"], nil),
      ("Less", ["one"], "0? 1? 2?"), ("Less", ["three"], nil), ("Softmax", [], nil), ("Flatten", [], "0= 1= 2="),
      ("Reshape", ["ends"], "0= 1= 2="), ("Reshape", ["places"], nil), ("Squeeze", ["axis"], "0= 1= 2="),
      ("Squeeze", ["first"], nil), ("ai.onnx.ml.ArrayFeatureExtractor", ["places"], "2= 0="),
      ("Gather", ["places"], nil),
      ("ai.onnx.ml.FeatureVectorizer", ["x"], "0= 1= 2= 0= 1= 2="), ("ai.onnx.ml.OneHotEncoder", [], nil),
    ] as [(String, [String], String?)])
  func oneOperator(name: String, others: [String], wanted: String?) throws {
    #expect(try Self.origins([Self.node(name, ["x"] + others)], Self.constants) == wanted)
  }

  @Test("Operators whose settings tell") func settings() throws {
    func origins(_ name: String, _ inputs: [String], _ attributes: [String: ONNXAttribute]) throws -> String? {
      try Self.origins([Self.node(name, inputs, attributes)], Self.constants)
    }
    #expect(try origins("Cast", ["x"], ["to": .integer(11)]) == "0= 1= 2=")
    #expect(try origins("Cast", ["x"], ["to": .integer(7)]) == "0? 1? 2?")
    #expect(try origins("Gather", ["x", "places"], ["axis": .integer(1)]) == "2= 0=")
    #expect(try origins("Concat", ["x", "x"], ["axis": .integer(1)]) == "0= 1= 2= 0= 1= 2=")
    #expect(try origins("Concat", ["x", "x"], ["axis": .integer(0)]) == nil)
    #expect(try origins("Flatten", ["x"], ["axis": .integer(0)]) == nil)
  }

  @Test("Functions of one column, one behind the other") func severalOperators() throws {
    let column = Self.node("Gather", ["x", "axis"], ["axis": .integer(1)], gives: "c")
    let flag = Self.node("Less", ["c", "one"], gives: "f")
    #expect(try Self.origins([column, flag, Self.node("Where", ["f", "one", "c"])], Self.constants) == "1?")
    #expect(try Self.origins([column, flag, Self.node("Where", ["f", "one", "x"])], Self.constants) == nil)
    let words: [String: ONNXAttribute] = ["cats_int64s": .integers([0, 1])]
    #expect(try Self.origins([column, Self.node("ai.onnx.ml.OneHotEncoder", ["c"], words)], Self.constants) == "1? 1?")
    #expect(try Self.origins([column, Self.node("Gather", ["rows", "c"])], Self.constants) == "1?")
    #expect(
      try Self.origins([column, Self.node("Tanh", ["c"], gives: "t"), Self.node("Neg", ["t"])], Self.constants) == "1~")
  }
}
