import DataFrames
import Learning
import Tensors
import Testing

@testable import Trees

struct TreeGrowerTests {
  static func grow(
    _ node: RandomNode, _ criterion: Criterion?, columnsPerNode: Int, maximumDepth: Int = .max,
    minimumLeafWeight: Double = 1, using generator: inout SeededGenerator
  ) -> TreeEnsemble {
    let ranked = RankedColumns(
      node.data.rows, levelCounts: node.data.levelCounts, maximumBins: 100, workers: .one)
    let learner = TreeLearner(node.data.target, criterion: criterion)
    var grower = TreeGrower(
      ranked, learner, weights: node.weights,
      settings: TreeGrower.Settings(
        criterion: learner.criterion, columnsPerNode: columnsPerNode, maximumDepth: maximumDepth,
        minimumLeafWeight: minimumLeafWeight, maximumLeaves: nil, prefersFirstColumn: true))
    return TreeEnsemble(
      [grower.grow(using: &generator)], columnCount: node.data.features.count, outputs: max(1, learner.classCount))
  }

  /// Whether `row` goes left at the root.
  static func goesLeft(_ ensemble: TreeEnsemble, _ row: ArraySlice<Double>) -> Bool {
    let tree = ensemble.trees[0]
    return ensemble.leaf(of: row, in: tree) == tree.nodes[Int(tree.nodes[0].firstChild)].leaf
  }

  @Test(arguments: [
    (0, Criterion.variance, false), (0, .variance, true), (2, .gini, false), (2, .gini, true), (2, .entropy, true),
    (3, .gini, true), (3, .entropy, false), (5, .gini, true), (5, .entropy, true),
  ])
  func findsTheBestSplitThatThereIs(classCount: Int, criterion: Criterion, withCategories: Bool) throws {
    var generator = SeededGenerator(seed: 1, stream: UInt64(classCount), purpose: .test)
    var compared = 0
    for trial in 0..<300 {
      let node = RandomNode(classCount: classCount, withCategories: withCategories, using: &generator)
      // The order of categories by mean is best only where any weight may go on a side.
      let minimumWeight = withCategories ? 1 : Double(trial % 4 + 1)
      let slow = ExhaustiveSplit(node: node, criterion: criterion, minimumWeight: minimumWeight)
      let isLeftAlone = slow.loss(goesLeft: [Bool](repeating: true, count: node.data.count))
      let fast = Self.grow(
        node, criterion, columnsPerNode: 3, maximumDepth: 1, minimumLeafWeight: minimumWeight, using: &generator)
      guard fast.leafCount == 2 else {
        #expect(slow.least == nil || isLeftAlone == 0 || isLeftAlone < 1e-12, "trial \(trial)")
        continue
      }
      compared += 1
      let goesLeft = (0..<node.data.count).map { Self.goesLeft(fast, node.data.rows.row($0)) }
      let loss = slow.loss(goesLeft: goesLeft)
      let least = try #require(slow.least)
      #expect((loss - least).magnitude <= 1e-9 * max(1, least), "trial \(trial)")
      // What the node says it gained is what it gained, per weight of the tree.
      let unit = TreeLearner(node.data.target, criterion: criterion).unit
      let gain = (isLeftAlone - loss) / node.weights.reduce(0, +) / (unit * unit)
      #expect((Double(fast.trees[0].decreases[0]) - gain).magnitude < 1e-6, "trial \(trial)")
    }
    #expect(compared > 200)
  }

  @Test func fallsAsideOnlyWhereRowsAreAlike() {
    // Few values a column: many columns become constant on the way down, and those of one branch must not be taken
    // for constant in another.
    var generator = SeededGenerator(seed: 2, purpose: .test)
    for trial in 0..<40 {
      var rows = Matrix(rows: 120, columns: 12)
      for index in rows.elements.indices { rows.elements[index] = Double(Int.random(in: 0...1, using: &generator)) }
      let codes = (0..<rows.rows).map { _ in Int.random(in: 0...1, using: &generator) }
      var node = RandomNode(classCount: 2, withCategories: false, using: &generator)
      node.data = Dataset(features: numberFeatures(12), rows: rows, target: .classes(codes, names: ["a", "b"]))
      node.weights = [Double](repeating: 1, count: rows.rows)
      let ensemble = Self.grow(node, nil, columnsPerNode: 1 + trial % 3, using: &generator)
      var rowOfLeaf: [Int: Int] = [:]
      for row in 0..<rows.rows {
        let leaf = ensemble.leaf(of: rows.row(row), in: ensemble.trees[0])
        let other = rowOfLeaf[leaf] ?? row
        rowOfLeaf[leaf] = other
        #expect(codes[row] == codes[other] || rows.row(row).elementsEqual(rows.row(other)), "trial \(trial)")
      }
    }
  }

  @Test func sendsUnseenCategoriesAndMissingCellsToTheHeavierSide() {
    // Categories 0 and 1 are seen, 2 and 3 are not, and no cell is missing.
    for isHeavyLeft in [true, false] {
      let codes = isHeavyLeft ? [0, 0, 0, 1] : [0, 1, 1, 1]
      var generator = SeededGenerator(seed: 3, purpose: .test)
      var node = RandomNode(classCount: 2, withCategories: false, using: &generator)
      node.data = Dataset(
        features: [.init(name: "word", kind: .category(levels: ["a", "b", "c", "d"]))],
        rows: Matrix(rows: 4, columns: 1, elements: codes.map(Double.init)),
        target: .classes(codes, names: ["no", "yes"]))
      node.weights = [1, 1, 1, 1]
      let ensemble = Self.grow(node, nil, columnsPerNode: 1, using: &generator)
      let cells = Matrix(rows: 5, columns: 1, elements: [0, 1, 2, 3, .nan])
      let heavy = isHeavyLeft ? [1.0, 0] : [0, 1]
      #expect(
        ensemble.predict(cells, workers: .one).elements == [1, 0] + [0, 1] + heavy + heavy + heavy)
    }
  }
}
