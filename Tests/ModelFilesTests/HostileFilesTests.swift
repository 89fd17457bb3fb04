import DataFrames
import Tensors
import Testing

@testable import ModelFiles

/// Files that lie: each must end in an error that says so, whatever was done to it.
@Suite struct HostileFilesTests {
  /// Reads the bytes and asks the model about a few rows, as the command would.
  private static func ask(_ bytes: [UInt8], like reference: ModelReferences.Model) throws {
    let (features, rows) = reference.table()
    let file = try ONNXModel(bytes: bytes)
    let inputs = try ModelInputs(file.graph, columnCount: features.count)
    // The command matches columns with inputs before it goes on.
    guard inputs.slots.count == features.count else { return }
    let model = try FileModel(
      file, inputs: inputs, features: features, classNames: reference.classes,
      isClassification: reference.classes != nil)
    _ = try model.predict(rows, workers: .one)
  }

  /// A changed copy: bits flipped, a piece cut out or doubled, the end cut off, or a length that promises gigabytes.
  private static func mutation(of bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    var changed = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      if changed.isEmpty { return changed }
      let place = Int.random(in: 0..<changed.count, using: &generator)
      let end = min(changed.count, place + Int.random(in: 1...40, using: &generator))
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1: changed[place] = UInt8.random(in: 0...255, using: &generator)
      case 2: changed.removeSubrange(place..<end)
      case 3: changed.insert(contentsOf: changed[place..<end], at: place)
      case 4: changed.removeSubrange(place...)
      default:
        // Four gigabytes, or -1, as the format writes lengths and numbers.
        let claim: [UInt8] =
          Bool.random(using: &generator)
          ? [0xff, 0xff, 0xff, 0xff, 0x0f] : [UInt8](repeating: 0xff, count: 9) + [1]
        changed.replaceSubrange(place..<place + 1, with: claim)
      }
    }
    return changed
  }

  @Test func changedFilesNeverTrap() throws {
    var refused = 0
    var count = 0
    var generator = SeededGenerator(seed: 5, purpose: .split)
    for reference in ModelReferences.all {
      let bytes = reference.bytes
      for number in 0..<60 {
        let changed = Self.mutation(of: bytes, using: &generator)
        count += 1
        do {
          try Self.ask(changed, like: reference)
        } catch is ONNXError {
          refused += 1
        } catch {
          Issue.record("\(reference.name), change \(number): \(error)")
        }
      }
    }
    #expect(count > 3000 && refused > count / 3 && refused < count)
  }

  @Test func everyBeginningOfAFileIsRefused() throws {
    let reference = try #require(ModelReferences.all.first { $0.name == "tree" })
    let bytes = reference.bytes
    for end in 0..<bytes.count - 1 {
      // What is cut off behind the graph may leave a whole model without its operator sets.
      #expect(throws: ONNXError.self, "\(end) of \(bytes.count) bytes") {
        try Self.ask(Array(bytes[..<end]), like: reference)
      }
    }
  }

  private static func model(
    _ nodes: [ONNXNode], constants: [String: ONNXTensor] = [:], shape: [Int?] = [nil, 1]
  ) throws -> [UInt8] {
    try ONNXModel(
      opsets: ["": 15, "ai.onnx.ml": 3],
      graph: ONNXGraph(
        inputs: [ONNXValue(name: "x", type: .float, shape: shape)],
        outputs: [ONNXValue(name: "y", type: .float, shape: nil)], initializers: constants, nodes: nodes)
    ).bytes()
  }

  private static func node(
    _ kind: String, _ inputs: [String], _ output: String = "y", _ attributes: [String: ONNXAttribute] = [:],
    domain: String = ""
  ) -> ONNXNode {
    ONNXNode(
      name: kind.lowercased(), kind: kind, domain: domain, opset: domain.isEmpty ? 15 : 3, inputs: inputs,
      outputs: [output], attributes: attributes)
  }

  /// Runs a graph on two rows of one column.
  private static func run(_ bytes: [UInt8]) throws -> [String: ONNXTensor] {
    try GraphEvaluator(ONNXModel(bytes: bytes).graph).run(["x": ONNXTensor([2, 1], [Float(1), 2])])
  }

  @Test func aGraphThatRunsInACircleIsRefused() throws {
    let bytes = try Self.model([
      Self.node("Add", ["x", "b"], "a"), Self.node("Neg", ["a"], "b"), Self.node("Identity", ["b"]),
    ])
    #expect(throws: ONNXError.malformed("node \"add\" takes \"b\", which nothing before it gives")) {
      try Self.run(bytes)
    }
  }

  /// A regressor of three nodes; the second is a leaf unless its children are given.
  private static func trees(yes: [Int64], no: [Int64], modes: [String], columns: [Int64]) throws -> [UInt8] {
    try model([
      node(
        "TreeEnsembleRegressor", ["x"], "y",
        [
          "n_targets": .integer(1), "nodes_treeids": .integers([0, 0, 0]), "nodes_nodeids": .integers([0, 1, 2]),
          "nodes_featureids": .integers(columns), "nodes_modes": .strings(modes), "nodes_values": .floats([0, 0, 0]),
          "nodes_truenodeids": .integers(yes), "nodes_falsenodeids": .integers(no), "target_treeids": .integers([0]),
          "target_nodeids": .integers([2]), "target_ids": .integers([0]), "target_weights": .floats([1]),
        ], domain: "ai.onnx.ml")
    ])
  }

  @Test func treesThatRunInACircleAreRefused() throws {
    let branch = "BRANCH_LEQ"
    let circle = try Self.trees(
      yes: [1, 0, 0], no: [2, 2, 0], modes: [branch, branch, "LEAF"], columns: [0, 0, 0])
    let error = #expect(throws: ONNXError.self) { try Self.run(circle) }
    #expect(error?.description.contains("form a circle") == true)
    let outside = try Self.trees(
      yes: [7, 0, 0], no: [2, 0, 0], modes: [branch, "LEAF", "LEAF"], columns: [0, 0, 0])
    #expect(throws: ONNXError.self) { try Self.run(outside) }
    let wide = try Self.trees(
      yes: [1, 0, 0], no: [2, 0, 0], modes: [branch, "LEAF", "LEAF"], columns: [16_000_000, 0, 0])
    #expect(throws: ONNXError.self) { try Self.run(wide) }
    let sound = try Self.trees(yes: [1, 0, 0], no: [2, 0, 0], modes: [branch, "LEAF", "LEAF"], columns: [0, 0, 0])
    #expect(try Self.run(sound)["y"] == ONNXTensor([2, 1], [Float(1), 1]))
  }

  /// Both ways from each of 60 nodes lead to the next: 2^60 paths, which must not be followed one by one.
  @Test func sharedSubtreesDoNotMultiply() throws {
    let depth: Int64 = 60
    let count = Int(depth) + 1
    let next = (1...depth).map { $0 } + [0]
    let bytes = try Self.model([
      Self.node(
        "TreeEnsembleRegressor", ["x"], "y",
        [
          "n_targets": .integer(1), "nodes_treeids": .integers([Int64](repeating: 0, count: count)),
          "nodes_nodeids": .integers((0...depth).map { $0 }),
          "nodes_featureids": .integers([Int64](repeating: 0, count: count)),
          "nodes_modes": .strings([String](repeating: "BRANCH_LEQ", count: count - 1) + ["LEAF"]),
          "nodes_values": .floats((0..<count).map { Float($0) }), "nodes_truenodeids": .integers(next),
          "nodes_falsenodeids": .integers(next), "target_treeids": .integers([0]),
          "target_nodeids": .integers([depth]), "target_ids": .integers([0]), "target_weights": .floats([3]),
        ], domain: "ai.onnx.ml")
    ])
    let file = try ONNXModel(bytes: bytes)
    let model = try FileModel(
      file, inputs: ModelInputs(file.graph, columnCount: 1), features: [.init(name: "x", kind: .number)],
      classNames: nil, isClassification: false)
    let answers = try model.predict(Matrix(rows: 2, columns: 1, elements: [1, 30]), workers: .one)
    #expect(answers.elements == [3, 3])
  }

  @Test(arguments: [
    [Int64.max, 1], [1 << 31, 1 << 31], [1 << 32, 1], [-1, 2], [1 << 62, 4], [1 << 20, 1 << 12],
  ]) func absurdShapesAreRefused(shape: [Int64]) throws {
    let constants = ["s": ONNXTensor([shape.count], shape)]
    for nodes in [
      [Self.node("ConstantOfShape", ["s"])], [Self.node("Expand", ["x", "s"])],
    ] {
      #expect(throws: ONNXError.self) { try Self.run(Self.model(nodes, constants: constants)) }
    }
  }

  @Test func aTensorThatClaimsMoreThanItHasIsRefused() throws {
    // An initialiser by hand: dims 4294967296, type float, name c, raw data of four bytes.
    let tensor: [UInt8] = [0x08, 0x80, 0x80, 0x80, 0x80, 0x10, 0x10, 1, 0x42, 1, 0x63, 0x4a, 4, 0, 0, 0, 0]
    let graph: [UInt8] = [0x2a, UInt8(tensor.count)] + tensor
    let bytes: [UInt8] = [0x08, 8, 0x3a, UInt8(graph.count)] + graph + [0x42, 2, 0x10, 15]
    #expect(throws: ONNXError.tooLarge("a tensor of the shape [4294967296]")) { try ONNXModel(bytes: bytes) }
    // The same with a file that ends where gigabytes of a graph are promised.
    #expect(throws: ONNXError.notONNX) { try ONNXModel(bytes: [0x08, 8, 0x3a, 0xff, 0xff, 0xff, 0xff, 0x0f, 1]) }
    #expect(throws: ONNXError.notONNX) { try ONNXModel(bytes: []) }
    #expect(throws: ONNXError.notONNX) { try ONNXModel(bytes: Array("age,sex\n1,2\n".utf8)) }
  }

  /// Each of thirty nodes doubles its input: a billion elements from a file of a few hundred bytes.
  @Test func growthInsideTheGraphIsBounded() throws {
    let nodes = (0..<30).map { place in
      Self.node("Concat", ["v\(place)", "v\(place)"], "v\(place + 1)", ["axis": .integer(1)])
    }
    let bytes = try Self.model(
      [Self.node("Identity", ["x"], "v0")] + nodes + [Self.node("Identity", ["v30"])])
    #expect(throws: ONNXError.self) { try Self.run(bytes) }
  }
}
