import ModelFiles
import Testing

@Suite struct FunctionsTests {
  @Test(
    "Functions of -1.5, 0 and 2",
    arguments: [
      ("Relu", [0, 0, 2]), ("Sigmoid", [0.182_425_52, 0.5, 0.880_797_08]), ("Tanh", [-0.905_148_25, 0, 0.964_027_58]),
      ("Exp", [0.223_130_16, 1, 7.389_056_1]), ("Abs", [1.5, 0, 2]), ("Neg", [1.5, 0, -2]), ("Floor", [-2, 0, 2]),
      ("Ceil", [-1, 0, 2]), ("Round", [-2, 0, 2]), ("Sign", [-1, 0, 1]), ("Erf", [-0.966_105_15, 0, 0.995_322_27]),
      ("Softplus", [0.201_413_28, 0.693_147_18, 2.126_928]), ("Softsign", [-0.6, 0, 0.666_666_67]),
      ("LeakyRelu", [-0.015, 0, 2]), ("Elu", [-0.776_869_84, 0, 2]), ("Selu", [-1.365_814_4, 0, 2.101_402]),
      ("HardSigmoid", [0.2, 0.5, 0.9]), ("Gelu", [-0.100_210_8, 0, 1.954_499_7]), ("Clip", [-1.5, 0, 2]),
    ] as [(String, [Double])])
  func functions(name: String, wanted: [Double]) throws {
    let single = try OneOperator.run(name, [OneOperator.row(-1.5, 0, 2)])
    let double = try OneOperator.run(name, [ONNXTensor(shape: [3], elements: .doubles([-1.5, 0, 2]))])
    #expect(single.elements.typeName == "float" && single.shape == [1, 3])
    #expect(double.elements.typeName == "double" && double.shape == [3])
    for result in [single, double] {
      for (value, wanted) in zip(try result.doubles(), wanted) { #expect(abs(value - wanted) < 1e-6, "\(value)") }
    }
  }

  @Test("Functions of positive numbers") func positive() throws {
    #expect(try OneOperator.run("Sqrt", [OneOperator.row(4, 9)]) == OneOperator.row(2, 3))
    #expect(try OneOperator.run("Log", [OneOperator.row(1)]) == OneOperator.row(0))
    #expect(try OneOperator.run("Reciprocal", [OneOperator.row(4)]) == OneOperator.row(0.25))
  }

  @Test("Bounds are attributes or inputs, and either may be open") func clip() throws {
    let row = OneOperator.row(-3, 0, 3)
    #expect(
      try OneOperator.run("Clip", [row], ["min": .float(-1), "max": .float(2)]) == OneOperator.row(-1, 0, 2))
    #expect(try OneOperator.run("Clip", [row, nil, ONNXTensor([], [Float(1)])]) == OneOperator.row(-3, 0, 1))
    #expect(try OneOperator.run("Clip", [row, ONNXTensor([], [Float(1)])]) == OneOperator.row(1, 1, 3))
  }

  @Test("Texts have no functions") func texts() {
    #expect(throws: ONNXError.self) { try OneOperator.run("Exp", [OneOperator.words("a")]) }
  }
}
