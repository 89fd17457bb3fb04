import ModelFiles
import Testing

@Suite struct ArithmeticTests {
  @Test(
    "Of 6, -4 and 3, 2",
    arguments: [
      ("Add", [9, -2]), ("Sub", [3, -6]), ("Mul", [18, -8]), ("Div", [2, -2]), ("Pow", [216, 16]), ("PRelu", [6, -8]),
      ("Min", [3, -4]), ("Max", [6, 2]), ("Sum", [9, -2]),
    ] as [(String, [Float])])
  func twoTensors(name: String, wanted: [Float]) throws {
    let inputs = [OneOperator.row(6, -4), OneOperator.row(3, 2)]
    #expect(try OneOperator.run(name, inputs) == ONNXTensor([1, 2], wanted))
    let whole = try inputs.map { ONNXTensor([2], try $0.floats().map { Int64($0) }) }
    #expect(try OneOperator.run(name, whole) == ONNXTensor([2], wanted.map { Int64($0) }))
  }

  @Test("Any number of tensors in their common shape") func severalTensors() throws {
    let inputs = [OneOperator.row(1, 5), ONNXTensor([], [Float(3)]), ONNXTensor([2, 1], [Float(0), 9])]
    #expect(try OneOperator.run("Max", inputs) == ONNXTensor([2, 2], [Float(3), 5, 9, 9]))
    #expect(try OneOperator.run("Sum", [inputs[0]]) == inputs[0])
  }

  @Test("A whole number by 0, and shapes that do not go together") func refused() {
    #expect(throws: ONNXError.self) {
      try OneOperator.run("Div", [ONNXTensor([1], [Int64(1)]), ONNXTensor([1], [Int64(0)])])
    }
    #expect(throws: ONNXError.self) { try OneOperator.run("Add", [OneOperator.row(1, 2), OneOperator.row(1, 2, 3)]) }
  }
}
