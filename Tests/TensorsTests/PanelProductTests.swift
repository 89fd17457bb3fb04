import Testing

@testable import Tensors

@Suite struct PanelProductTests {
  /// A factor in panels, of small whole numbers, whose products and sums are exact.
  private static func panel(_ count: Int, using generator: inout SeededGenerator) -> [Float] {
    (0..<count).map { _ in Float(Int.random(in: -8...8, using: &generator)) }
  }

  /// All widths, and tiles that are not whole: exactly the sums, and nothing beside them is written.
  @Test func agreesWithLoops() {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    for width in [16, 32, 48] {
      for (rows, columns) in [(8, width), (8, width - 5), (3, width), (1, 1)] {
        for (starts, rectifies) in [(true, false), (false, true), (true, true), (false, false)] {
          let inner = Int.random(in: 0...40, using: &generator)
          let a = Self.panel(8 * inner, using: &generator)
          let b = Self.panel(width * inner, using: &generator)
          let start = Self.panel(8, using: &generator)
          let before = Self.panel(8 * 50, using: &generator)
          var c = before
          start.withUnsafeBufferPointer { start in
            c.withUnsafeMutableBufferPointer { c in
              guard let target = c.baseAddress else { return }
              PanelProduct.multiply(
                a, b, PanelProduct.Tile(inner: inner, width: width, rows: rows, columns: columns),
                PanelProduct.Ends(start: starts ? start.baseAddress : nil, rectifies: rectifies), into: target,
                stride: 50)
            }
          }
          for row in 0..<8 {
            for column in 0..<50 {
              let place = row * 50 + column
              var expected = before[place]
              if row < rows, column < columns {
                expected = (0..<inner).reduce(starts ? start[row] : expected) {
                  $0 + a[$1 * 8 + row] * b[$1 * width + column]
                }
                if rectifies { expected = max(0, expected) }
              }
              #expect(c[place] == expected, "\(width), \(rows) x \(columns), inner \(inner), at \(row), \(column)")
            }
          }
        }
      }
    }
  }

  /// The digits of a sum, which is rounded often, are the same in each of a panel's places and for each width.
  @Test func digitsDoNotDependOnThePlace() {
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let inner = 301
    let left = (0..<inner).map { _ in Float(generator.uniform()) - 0.5 }
    let right = (0..<inner).map { _ in Float(generator.uniform()) - 0.5 }
    var values: Set<UInt32> = []
    for width in [16, 32, 48] {
      let a = left.flatMap { [Float](repeating: $0, count: 8) }
      let b = right.flatMap { [Float](repeating: $0, count: width) }
      var c = [Float](repeating: 0, count: 8 * width)
      c.withUnsafeMutableBufferPointer { c in
        guard let target = c.baseAddress else { return }
        PanelProduct.multiply(
          a, b, PanelProduct.Tile(inner: inner, width: width, rows: 8, columns: width),
          PanelProduct.Ends(start: nil, rectifies: false), into: target, stride: width)
      }
      values.formUnion(c.map(\.bitPattern))
    }
    #expect(values.count == 1)
  }

  @Test func copiesRowsWithSteps() {
    let source = (0..<40).map { Float($0) }
    var target = [Float](repeating: -1, count: 40)
    PanelProduct.copyRows(to: &target, stride: 20, from: source, stride: 19, step: 1, rows: 2, count: 17)
    #expect(Array(target[..<18]) == source[..<17] + [-1])
    #expect(Array(target[20..<38]) == source[19..<36] + [-1])
    PanelProduct.copyRows(to: &target, stride: 4, from: source, stride: 10, step: 3, rows: 2, count: 3)
    #expect(Array(target[..<8]) == [0, 3, 6, 3, 10, 13, 16, 7])
  }

  @Test func widthsAreWholeSteps() {
    #expect([1, 16, 17, 33, 48, 200].map { PanelProduct.width($0) } == [16, 16, 32, 48, 48, 48])
  }
}
