import DataFrames
import Learning
import Tensors
import Testing

@testable import Trees

struct DecisionTreeTests {
  private static func fit(_ data: Dataset, _ tree: DecisionTree = DecisionTree()) -> DecisionTree.Model {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    return tree.fit(data, workers: .one, using: &generator)
  }

  private static func matrix(_ rows: [[Double]]) -> Matrix {
    Matrix(rows: rows.count, columns: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
  }

  @Test func growsByHand() {
    let data = Dataset(
      features: numberFeatures(2), rows: Self.matrix([[1, 3], [5, 4], [6, 2], [1, 7], [5, 8], [6, 9]]),
      target: .classes([1, 0, 0, 1, 1, 1], names: ["a", "b"]))
    let model = Self.fit(data)
    // Gini at the root, 2 a and 4 b: 1 − (2/6)² − (4/6)² = 4/9. Column 1 at 5.5: left 1 b of 3, 4/9; right pure: gain
    // 4/9 − (3/6)(4/9) = 2/9.
    // Column 0 at 3: left pure (2 b), right 2 b of 4, 1/2: gain 4/9 − (4/6)(1/2) = 1/9.
    // Below left: column 0 at 3 takes all that is left, 4/9 of half of the rows.
    let tree = model.ensemble.trees[0]
    #expect(tree.nodes.map(\.isLeaf) == [false, false, true, true, true])
    #expect(tree.nodes[0].slot == 1 && tree.nodes[0].threshold == 5.5)
    #expect(tree.nodes[1].slot == 0 && tree.nodes[1].threshold == 3)
    #expect((tree.decreases[0] - 2 / 9).magnitude < 1e-7 && (tree.decreases[1] - 2 / 9).magnitude < 1e-7)
    #expect(tree.decreases[2...].allSatisfy { $0 == 0 })
    #expect(model.predict(data.rows, workers: .one).elements == [0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1])
  }

  @Test func equallyGoodColumnsGoToTheFirst() {
    let data = Dataset(
      features: numberFeatures(3), rows: Self.matrix([[1, 1, 1], [1, 2, 2]]), target: .values([1, 2]))
    for seed in 0..<20 {
      var generator = SeededGenerator(seed: UInt64(seed), purpose: .test)
      #expect(DecisionTree().fit(data, workers: .one, using: &generator).ensemble.columns == [1])
    }
  }

  @Test(arguments: ["gini", "entropy", "variance"]) func agreesWithScikitLearn(name: String) throws {
    let references = try TreeReferences.load()
    let reference = name == "gini" ? references.gini : name == "entropy" ? references.entropy : references.variance
    let target: Target =
      name == "variance"
      ? .values(references.numbers)
      : .classes(references.classes, names: (0...(references.classes.max() ?? 0)).map { "\($0)" })
    let data = Dataset(
      features: numberFeatures(references.rows[0].count), rows: Self.matrix(references.rows), target: target)
    let model = Self.fit(
      data, DecisionTree(criterion: name == "entropy" ? .entropy : .gini, minimumSamplesLeaf: 12))
    let tree = model.ensemble.trees[0]
    #expect(tree.nodes.count == reference.nodes.count)
    var waiting = [0]
    for expected in reference.nodes {
      let place = waiting.popLast()
      let node = tree.nodes[try #require(place)]
      #expect(node.isLeaf == (expected[0] < 0))
      if node.isLeaf {
        let values = tree.leafValues[node.leaf * model.outputs..<(node.leaf + 1) * model.outputs]
        for (value, wanted) in zip(values, expected[2...]) { #expect((value - wanted).magnitude < 1e-12) }
      } else {
        #expect(model.ensemble.columns[Int(node.slot)] == Int(expected[0]))
        // The middle of two Floats, as a Double there and rounded to a Float here.
        #expect(node.threshold == Float(expected[1]))
        waiting += [Int(node.firstChild) + 1, Int(node.firstChild)]
      }
    }
    let predictions = model.predict(Self.matrix(references.fresh), workers: .one).elements
    for (value, wanted) in zip(predictions, reference.predictions.joined()) {
      #expect((value - wanted).magnitude < 1e-12)
    }
  }

  @Test func aMissingCellGoesWhereItHelpedInTraining() {
    // Missing cells have the target of the large numbers, then that of the small ones.
    for (target, prediction) in [([1.0, 1, 9, 9, 9], 9.0), ([1, 1, 9, 9, 1], 1)] {
      let data = Dataset(
        features: numberFeatures(1), rows: Self.matrix([[1], [2], [3], [4], [.nan]]), target: .values(target))
      let model = Self.fit(data, DecisionTree(maximumDepth: 1))
      let predictions = model.predict(Self.matrix([[.nan], [0], [100]]), workers: .one).elements
      for (value, wanted) in zip(predictions, [prediction, 1, 9]) { #expect((value - wanted).magnitude < 1e-12) }
    }
  }

  @Test func shapeIsLimited() {
    var generator = SeededGenerator(seed: 5, purpose: .test)
    let cells = (0..<200).map { _ in Double.random(in: 0..<1, using: &generator) }
    let data = Dataset(
      features: numberFeatures(2), rows: Matrix(rows: 100, columns: 2, elements: cells),
      target: .values((0..<100).map { cells[2 * $0] * cells[2 * $0 + 1] }))
    #expect(Self.fit(data, DecisionTree(maximumDepth: 0)).ensemble.leafCount == 1)
    #expect(Self.fit(data, DecisionTree(maximumDepth: 3)).ensemble.leafCount == 8)
    #expect(Self.fit(data).ensemble.leafCount == 100)
    let model = Self.fit(data, DecisionTree(minimumSamplesLeaf: 7))
    var sizes = [Int](repeating: 0, count: model.ensemble.leafCount)
    for row in 0..<100 { sizes[model.ensemble.leaf(of: data.rows.row(row), in: model.ensemble.trees[0])] += 1 }
    #expect(sizes.allSatisfy { $0 >= 7 } && sizes.count > 7)
  }

  @Test func theOrderOfTheRowsDoesNotMatter() {
    var generator = SeededGenerator(seed: 6, purpose: .test)
    for trial in 0..<50 {
      let data = RandomNode(classCount: 2 + trial % 3, withCategories: true, using: &generator).data
      let shuffled = data.selectingRows((0..<data.count).shuffled(using: &generator))
      #expect(Self.fit(data).ensemble == Self.fit(shuffled).ensemble, "trial \(trial)")
    }
  }

  @Test func neverPartsNumbersThatAreEqualAsFloat() {
    let data = Dataset(
      features: numberFeatures(1), rows: Self.matrix([[0.1], [Double(0.1).nextUp], [1e300], [1e301]]),
      target: .classes([0, 1, 0, 1], names: ["a", "b"]))
    let model = Self.fit(data)
    #expect(model.ensemble.leafCount == 2)
    #expect(model.predict(data.rows, workers: .one).elements == [Double](repeating: 0.5, count: 8))
  }

  @Test func categoriesBeyondTheCodesGoWithTheMissingCells() {
    let levels = (0..<70_000).map { "\($0)" }
    for (target, prediction) in [([1.0, 1, 9, 9, 9], 9.0), ([1, 1, 9, 9, 1], 1)] {
      let data = Dataset(
        features: [Feature(name: "word", kind: .category(levels: levels))],
        rows: Self.matrix([[0], [1], [2], [3], [69_000]]), target: .values(target))
      let predictions = Self.fit(data).predict(Self.matrix([[69_000], [69_999], [.nan]]), workers: .one)
      #expect(predictions.elements.allSatisfy { ($0 - prediction).magnitude < 1e-12 })
    }
  }

  @Test func oddDataMakeALeaf() {
    let words = [Feature(name: "word", kind: .category(levels: ["only"]))]
    let oneLeaf = [
      Dataset(features: numberFeatures(1), rows: Self.matrix([[1]]), target: .values([3])),
      Dataset(features: numberFeatures(1), rows: Self.matrix([[.nan], [.nan]]), target: .values([3, 4])),
      Dataset(features: numberFeatures(2), rows: Self.matrix([[1, 2], [1, 2]]), target: .values([3, 4])),
      Dataset(features: words, rows: Self.matrix([[0], [0]]), target: .classes([0, 1], names: ["a", "b"])),
      Dataset(features: [], rows: Matrix(rows: 2, columns: 0), target: .values([3, 4])),
    ]
    for data in oneLeaf {
      let model = Self.fit(data)
      #expect(model.ensemble.leafCount == 1)
      let predictions = model.predict(data.rows, workers: .one)
      #expect(predictions.rows == data.count && predictions.elements.allSatisfy { !$0.isNaN })
    }
  }

  @Test func hugeAndTinyTargetsAreLearned() {
    for scale in [1e-250, 1e-30, 1, 1e30, 1e250] {
      let data = Dataset(
        features: numberFeatures(1), rows: Self.matrix([[1], [2], [3], [4], [5]]),
        target: .values([1, 1, 1, 2, 2].map { $0 * scale }))
      let model = Self.fit(data)
      #expect(model.ensemble.trees[0].nodes[0].threshold == 3.5, "times \(scale)")
      #expect(model.ensemble.leafCount == 2, "times \(scale)")
      #expect(model.ensemble.trees[0].decreases[0].isFinite && model.ensemble.trees[0].decreases[0] > 0)
    }
  }
}
