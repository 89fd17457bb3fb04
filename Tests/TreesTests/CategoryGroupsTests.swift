import Testing

@testable import Trees

struct CategoryGroupsTests {
  private static func groups(_ weights: [Double], total: Double? = nil) -> CategoryGroups {
    CategoryGroups(
      weights, classCount: 2, total: total ?? weights.reduce(0, +), C45Split(caseCount: 100))
  }

  @Test func measuresByHand() {
    // 4 categories: (4, 0), (0, 4), (2, 2), none. H = 1 bit of 12; after: 4/12 bit. Gain 2/3; the split's own
    // information is log2 3.
    let test = Self.groups([4, 0, 0, 4, 2, 2, 0, 0]).test(3)
    #expect((test.gain - 2.0 / 3).magnitude < 1e-12 && test.branchCount == 4 && test.branches == [0, 1, 2, 3])
    #expect((test.ratio - 2.0 / 3 / 1.584962500721156).magnitude < 1e-12)
    // With 4 of 16 unknown the gain is three quarters of it, and "unknown" is an outcome: four of weight 4, 2 bits.
    let part = Self.groups([4, 0, 0, 4, 2, 2, 0, 0], total: 16).test(3)
    #expect((part.gain - 0.5).magnitude < 1e-12 && (part.ratio - 0.25).magnitude < 1e-12)
  }

  @Test func mergesWhatSaysTheSame() throws {
    // Three pure categories of class 0, one of class 1, one mixed, one that does not occur.
    let grouped = try #require(Self.groups([3, 0, 5, 0, 0, 6, 2, 0, 1, 1, 0, 0]).grouped(minimumCases: 2)).test(0)
    let branches = try #require(grouped.branches)
    #expect(branches[0] == branches[1] && branches[1] == branches[3] && branches[2] != branches[0] && branches[5] == -1)
    let plain = Self.groups([3, 0, 5, 0, 0, 6, 2, 0, 1, 1, 0, 0]).test(0)
    #expect(grouped.ratio >= plain.ratio && grouped.gain >= plain.gain / 2 && grouped.branchCount < 4)
    #expect(Self.groups([6, 2, 0, 0]).grouped(minimumCases: 2) == nil)
  }

  @Test func needsTwoBranchesOfTheLeastWeight() {
    #expect(Self.groups([3, 0, 0, 2]).isUsable(minimumCases: 2))
    #expect(!Self.groups([3, 0, 0, 1]).isUsable(minimumCases: 2))
  }
}
