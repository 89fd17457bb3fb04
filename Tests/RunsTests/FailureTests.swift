import DataFrames
import Learning
import Runs
import Testing

@Suite struct FailureTests {
  @Test func errorsSayWhatKindOfFailureTheyAre() {
    #expect(Failure(FileError.notFound(path: "x.csv")).kind == .inputMissing)
    #expect(Failure(FileError.cannotWrite(path: "x.csv", reason: "no room")).kind == .cannotWrite)
    #expect(Failure(CSVError.noRows(file: "x.csv")).kind == .badData)
    #expect(Failure(UsageError.noSuchRow(number: 9, rows: 3)).kind == .usage)
    #expect(Failure(TargetError.unknownClass(column: "a", name: "b", names: ["c"])).kind == .usage)
    #expect(Failure(TargetError.noValues(column: "a")).kind == .badData)
  }

  @Test func anErrorThatDoesNotSayWhatItIsIsAFaultOfTheProgram() {
    struct Surprise: Error {}
    let failure = Failure(Surprise())
    #expect(failure.kind == .unforeseen && failure.text == "internal error: Surprise()")
  }
}
