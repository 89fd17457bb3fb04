import ModelFiles
import Testing

@Suite struct ReductionsTests {
  private static let table = ONNXTensor([2, 2], [Float(1), -2, 3, 4])

  @Test(
    "Of (1, -2) and (3, 4)",
    arguments: [
      ("ReduceSum", [-1, 7]), ("ReduceMean", [-0.5, 3.5]), ("ReduceMax", [1, 4]), ("ReduceMin", [-2, 3]),
      ("ReduceProd", [-2, 12]), ("ReduceL1", [3, 7]), ("ReduceL2", [2.236_068, 5]), ("ReduceSumSquare", [5, 25]),
      ("ReduceLogSumExp", [1.048_587_4, 4.313_261_7]),
    ] as [(String, [Float])])
  func rows(name: String, wanted: [Float]) throws {
    let kept = try OneOperator.run(name, [Self.table], ["axes": .integers([1])])
    #expect(kept.shape == [2, 1])
    let results = try kept.floats()
    #expect(zip(results, wanted).allSatisfy { abs($0 - $1) < 1e-6 }, "\(results)")
    let dropped = try OneOperator.run(
      name, [Self.table, ONNXTensor([1], [Int64(-1)])], ["keepdims": .integer(0)])
    #expect(dropped == ONNXTensor([2], results))
  }

  @Test("All axes where none are given, or none at all") func axes() throws {
    #expect(try OneOperator.run("ReduceSum", [Self.table]) == ONNXTensor([1, 1], [Float(6)]))
    #expect(try OneOperator.run("ReduceSum", [Self.table], ["noop_with_empty_axes": .integer(1)]) == Self.table)
    #expect(
      try OneOperator.run("ReduceSum", [Self.table], ["axes": .integers([0])]) == ONNXTensor([1, 2], [Float(4), 2]))
  }

  @Test("The first of several extremes, or the last where that is asked for") func extremes() throws {
    let row = OneOperator.row(2, 5, 1, 5, 1)
    #expect(try OneOperator.run("ArgMax", [row], ["axis": .integer(1)]) == ONNXTensor([1, 1], [Int64(1)]))
    #expect(
      try OneOperator.run("ArgMin", [row], ["axis": .integer(1), "keepdims": .integer(0)])
        == ONNXTensor([1], [Int64(2)]))
    #expect(
      try OneOperator.run("ArgMax", [row], ["axis": .integer(1), "select_last_index": .integer(1)])
        == ONNXTensor([1, 1], [Int64(3)]))
  }
}
