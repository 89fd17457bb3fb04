import Foundation
import Learning
import Testing

@testable import Networks

@Suite struct TargetEncodingTests {
  @Test func classesAreOneHotAndComeBackAsProbabilities() throws {
    let target = Target.classes([2, 0], names: ["a", "b", "c"])
    let encoding = try TargetEncoding(target)
    #expect(encoding == .classes(3) && encoding.outputs == 3)
    #expect(encoding.encode(target) as [Float] == [0, 0, 1, 1, 0, 0])
    // Logits may be of any size: e⁰ and e^(ln 3) make 1/4 and 3/4.
    var outputs: ArraySlice<Double> = [1000, 1000 + log(3)]
    TargetEncoding.classes(2).decode(&outputs)
    #expect((outputs[0] - 0.25).magnitude < 1e-13 && (outputs[1] - 0.75).magnitude < 1e-13)
  }

  @Test func numbersComeBackInTheirUnits() throws {
    let target = Target.values([10, 30])
    let encoding = try TargetEncoding(target)
    #expect(encoding == .number(Standardization(mean: 20, scale: 10)) && encoding.outputs == 1)
    #expect(encoding.encode(target) as [Double] == [-1, 1])
    var outputs: ArraySlice<Double> = [2]
    encoding.decode(&outputs)
    #expect(outputs == [40])
  }

  @Test func equalNumbersAreShifted() throws {
    #expect(try TargetEncoding(.values([7, 7])) == .number(Standardization(mean: 7, scale: 1)))
  }

  @Test func targetsThatCannotBeLearned() {
    #expect(throws: FitError.noRows) { try TargetEncoding(.classes([], names: ["a"])) }
    #expect(throws: FitError.infiniteTarget(row: 3)) { try TargetEncoding(.values([1, 2, .infinity])) }
  }
}
