import Tensors
import Testing

@Suite struct MatrixTests {
  @Test func elementsStandRowAfterRow() {
    var matrix = Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])
    #expect(matrix[0, 2] == 3)
    #expect(matrix[1, 0] == 4)
    #expect(Array(matrix.row(1)) == [4, 5, 6])
    matrix[1, 0] = 7
    #expect(matrix.elements == [1, 2, 3, 7, 5, 6])
  }

  @Test func aRepeatedValueFillsTheShape() {
    #expect(Matrix(rows: 2, columns: 2, repeating: 0.5) == Matrix(rows: 2, columns: 2, elements: [0.5, 0.5, 0.5, 0.5]))
    #expect(Matrix(rows: 0, columns: 3).elements.isEmpty)
  }

  @Test func selectsRowsInTheGivenOrderAndAsOftenAsGiven() {
    let matrix = Matrix(rows: 3, columns: 2, elements: [1, 2, 3, 4, 5, 6])
    #expect(matrix.selectingRows([2, 0, 2]) == Matrix(rows: 3, columns: 2, elements: [5, 6, 1, 2, 5, 6]))
    #expect(matrix.selectingRows([]) == Matrix(rows: 0, columns: 2))
    #expect(matrix.selectingRows(0..<3) == matrix)
  }
}
