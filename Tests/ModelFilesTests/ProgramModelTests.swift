import DataFrames
import Foundation
import Tensors
import Testing

@testable import ModelFiles

@Suite struct ProgramModelTests {
  private static let features = [
    Feature(name: "a", kind: .number), Feature(name: "the \"b\"", kind: .category(levels: ["x", "y, z"])),
  ]
  private static let rows = Matrix(rows: 3, columns: 2, elements: [1, 0, 2.5, 1, .nan, .nan])

  /// The command line of a program in awk, which every system has; $1 is the first cell.
  private static func awk(_ program: String) -> String { "awk -F, '\(program)'" }

  private static func model(_ line: String, isKept: Bool = false, timeout: Double = 20) throws -> ProgramModel {
    try ProgramModel(line, isKept: isKept, features: features, example: [1, 0], timeout: timeout)
  }

  @Test func rowsGoOutAsCSVAndNumbersComeBack() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let seen = folder.appending(path: "seen.csv").path
    let line = "sh -c 'tee \"$0\" | awk -F, \"{ print NR == 1 ? \\\"value\\\" : 2 * \\$1 }\"' \(seen)"
    let answers = try Self.model(line).predict(Self.rows, workers: .one)
    #expect(answers.elements == [2, 5, 0])
    #expect(try String(contentsOfFile: seen, encoding: .utf8) == "a,\"the \"\"b\"\"\"\n1,x\n2.5,\"y, z\"\n,\n")
  }

  @Test(arguments: [false, true]) func classesAreThoseOfTheHeader(isKept: Bool) throws {
    let line = """
      sh -c 'read h; echo class,no,yes; while IFS=, read -r a b; do
      case "$a" in 2.5) echo yes,0.25,0.75;; *) echo no,0.875,0.125;; esac; done'
      """
    let model = try Self.model(line, isKept: isKept)
    #expect(model.classNames == ["no", "yes"] && model.outputs == 2)
    #expect(try model.predict(Self.rows, workers: .one).elements == [0.875, 0.125, 0.25, 0.75, 0.875, 0.125])
    // A kept process answers again, and nothing asked is nothing answered.
    #expect(try model.predict(Self.rows, workers: .one).elements[2] == 0.25)
    #expect(try model.predict(Matrix(rows: 0, columns: 2), workers: .one).rows == 0)
  }

  @Test func manyRowsNeitherBlockNorGetOutOfOrder() throws {
    let count = 70_000
    let rows = Matrix(rows: count, columns: 2, elements: (0..<2 * count).map { $0 % 2 == 0 ? Double($0) : 0 })
    let answers = try Self.model(Self.awk(#"{ print NR == 1 ? "value" : $1 }"#))
      .predict(rows, workers: Workers(count: 2))
    #expect(answers.elements == stride(from: 0, to: 2 * count, by: 2).map { Double($0) })
  }

  @Test(arguments: [
    ("cat > /dev/null", "it is empty"), ("sh -c 'cat > /dev/null; echo value'", "no rows"),
    ("sh -c 'cat > /dev/null; echo value; echo 1; echo 2'", "2 records for 1 rows"),
    ("sh -c 'cat > /dev/null; echo value; echo many'", "does not hold numbers"),
    ("sh -c 'cat > /dev/null; echo other; echo 1'", "the header must name the classes, or be the one word value"),
    ("sh -c 'cat > /dev/null; echo no,yes; echo 0.5,0.6'", "no probabilities that sum to 1"),
    ("sh -c 'cat > /dev/null; echo no,yes; echo 0.5'", "2 fields"),
  ]) func malformedAnswersAreNamed(line: String, reason: String) throws {
    let error = #expect(throws: ProgramError.self) {
      try Self.model("sh -c '\(line.replacing("'", with: "'\\''")); echo last words >&2'")
    }
    guard case .badAnswer(_, let found, let words)? = error else {
      Issue.record("\(line): \(error.map { "\($0)" } ?? "nothing")")
      return
    }
    #expect(found.contains(reason), "\(found)")
    #expect(words == "last words")
  }

  @Test(arguments: [false, true]) func anEndIsReportedWithTheLastWords(isKept: Bool) {
    #expect(
      throws: ProgramError.failed(program: "sh", status: "ended with status 3", lastWords: "no such model")
    ) { try Self.model("sh -c 'echo starting >&2; echo no such model >&2; exit 3'", isKept: isKept) }
    #expect(throws: ProgramError.failed(program: "sh", status: "was ended by signal 9", lastWords: "")) {
      try Self.model("sh -c 'kill -9 $$'", isKept: isKept)
    }
    #expect(throws: ProgramError.missing(program: "no-such-program")) {
      try Self.model("no-such-program", isKept: isKept)
    }
    #expect(throws: ProgramError.badCommand("awk 'open")) { try Self.model("awk 'open", isKept: isKept) }
  }

  @Test(arguments: [false, true]) func aProgramThatTakesTooLongIsEnded(isKept: Bool) {
    #expect(throws: ProgramError.timeout(program: "sh", seconds: 0.3, lastWords: "thinking")) {
      try Self.model("sh -c 'echo thinking >&2; sleep 60'", isKept: isKept, timeout: 0.3)
    }
  }

  @Test func aKeptProgramThatAnswersTooShortlyIsReported() {
    let line = "sh -c 'read h; echo no,yes; while read -r row; do echo 0.5; done'"
    let error = #expect(throws: ProgramError.self) { try Self.model(line, isKept: true) }
    #expect(error?.description.contains("fields") == true, "\(error.map { "\($0)" } ?? "")")
  }
}
