import Tensors
import Testing
import Trees

@testable import Rules

struct RuleGeneralizationTests {
  /// Counts by walking the rows, and drops tests as the text says.
  private static func literal(_ tests: [PathTest], _ rows: Matrix, _ codes: [Int], conclusion: Int) -> [PathTest] {
    func share(_ tests: [PathTest]) -> Double {
      let passing = (0..<rows.rows).filter { row in tests.allSatisfy { $0.holds(rows[row, $0.column]) } }
      let wrong = passing.count { codes[$0] != conclusion }
      return passing.isEmpty
        ? 1
        : PessimisticErrors().expected(cases: Double(passing.count), errors: Double(wrong)) / Double(passing.count)
    }
    var kept = tests
    while !kept.isEmpty {
      let fewer = kept.indices.map { place in kept.indices.filter { $0 != place }.map { kept[$0] } }
      let shares = fewer.map { share($0) }
      let best = shares.indices.reduce(0) { shares[$1] < shares[$0] ? $1 : $0 }
      if shares[best] > share(kept) { break }
      kept = fewer[best]
    }
    return kept
  }

  @Test func agreesWithWalkingTheRows() {
    var generator = SeededGenerator(seed: 5, purpose: .test)
    for count in [1, 63, 64, 65, 200] {
      var rows = Matrix(rows: count, columns: 4)
      var codes: [Int] = []
      for row in 0..<count {
        for column in 0..<4 {
          let isMissing = Int.random(in: 0..<12, using: &generator) == 0
          rows[row, column] = isMissing ? .nan : Double(Int.random(in: 0..<6, using: &generator))
        }
        codes.append(rows[row, 0] > 2 && rows[row, 1] <= 3 ? 1 : Int.random(in: 0..<2, using: &generator))
      }
      var ofClass = RowBits(rowCount: count)
      for index in 0..<2 { ofClass.append(rowCount: count) { codes[$0] == index } }
      let paths = (0..<20).map { _ in
        let tests = (0..<Int.random(in: 0..<6, using: &generator)).map { _ -> PathTest in
          let (column, value) = (
            Int.random(in: 0..<4, using: &generator), Double(Int.random(in: 0..<6, using: &generator))
          )
          switch Int.random(in: 0..<3, using: &generator) {
          case 0: return .atMost(column: column, value: value)
          case 1: return .above(column: column, value: value)
          default: return .oneOf(column: column, codes: [Int(value), 5])
          }
        }
        return (tests: tests, conclusion: Int.random(in: 0..<2, using: &generator))
      }
      let general = RuleGeneralization(
        paths, rows, ofClass: ofClass, errors: PessimisticErrors(), workers: Workers(count: 2))
      for path in paths {
        let result = general.generalize(path.tests, conclusion: path.conclusion)
        #expect(result.tests == Self.literal(path.tests, rows, codes, conclusion: path.conclusion))
        let passing = (0..<count).filter { row in result.tests.allSatisfy { $0.holds(rows[row, $0.column]) } }
        var found: [Int] = []
        RowBits.forEach(result.rows) { found.append($0) }
        #expect(found == passing && result.support == passing.count)
        #expect(result.correct == passing.count { codes[$0] == path.conclusion })
      }
    }
  }
}
