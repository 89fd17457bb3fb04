import ModelFiles
import Testing

@Suite struct ColumnMatchTests {
  @Test func namesDecideWhateverTheOrder() throws {
    let match = try ColumnMatch(inputs: ["b", "a"], columns: ["a", "c", "b"])
    #expect(match.isByName && match.places == [2, 0] && match.leftOver == ["c"])
  }

  @Test func namesThatWritersOfModelsHaveChangedAreKnown() throws {
    let match = try ColumnMatch(inputs: ["max_HR", "age"], columns: ["age", "max HR"])
    #expect(match.isByName && match.places == [1, 0])
    // Two columns that become the same name are not told apart by it.
    #expect(throws: ColumnMatch.Failure.self) {
      try ColumnMatch(inputs: ["max_HR", "age"], columns: ["age", "max HR", "max-HR"])
    }
  }

  @Test func otherNamesMeetByOrderAndCount() throws {
    let match = try ColumnMatch(inputs: ["f0", "f1"], columns: ["a", "b"])
    #expect(!match.isByName && match.places == [0, 1] && match.leftOver.isEmpty)
    #expect(try ColumnMatch(inputs: [nil, nil], columns: ["a", "b"]).places == [0, 1])
  }

  @Test func aMismatchListsWhatIsMissingAndWhatIsLeftOver() {
    #expect(throws: ColumnMatch.Failure.namesDiffer(missing: ["weight"], leftOver: ["height", "sex"])) {
      try ColumnMatch(inputs: ["age", "weight"], columns: ["age", "height", "sex"])
    }
    #expect(
      ColumnMatch.Failure.namesDiffer(missing: ["weight"], leftOver: []).description
        == "the columns do not fit the model's inputs: missing \"weight\"; left over nothing")
    #expect(throws: ColumnMatch.Failure.countsDiffer(wanted: 3, columns: ["a"])) {
      try ColumnMatch(inputs: [nil, nil, nil], columns: ["a"])
    }
  }
}
