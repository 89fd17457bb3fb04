import ModelFiles
import Testing

@Suite struct NormalizationsTests {
  private static func isNear(_ tensor: ONNXTensor, _ wanted: [Double]) throws -> Bool {
    let values = try tensor.doubles()
    return values.count == wanted.count && zip(values, wanted).allSatisfy { abs($0 - $1) < 1e-6 }
  }

  @Test("Shares of e to the power of 0 and ln 3, and their logarithms") func softmax() throws {
    let row = OneOperator.row(0, 1.098_612_3)
    #expect(try Self.isNear(OneOperator.run("Softmax", [row]), [0.25, 0.75]))
    #expect(try Self.isNear(OneOperator.run("LogSoftmax", [row]), [-1.386_294_4, -0.287_682_1]))
  }

  @Test("Up to operator set 12 all axes from the given one on are one row") func softmaxOfOld() throws {
    let tensor = ONNXTensor([1, 2, 2], [Float](repeating: 1, count: 4))
    #expect(try Self.isNear(OneOperator.run("Softmax", [tensor], opset: 12), [0.25, 0.25, 0.25, 0.25]))
    #expect(try Self.isNear(OneOperator.run("Softmax", [tensor], opset: 13), [0.5, 0.5, 0.5, 0.5]))
  }

  @Test(
    "Rows by their size", arguments: [("MAX", [0.75, 1]), ("L1", [3.0 / 7, 4.0 / 7]), ("L2", [0.6, 0.8])])
  func normalizer(norm: String, wanted: [Double]) throws {
    let result = try OneOperator.run("ai.onnx.ml.Normalizer", [OneOperator.row(3, 4)], ["norm": .string(norm)])
    #expect(try Self.isNear(result, wanted))
  }

  @Test("A row less its mean, by its deviation") func layer() throws {
    let inputs = [OneOperator.row(1, 3), OneOperator.row(2, 2), OneOperator.row(5, 5)]
    let result = try OneOperator.run("LayerNormalization", inputs, ["epsilon": .float(0)])
    #expect(try Self.isNear(result, [3, 7]))
  }

  @Test("A line for each channel") func batch() throws {
    func list(_ first: Float, _ second: Float) -> ONNXTensor { ONNXTensor([2], [first, second]) }
    let result = try OneOperator.run(
      "BatchNormalization", [OneOperator.row(1, 2), list(2, 3), list(10, 20), list(0, 1), list(4, 1)],
      ["epsilon": .float(0)])
    #expect(try Self.isNear(result, [11, 23]))
  }
}
