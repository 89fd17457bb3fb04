import ModelFiles
import Testing

@Suite struct ProductsTests {
  private static let matrix = ONNXTensor([2, 2], [Float(1), 2, 3, 4])

  @Test("A row by a matrix, turned or not, with something added") func products() throws {
    let row = OneOperator.row(1, 10)
    #expect(try OneOperator.run("MatMul", [row, Self.matrix]) == OneOperator.row(31, 42))
    #expect(try OneOperator.run("Gemm", [row, Self.matrix]) == OneOperator.row(31, 42))
    #expect(
      try OneOperator.run(
        "Gemm", [row, Self.matrix, ONNXTensor([2], [Float(1), 2])],
        ["transB": .integer(1), "alpha": .float(2), "beta": .float(10)]) == OneOperator.row(52, 106))
  }

  @Test("Shapes that cannot be multiplied") func refused() {
    #expect(throws: ONNXError.self) { try OneOperator.run("MatMul", [OneOperator.row(1), Self.matrix]) }
    #expect(throws: ONNXError.self) { try OneOperator.run("Gemm", [ONNXTensor([], [Float(1)]), Self.matrix]) }
  }
}
