import RealModule
import Tensors
import Testing

@testable import Trees

struct CriterionTests {
  /// A table of one sample a code; `labels` nil stands for missing codes at the end.
  private func table(
    width: Int, codes: [UInt16], codeCount: Int, labels: [Int32], values: [Double], weights: [Double]
  ) -> GroupTable {
    let samples = codes.indices.map {
      GroupTable.Sample(row: Int32($0), label: labels[$0], weight: weights[$0], value: values[$0])
    }
    var table = GroupTable(width: width, sampleCount: samples.count, codeCount: codeCount)
    codes.withUnsafeBufferPointer { codes in
      let column = ColumnCodes(codes: codes, first: 0, stride: 1, codeCount: codeCount)
      samples.withUnsafeBufferPointer { table.gather($0, by: column) }
    }
    return table
  }

  @Test func varianceByHand() throws {
    // y = 1, 2, 9 at codes 0, 1, 2, weight 1. Cut after the first: 1²/1 + 11²/2 = 61.5; after the second:
    // 3²/2 + 9²/1 = 85.5.
    let table = table(
      width: 2, codes: [0, 1, 2], codeCount: 3, labels: [0, 0, 0], values: [1, 2, 9], weights: [1, 1, 1])
    let cut = try #require(table.bestCut(.variance, minimumWeight: 1))
    #expect(cut == Cut(score: 85.5, groupsLeft: 2, missingLeft: false))
    #expect(GroupTable.score([3, 12], .variance) == 48)
  }

  @Test func giniOfThreeClassesByHand() throws {
    // Codes 0, 0, 1, 2 with classes a, b, c, c. Cut after the first group: left 1, 1 -> (1 + 1)/2 = 1, right 2 ->
    // 4/2 = 2, together 3. Cut after the second: left a, b, c -> 3/3 = 1, right 1, together 2.
    let table = table(
      width: 4, codes: [0, 0, 1, 2], codeCount: 3, labels: [0, 1, 2, 2], values: [0, 1, 2, 2],
      weights: [1, 1, 1, 1])
    let cut = try #require(table.bestCut(.gini, minimumWeight: 1))
    #expect(cut == Cut(score: 3, groupsLeft: 1, missingLeft: false))
    // Not cut: (1 + 1 + 4)/4.
    #expect(GroupTable.score([4, 1, 1, 2], .gini) == 1.5)
  }

  @Test func entropyByHand() throws {
    // Two of each class, told apart by the second cut: no entropy on either side. Not cut: −4 ln 2.
    let table = table(
      width: 3, codes: [0, 1, 2, 3], codeCount: 4, labels: [0, 0, 1, 1], values: [0, 0, 1, 1],
      weights: [1, 1, 1, 1])
    let cut = try #require(table.bestCut(.entropy, minimumWeight: 1))
    #expect(cut.groupsLeft == 2 && cut.score.magnitude < 1e-15)
    #expect((GroupTable.score([4, 2, 2], .entropy) + 4 * Double.log(2)).magnitude < 1e-15)
  }

  @Test func missingCellsGoWhereTheyHelp() throws {
    // y = 0, 0, 5 at codes 0, 1, 2; the missing cells hold 5 or 0.
    for (missing, missingLeft, score) in [(5.0, false, 50.0), (0.0, true, 25.0)] {
      let table = table(
        width: 2, codes: [0, 1, 2, 3], codeCount: 3, labels: [0, 0, 0, 0], values: [0, 0, 5, missing],
        weights: [1, 1, 1, 1])
      let cut = try #require(table.bestCut(.variance, minimumWeight: 1))
      #expect(cut == Cut(score: score, groupsLeft: 2, missingLeft: missingLeft))
    }
  }

  @Test func beingMissingIsATestOfItsOwn() throws {
    // All known cells are alike: known against missing, 2²/2 + 6²/1.
    let table = table(
      width: 2, codes: [0, 0, 1], codeCount: 1, labels: [0, 0, 0], values: [1, 1, 6], weights: [1, 1, 1])
    #expect(table.bestCut(.variance, minimumWeight: 1) == Cut(score: 38, groupsLeft: 1, missingLeft: false))
  }

  @Test(arguments: [2, 3, 4]) func noCutLeavesTooLittle(width: Int) throws {
    // Weights 1, 1, 5: with at least 2 a side only the second cut will do, with 3 none.
    let table = table(
      width: width, codes: [0, 1, 2], codeCount: 3, labels: [0, 1, 1], values: [0, 1, 1], weights: [1, 1, 5])
    #expect(try #require(table.bestCut(.gini, minimumWeight: 1)).groupsLeft == 1)
    #expect(try #require(table.bestCut(.gini, minimumWeight: 2)).groupsLeft == 2)
    #expect(table.bestCut(.gini, minimumWeight: 3) == nil)
  }
}
