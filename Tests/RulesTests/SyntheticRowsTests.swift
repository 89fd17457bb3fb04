import DataFrames
import Tensors
import Testing

@testable import Rules

@Suite struct SyntheticRowsTests {
  private static let features = [
    Feature(name: "smooth", kind: .number), Feature(name: "whole", kind: .number),
    Feature(name: "word", kind: .category(levels: ["a", "b", "c", "d"])), Feature(name: "few", kind: .number),
    Feature(name: "gone", kind: .number),
  ]

  private static func rows() -> Matrix {
    var generator = SeededGenerator(seed: 8, purpose: .test)
    var cells: [Double] = []
    for row in 0..<200 {
      cells.append(row % 9 == 0 ? .nan : generator.uniform())
      cells.append(Double(Int.random(in: 0..<1000, using: &generator)))
      cells.append(row % 7 == 0 ? .nan : Double(Int.random(in: 0..<3, using: &generator)))
      cells += [row % 2 == 0 ? 0.5 : 1.25, .nan]
    }
    return Matrix(rows: 200, columns: 5, elements: cells)
  }

  @Test func cellsAreSuchAsTheirColumnHas() {
    let rows = Self.rows()
    let drawn = SyntheticRows(rows, features: Self.features).draw(3000, seed: 1, workers: .one)
    #expect(drawn.rows == 3000 && drawn.columns == 5)
    func cells(_ matrix: Matrix, _ column: Int) -> [Double] { (0..<matrix.rows).map { matrix[$0, column] } }
    func known(_ column: Int) -> Set<Double> { Set(cells(rows, column).filter { !$0.isNaN }) }
    let smooth = cells(drawn, 0).filter { !$0.isNaN }
    #expect(smooth.allSatisfy { (0...1).contains($0) })
    // Numbers lie between those that occur; whole numbers, few numbers and words are those that occur.
    #expect(Set(smooth).subtracting(known(0)).count > 1000)
    for column in [1, 2, 3] { #expect(Set(cells(drawn, column).filter { !$0.isNaN }).isSubset(of: known(column))) }
    for (column, share) in [(0, 23.0 / 200), (2, 29.0 / 200)] {
      let missing = Double(cells(drawn, column).count { $0.isNaN }) / 3000
      // Four standard errors of a share of about 0.13 of 3,000.
      #expect((missing - share).magnitude < 0.025, "\(missing)")
    }
    let gone = cells(drawn, 4).count { $0.isNaN }
    #expect(gone == 3000)
  }

  @Test func aRowIsTheSameForAnyThreadsAndAnyCount() {
    let source = SyntheticRows(Self.rows(), features: Self.features)
    func bits(_ matrix: Matrix) -> [UInt64] { matrix.elements.map(\.bitPattern) }
    let one = source.draw(1100, seed: 3, workers: .one)
    #expect(bits(one) == bits(source.draw(1100, seed: 3, workers: Workers(count: 3))))
    #expect(bits(one).prefix(50 * 5) == bits(source.draw(50, seed: 3, workers: .one))[...])
    #expect(bits(one) != bits(source.draw(1100, seed: 4, workers: .one)))
  }

  @Test func noRowsGiveNone() {
    let none = SyntheticRows(Matrix(rows: 0, columns: 5), features: Self.features)
    #expect(none.draw(9, seed: 1, workers: .one).rows == 0)
    #expect(SyntheticRows(Self.rows(), features: Self.features).draw(0, seed: 1, workers: .one).rows == 0)
  }
}
