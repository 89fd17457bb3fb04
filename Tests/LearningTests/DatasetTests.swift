import DataFrames
import Learning
import Tensors
import Testing

struct DatasetTests {
  @Test func selectsRowsWithTheirTargets() {
    let features = [Feature(name: "x", kind: .number), Feature(name: "w", kind: .category(levels: ["a", "b"]))]
    let data = Dataset(
      features: features, rows: Matrix(rows: 3, columns: 2, elements: [1, 0, 2, 1, 3, 0]), target: .values([7, 8, 9]))
    #expect(data.count == 3 && data.levelCounts == [nil, 2])
    let selected = data.selectingRows([2, 0, 2])
    #expect(selected.rows.elements == [3, 0, 1, 0, 3, 0] && selected.target == .values([9, 7, 9]))
    #expect(selected.features == features)
  }

  @Test func targetsKnowWhichRowsAreKnown() {
    let classes = Target.classes([1, -1, 0], names: ["a", "b"])
    #expect(classes.knownRows == [0, 2] && classes.count == 3 && classes.classNames == ["a", "b"])
    #expect(classes.selectingRows([1, 2]) == .classes([-1, 0], names: ["a", "b"]))
    let numbers = Target.values([.nan, 4])
    #expect(numbers.knownRows == [1] && numbers.count == 2 && numbers.classNames == nil)
  }
}
