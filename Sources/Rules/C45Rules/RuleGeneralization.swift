import Tensors
import Trees

/// Makes a rule of a tree's path as general as its expected errors allow (Quinlan, *C4.5*, 1993, section 5.1): again
/// and again the test is dropped without which the expected share of errors among the rows that pass is least, while
/// that share does not rise.
struct RuleGeneralization: Sendable {
  private let errors: PessimisticErrors
  private let rowCount: Int
  /// For each test the rows that pass it.
  private let passing: RowBits
  /// For each class its rows.
  private let ofClass: RowBits
  private let places: [PathTest: Int]

  /// A test's place among all tests of the paths.
  typealias Place = Int

  /// Prepares the tests of all paths.
  /// - Complexity: O(different tests · rows)
  init(
    _ paths: [(tests: [PathTest], conclusion: Int)], _ rows: Matrix, ofClass: RowBits, errors: PessimisticErrors,
    workers: Workers
  ) {
    var places: [PathTest: Int] = [:]
    var tests: [PathTest] = []
    for test in paths.flatMap(\.tests) where places[test] == nil {
      places[test] = tests.count
      tests.append(test)
    }
    self.places = places
    self.errors = errors
    self.ofClass = ofClass
    rowCount = rows.rows
    let ranges = Workers.ranges(tests.count, size: 16)
    let parts = workers.map(count: ranges.count) { [tests] part in
      var bits = RowBits(rowCount: rows.rows)
      for test in tests[ranges[part]] { bits.append(rowCount: rows.rows) { test.holds(rows[$0, test.column]) } }
      return bits.words
    }
    var passing = RowBits(rowCount: rows.rows)
    passing.words = parts.flatMap { $0 }
    self.passing = passing
  }

  /// What a path has become.
  struct Result: Sendable {
    /// The tests that are left.
    let tests: [PathTest]
    /// The rows that pass them all.
    let rows: [UInt64]
    /// How many those are, and how many of them are of the class.
    let support: Int
    let correct: Int
    /// The expected share of errors among them.
    let errorShare: Double
  }

  /// Drops tests of a path to a leaf of class `conclusion`.
  /// - Complexity: O(tests² · rows / 64)
  func generalize(_ tests: [PathTest], conclusion: Int) -> Result {
    var kept = tests
    var current = counts(kept.compactMap { places[$0] }, conclusion)
    var share = share(current.support, current.correct)
    while !kept.isEmpty {
      let shares = kept.indices.map {
        self.share(current.support + current.failingOnly[$0].0, current.correct + current.failingOnly[$0].1)
      }
      let best = shares.argmin()
      guard shares[best] <= share else { break }
      kept.remove(at: best)
      share = shares[best]
      current = counts(kept.compactMap { places[$0] }, conclusion)
    }
    return Result(
      tests: kept, rows: rows(passing: kept), support: current.support, correct: current.correct, errorShare: share)
  }

  private func share(_ support: Int, _ correct: Int) -> Double {
    errors.share(cases: Double(support), errors: Double(support - correct))
  }

  private struct Counts {
    var support = 0
    var correct = 0
    /// For each test the rows that fail it alone, and those of them that are of the class.
    var failingOnly: [(Int, Int)]
  }

  /// Counts rows that pass all tests, or all but one: 64 at a time, with the words of the rows that have failed none,
  /// or one.
  private func counts(_ tests: [Place], _ conclusion: Int) -> Counts {
    var counts = Counts(failingOnly: tests.map { _ in (0, 0) })
    let width = passing.wordCount
    for word in 0..<width {
      var none = word == width - 1 && rowCount & 63 != 0 ? (1 << UInt64(rowCount & 63)) - 1 : UInt64.max
      var one: UInt64 = 0
      for test in tests {
        let pass = passing.words[test * width + word]
        one = one & pass | none & ~pass
        none &= pass
        if none | one == 0 { break }
      }
      if none | one == 0 { continue }
      let right = ofClass.words[conclusion * width + word]
      counts.support += none.nonzeroBitCount
      counts.correct += (none & right).nonzeroBitCount
      if one == 0 { continue }
      for (place, test) in tests.enumerated() {
        let failing = one & ~passing.words[test * width + word]
        counts.failingOnly[place].0 += failing.nonzeroBitCount
        counts.failingOnly[place].1 += (failing & right).nonzeroBitCount
      }
    }
    return counts
  }

  private func rows(passing tests: [PathTest]) -> [UInt64] {
    var words = [UInt64](repeating: .max, count: passing.wordCount)
    if rowCount & 63 != 0 { words[words.count - 1] = (1 << UInt64(rowCount & 63)) - 1 }
    for place in tests.compactMap({ places[$0] }) {
      for (index, word) in passing[place].enumerated() { words[index] &= word }
    }
    return words
  }
}
