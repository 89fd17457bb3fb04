import Testing

@testable import ModelFiles

/// What holds for every entry of the table.
@Suite struct OperatorsTests {
  private static func error(_ body: () throws -> Void) -> ONNXError? {
    do {
      try body()
      return nil
    } catch {
      return error as? ONNXError
    }
  }

  @Test("Every operator has a use and another name") func entriesAreWhole() {
    #expect(Operators.all.count == Operators.families.reduce(0) { $0 + $1.count })
    for entry in Operators.all.values {
      #expect(entry.evaluation != nil || entry.picture != nil, "\(entry.name)")
      #expect(entry.inputs.needed <= entry.inputs.most ?? .max, "\(entry.name)")
    }
  }

  @Test(
    "Too few or too many inputs are told before anything runs", arguments: Operators.all.values.map(\.name).sorted())
  func countsOfInputs(name: String) throws {
    let entry = try #require(Operators.all[name])
    let wrong = [entry.inputs.needed - 1, entry.inputs.most.map { $0 + 1 } ?? -1].filter { $0 >= 0 }
    for count in wrong {
      let node = OneOperator.node(name, inputs: count)
      let error = Self.error { try entry.inputs.check(node) }
      #expect(error?.description.contains("node \"n\" (operator \(name), opset \(node.opset)): it needs ") == true)
      #expect(error?.description.hasSuffix("and has \(count)") == true)
      guard entry.evaluation != nil else { continue }
      #expect(error == Self.error { _ = try GraphEvaluator(ONNXGraph(nodes: [node])) })
    }
  }

  @Test(
    "The error says what is needed and what is there",
    arguments: [
      ("Relu", [], "it needs 1 input, and has 0"), ("Add", ["a"], "it needs 2 inputs, and has 1"),
      ("Clip", ["a", "", "", "b"], "it needs 1 to 3 inputs, and has 4"),
      ("Concat", [], "it needs at least 1 input, and has 0"), ("Constant", ["a"], "it needs no input, and has 1"),
      ("Add", ["", "b"], "it needs 2 inputs, and input 1 is left out"),
      ("Concat", ["a", "", "b"], "it needs at least 1 input, and input 2 is left out"),
    ] as [(String, [String], String)])
  func errorLine(name: String, inputs: [String], reason: String) throws {
    let node = ONNXNode(name: "n", kind: name, opset: 15, inputs: inputs, outputs: ["y"])
    #expect(Self.error { _ = try GraphEvaluator(ONNXGraph(nodes: [node])) } == node.invalid(reason))
  }

  @Test("Optional inputs may be left out, and so may the last ones by empty names")
  func optionalInputs() throws {
    for inputs in [["a"], ["a", "", ""], ["a", "", "c"]] {
      let node = ONNXNode(name: "n", kind: "Clip", opset: 15, inputs: inputs, outputs: ["y"])
      #expect(Self.error { _ = try GraphEvaluator(ONNXGraph(nodes: [node])) } == nil)
    }
  }

  @Test("A network over pictures is told of the counts, too")
  func countsOfPictures() {
    for (kind, inputs) in [("Add", ["x"]), ("Reshape", ["x"]), ("Mul", ["x"]), ("Conv", ["x"]), ("Relu", ["x", "x"])] {
      let node = ONNXNode(name: "n", kind: kind, opset: 15, inputs: inputs, outputs: ["y"])
      let graph = ONNXGraph(
        inputs: [ONNXValue(name: "x", type: .float, shape: [nil, 3, 8, 8])],
        outputs: [ONNXValue(name: "y", type: .float, shape: nil)], nodes: [node])
      let error = Self.error { _ = try PictureNetwork(ONNXModel(opsets: ["": 15], graph: graph)) }
      #expect(error?.description.contains("and has \(inputs.count)") == true, "\(kind)")
    }
  }

  @Test("Unknown operators and versions are named") func unknown() {
    let node = OneOperator.node("com.example.Fancy", inputs: 1)
    #expect(
      Self.error { _ = try GraphEvaluator(ONNXGraph(nodes: [node])) }
        == .unsupportedOperator(name: "Fancy", domain: "com.example", node: "n", opset: 3))
    let old = OneOperator.node("Add", inputs: 2, opset: 6)
    #expect(
      Self.error { _ = try GraphEvaluator(ONNXGraph(nodes: [old])) }
        == old.invalid("this version of the operators is not supported"))
    // Known as a layer, not as a function of tables.
    #expect(
      Self.error { _ = try GraphEvaluator(ONNXGraph(nodes: [OneOperator.node("LRN", inputs: 1)])) }
        == .unsupportedOperator(name: "LRN", domain: "", node: "n", opset: 15))
  }
}
