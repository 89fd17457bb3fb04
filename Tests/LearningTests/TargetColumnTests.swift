import DataFrames
import Learning
import Testing

struct TargetColumnTests {
  private static func numbers(_ values: [Double], _ spellings: [String] = []) -> Column {
    Column(
      name: "y", values: .numbers(values),
      spellings: zip(Set(values.filter { !$0.isNaN }).sorted(), spellings).map { .init(value: $0, text: $1) })
  }

  private static func words(_ codes: [Int32], _ levels: [String]) -> Column {
    Column(name: "y", values: .words(codes: codes, levels: levels))
  }

  @Test func wordsAreClassesOfWhichEachHasARow() throws {
    #expect(
      try Target(Self.words([2, -1, 0, 2], ["a", "b", "c"])) == .classes([1, -1, 0, 1], names: ["a", "c"]))
  }

  @Test func fewWholeNumbersAreClassesAsTheFileSpellsThem() throws {
    #expect(
      try Target(Self.numbers([1, 0, .nan, 1], ["0.0", "1.0"])) == .classes([1, 0, -1, 1], names: ["0.0", "1.0"]))
    #expect(try Target(Self.numbers([2, -1, 2])) == .classes([1, 0, 1], names: ["-1", "2"]))
    let ten = (0..<10).map(Double.init)
    #expect(try Target(Self.numbers(ten)).classNames?.count == 10)
    #expect(try Target(Self.numbers(ten + [10])) == .values(ten + [10]))
    #expect(try Target(Self.numbers([0, 1, 0.5])) == .values([0, 1, 0.5]))
  }

  @Test func theTaskCanBeTold() throws {
    #expect(try Target(Self.numbers([0, 1]), options: .init(task: .regression)) == .values([0, 1]))
    #expect(
      try Target(Self.numbers([0.5, 1.5, 0.5]), options: .init(task: .classification))
        == .classes([0, 1, 0], names: ["0.5", "1.5"]))
    #expect(throws: TargetError.notNumbers(column: "y")) {
      try Target(Self.words([0, 1], ["a", "b"]), options: .init(task: .regression))
    }
  }

  @Test func oneClassIsToldFromTheRest() throws {
    #expect(
      try Target(Self.words([0, 1, 2, -1], ["a", "b", "c"]), options: .init(positive: "b"))
        == .classes([0, 1, 0, -1], names: ["not b", "b"]))
    // A number however it is spelled, but the same spelling first.
    #expect(
      try Target(Self.numbers([0, 1, 2], ["0.0", "1.0", "2.0"]), options: .init(positive: "1"))
        == .classes([0, 1, 0], names: ["not 1.0", "1.0"]))
    #expect(
      try Target(Self.words([0, 1, 2], ["+1", "1", "x"]), options: .init(positive: "1")).classNames == ["not 1", "1"])
    #expect(throws: TargetError.unknownClass(column: "y", name: "d", names: ["a", "b"])) {
      try Target(Self.words([0, 1], ["a", "b"]), options: .init(positive: "d"))
    }
  }

  @Test func aBoundMakesTwoClasses() throws {
    let column = Self.numbers([1, 2, 6, .nan])
    #expect(
      try Target(column, options: .init(above: .mean)) == .classes([0, 0, 1, -1], names: ["at most 3.0", "above 3.0"]))
    #expect(
      try Target(column, options: .init(above: .number(1)))
        == .classes([0, 1, 1, -1], names: ["at most 1.0", "above 1.0"]))
    #expect(throws: TargetError.notNumbers(column: "y")) {
      try Target(Self.words([0, 1], ["a", "b"]), options: .init(above: .mean))
    }
  }

  @Test func whatCannotBeLearnedIsSaid() {
    #expect(throws: TargetError.noValues(column: "y")) { try Target(Self.numbers([.nan, .nan])) }
    #expect(throws: TargetError.noValues(column: "y")) { try Target(Self.numbers([])) }
    #expect(throws: TargetError.tooFewRows(column: "y", rows: 1)) { try Target(Self.numbers([.nan, 3])) }
    #expect(throws: TargetError.oneValue(column: "y", value: "\"a\"")) {
      try Target(Self.words([0, 0, -1], ["a", "b"]))
    }
    #expect(throws: TargetError.oneValue(column: "y", value: "0.5")) { try Target(Self.numbers([0.5, 0.5])) }
    #expect(throws: TargetError.oneValue(column: "y", value: "\"at most 9.0\"")) {
      try Target(Self.numbers([1, 2]), options: .init(above: .number(9)))
    }
    // Also where all others are few whole numbers.
    for others in [[0.5, 1], [0, 1]] {
      #expect(throws: TargetError.infinite(column: "y", row: 3)) { try Target(Self.numbers(others + [.infinity])) }
      #expect(throws: TargetError.infinite(column: "y", row: 3)) {
        try Target(Self.numbers(others + [-.infinity]), options: .init(above: .mean))
      }
    }
  }

  @Test func errorsAreSentences() {
    let errors: [(TargetError, String)] = [
      (.noValues(column: "y"), "the target \"y\" has no values"),
      (.oneValue(column: "y", value: "3"), "the target \"y\" is 3 in every row, so there is nothing to learn"),
      (.tooFewRows(column: "y", rows: 1), "only 1 row has a value in the target \"y\""),
      (
        .notNumbers(column: "y"),
        "the target \"y\" is made of words, and a number is needed; --positive VALUE tells one of them from the others"
      ),
      (.infinite(column: "y", row: 7), "row 7, column \"y\": the value is infinite"),
      (
        .unknownClass(column: "y", name: "Adelle", names: ["Adelie", "Gentoo"]),
        "the target \"y\" has no class \"Adelle\"; did you mean \"Adelie\"?"
      ),
      (
        .unknownClass(column: "y", name: "zzzzzzzz", names: ["a", "b"]),
        "the target \"y\" has no class \"zzzzzzzz\"; its classes are \"a\", \"b\""
      ),
    ]
    for (error, text) in errors { #expect(error.description == text) }
  }
}
