import ModelFiles
import Testing

@Suite struct ComparisonsTests {
  @Test(
    "Of 1, 2, 3 and 2",
    arguments: [
      ("Less", [true, false, false]), ("LessOrEqual", [true, true, false]), ("Greater", [false, false, true]),
      ("GreaterOrEqual", [false, true, true]), ("Equal", [false, true, false]),
    ] as [(String, [Bool])])
  func numbers(name: String, wanted: [Bool]) throws {
    let result = try OneOperator.run(name, [OneOperator.row(1, 2, 3), OneOperator.row(2)])
    #expect(result == ONNXTensor(shape: [1, 3], elements: .booleans(wanted)))
  }

  @Test(
    "All pairs of truth values",
    arguments: [
      ("And", [true, false, false, false]), ("Or", [true, true, true, false]), ("Xor", [false, true, true, false]),
    ]
      as [(String, [Bool])])
  func truths(name: String, wanted: [Bool]) throws {
    let inputs = [OneOperator.truths(true, true, false, false), OneOperator.truths(true, false, true, false)]
    #expect(try OneOperator.run(name, inputs) == ONNXTensor(shape: [1, 4], elements: .booleans(wanted)))
  }

  @Test("Texts, what is no number, and the contrary") func others() throws {
    #expect(
      try OneOperator.run("Equal", [OneOperator.words("a", "b"), OneOperator.words("b")]).booleans() == [false, true])
    #expect(try OneOperator.run("IsNaN", [OneOperator.row(.nan, 1)]) == OneOperator.truths(true, false))
    #expect(try OneOperator.run("Not", [OneOperator.truths(true, false)]) == OneOperator.truths(false, true))
  }

  @Test("A choice of numbers and of texts") func choice() throws {
    let condition = OneOperator.truths(true, false)
    #expect(
      try OneOperator.run("Where", [condition, OneOperator.row(1), OneOperator.row(2, 3)]) == OneOperator.row(1, 3))
    let words = try OneOperator.run("Where", [condition, OneOperator.words("yes"), OneOperator.words("no")])
    #expect(words == ONNXTensor(shape: [1, 2], elements: .strings(["yes", "no"])))
  }
}
