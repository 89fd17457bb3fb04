import Testing

@testable import Tensors

@Suite struct RowProductTests {
  /// Small whole numbers, whose products and sums are exact.
  private static func numbers(_ count: Int, using generator: inout SeededGenerator) -> [Float] {
    (0..<count).map { _ in Float(Int.random(in: -8...8, using: &generator)) }
  }

  @Test(arguments: WeightPart.allCases) func agreesWithLoops(part: WeightPart) {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    for (rows, width) in [(1, 1), (3, 15), (4, 16), (5, 33), (9, 100), (8, 160)] {
      let weights = Self.numbers(rows * width, using: &generator)
      let x = Self.numbers(width, using: &generator)
      var sums = [Float](repeating: 0, count: rows + 1)
      sums.withUnsafeMutableBufferPointer { sums in
        guard let start = sums.baseAddress else { return }
        RowProduct.sums(weights, rows: rows, width: width, part: part, x, into: start)
      }
      let expected = (0..<rows).map { row in
        (0..<width).reduce(0) { $0 + part.of(weights[row * width + $1]) * x[$1] }
      }
      #expect(sums == expected + [0], "\(rows) x \(width)")

      for taken in [[], [rows - 1], Array(0..<rows)] {
        let factors = Self.numbers(taken.count, using: &generator)
        for columns in [0..<width, width / 2..<width] {
          var mixture = [Float](repeating: 7, count: columns.count)
          mixture.withUnsafeMutableBufferPointer { mixture in
            weights.withUnsafeBufferPointer { weights in
              guard let start = weights.baseAddress else { return }
              RowProduct.mixture(
                start + columns.lowerBound, stride: width, rows: taken, factors: factors, part: part, into: mixture)
            }
          }
          let expected = columns.map { column in
            zip(taken, factors).reduce(0) { $0 + $1.1 * part.of(weights[$1.0 * width + column]) }
          }
          #expect(mixture == expected, "\(taken.count) of \(rows) x \(width)")
        }
      }
    }
  }

  /// A row's digits, of a sum that is rounded often, are the same alone and among others.
  @Test func digitsDoNotDependOnTheRowsBeside() {
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let (rows, width) = (7, 523)
    let weights = (0..<rows * width).map { _ in Float(generator.uniform()) - 0.5 }
    let x = (0..<width).map { _ in Float(generator.uniform()) - 0.5 }
    func sums(_ range: Range<Int>) -> [Float] {
      var result = [Float](repeating: 0, count: range.count)
      result.withUnsafeMutableBufferPointer { result in
        weights.withUnsafeBufferPointer { weights in
          guard let start = weights.baseAddress, let target = result.baseAddress else { return }
          RowProduct.sums(
            start + range.lowerBound * width, rows: range.count, width: width, part: .all, x, into: target)
        }
      }
      return result
    }
    let all = sums(0..<rows)
    #expect((0..<rows).allSatisfy { sums($0..<$0 + 1) == [all[$0]] })
    #expect(Set(all).count == rows)
  }
}
