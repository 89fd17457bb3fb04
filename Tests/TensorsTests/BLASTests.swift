import Tensors
import Testing

@Suite struct BLASTests {
  /// Σ over k of a · b for each element, in Double, with the factors as they are stored.
  private static func product(
    _ a: [Double], _ b: [Double], _ shape: BLAS.Shape, _ transposed: BLAS.Transposition, _ start: [Double]
  ) -> [Double] {
    var c = start
    for row in 0..<shape.rows {
      for column in 0..<shape.columns {
        for k in 0..<shape.inner {
          let left = transposed == .first ? a[k * shape.rows + row] : a[row * shape.inner + k]
          let right = transposed == .second ? b[column * shape.inner + k] : b[k * shape.columns + column]
          c[row * shape.columns + column] += left * right
        }
      }
    }
    return c
  }

  private static func numbers(_ count: Int, using generator: inout SeededGenerator) -> [Double] {
    (0..<count).map { _ in 2 * generator.uniform() - 1 }
  }

  @Test func productsAgreeWithLoops() {
    for seed in 0..<60 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed, purpose: .test)
      let shape = BLAS.Shape(
        rows: Int(UInt32.random(in: 0..<70, using: &generator)),
        inner: Int(UInt32.random(in: 0..<70, using: &generator)),
        columns: Int(UInt32.random(in: 0..<70, using: &generator)))
      let a = Self.numbers(shape.rows * shape.inner, using: &generator)
      let b = Self.numbers(shape.inner * shape.columns, using: &generator)
      let start = Self.numbers(shape.rows * shape.columns, using: &generator)
      for transposed in [BLAS.Transposition.none, .first, .second] {
        for adding in [false, true] {
          let expected = Self.product(a, b, shape, transposed, adding ? start : start.map { _ in 0 })
          var double = start
          double.withUnsafeMutableBufferPointer {
            BLAS.multiply(a, b, shape, transposed: transposed, adding: adding, into: $0)
          }
          var single = start.map { Float($0) }
          single.withUnsafeMutableBufferPointer {
            BLAS.multiply(
              a.map { Float($0) }, b.map { Float($0) }, shape, transposed: transposed, adding: adding, into: $0)
          }
          var byRow = start.map { Float($0) }
          if transposed == .none {
            byRow.withUnsafeMutableBufferPointer {
              BLAS.multiplyEachRow(a.map { Float($0) }, b.map { Float($0) }, shape, addingTo: $0)
            }
          }
          // 71 terms of at most 1: rounding adds up to 71 · 71 units in the last place at the very most.
          let isClose = expected.indices.allSatisfy {
            (double[$0] - expected[$0]).magnitude < 1e-12 && (Double(single[$0]) - expected[$0]).magnitude < 1e-4
          }
          let isCloseByRow =
            transposed != .none || !adding
            || expected.indices.allSatisfy { (Double(byRow[$0]) - expected[$0]).magnitude < 1e-4 }
          #expect(isClose && isCloseByRow, "seed \(seed), \(shape), \(transposed), adding \(adding)")
        }
      }
    }
  }

  /// What predictions rely on.
  @Test(arguments: [1, 2, 7, 30, 64, 300, 2000])
  func aRowOfAProductDependsOnThatRowAlone(inner: Int) {
    for columns in [1, 2, 3, 10, 33, 64, 100] {
      var generator = SeededGenerator(seed: UInt64(inner * 1000 + columns), purpose: .test)
      let row = Self.numbers(inner, using: &generator).map { Float($0) }
      let b = Self.numbers(inner * columns, using: &generator).map { Float($0) }
      var results: Set<[Float]> = []
      for rows in [1, 7, 8, 9, 64] {
        for place in 0..<rows {
          var a =
            place % 2 == 0
            ? [Float](repeating: 0, count: rows * inner)
            : Self.numbers(rows * inner, using: &generator).map { Float($0) }
          a.replaceSubrange(place * inner..<(place + 1) * inner, with: row)
          var c = [Float](repeating: 0.5, count: rows * columns)
          c.withUnsafeMutableBufferPointer {
            BLAS.multiplyEachRow(a, b, BLAS.Shape(rows: rows, inner: inner, columns: columns), addingTo: $0)
          }
          results.insert(Array(c[place * columns..<(place + 1) * columns]))
        }
      }
      #expect(results.count == 1, "inner \(inner), columns \(columns)")
    }
  }

  @Test func aProductOverNothingIsZero() {
    var c: [Float] = [3, 4]
    c.withUnsafeMutableBufferPointer { BLAS.multiply([], [], BLAS.Shape(rows: 2, inner: 0, columns: 1), into: $0) }
    #expect(c == [0, 0])
  }

  /// [[4, 2], [2, 3]] · (1, −1) = (2, −1).
  @Test func solvesASystemByHand() {
    var matrix = [4.0, 2, 2, 3]
    var values = [2.0, -1]
    #expect(BLAS.solve(&matrix, &values))
    #expect((values[0] - 1).magnitude < 1e-15 && (values[1] + 1).magnitude < 1e-15)
  }

  @Test func saysWhereASystemIsNotPositiveDefinite() {
    var matrix = [1.0, 2, 2, 1]
    var values = [1.0, 1]
    #expect(!BLAS.solve(&matrix, &values))
    var none: [Double] = []
    var nothing: [Double] = []
    #expect(BLAS.solve(&none, &nothing))
  }
}
