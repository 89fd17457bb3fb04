import ModelFiles
import Testing

@Suite struct ShapesTests {
  private static let table = ONNXTensor([2, 3], [Float(0), 1, 2, 3, 4, 5])

  private static func list(_ numbers: Int64...) -> ONNXTensor { ONNXTensor([numbers.count], numbers) }

  @Test("What changes nothing", arguments: ["Identity", "Dropout"]) func same(name: String) throws {
    #expect(try OneOperator.run(name, [Self.table]) == Self.table)
  }

  @Test("The shape itself") func shape() throws {
    #expect(try OneOperator.run("Shape", [Self.table]) == Self.list(2, 3))
  }

  @Test(
    "Other shapes",
    arguments: [
      ("Reshape", [3, -1], [3, 2]), ("Reshape", [0, 1, 3], [2, 1, 3]), ("Unsqueeze", [0, -1], [1, 2, 3, 1]),
      ("Expand", [2, 1, 3], [2, 2, 3]),
    ] as [(String, [Int64], [Int])])
  func shapes(name: String, given: [Int64], wanted: [Int]) throws {
    let result = try OneOperator.run(name, [Self.table, ONNXTensor([given.count], given)])
    #expect(result.shape == wanted)
    let numbers = try Self.table.floats()
    #expect(try result.floats() == numbers + (name == "Expand" ? numbers : []))
  }

  @Test("Flattened, squeezed and turned") func others() throws {
    let deep = ONNXTensor([1, 2, 3], try Self.table.floats())
    #expect(try OneOperator.run("Flatten", [deep]).shape == [1, 6])
    #expect(try OneOperator.run("Flatten", [deep], ["axis": .integer(2)]).shape == [2, 3])
    #expect(try OneOperator.run("Squeeze", [deep]).shape == [2, 3])
    #expect(try OneOperator.run("Squeeze", [deep, Self.list(0)]).shape == [2, 3])
    #expect(try OneOperator.run("Transpose", [Self.table]) == ONNXTensor([3, 2], [Float(0), 3, 1, 4, 2, 5]))
    #expect(
      try OneOperator.run("Transpose", [deep], ["perm": .integers([2, 0, 1])])
        == ONNXTensor([3, 1, 2], [Float(0), 3, 1, 4, 2, 5]))
  }

  @Test("Shapes that do not fit") func refused() {
    #expect(throws: ONNXError.self) { try OneOperator.run("Reshape", [Self.table, Self.list(4)]) }
    #expect(throws: ONNXError.self) { try OneOperator.run("Unsqueeze", [Self.table]) }
    #expect(throws: ONNXError.self) { try OneOperator.run("Transpose", [Self.table], ["perm": .integers([0, 0])]) }
  }
}
