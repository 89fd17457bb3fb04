import DataFrames
import Foundation
import Learning
import Tensors
import Testing

@testable import Trees

/// Trees of scikit-learn with the figures of every node.
struct CartReferences: Decodable {
  struct Node: Decodable {
    let column, count: Int
    let threshold, weight, impurity: Double
    let values: [Double]
  }
  struct Options: Decodable {
    let min_samples_leaf, max_leaf_nodes, max_depth: Int?
    let criterion, class_weight: String?
  }
  struct Pruned: Decodable {
    let alpha: Double
    let nodes: [Node]
  }
  struct Case: Decodable {
    let name: String
    let options: Options
    let nodes: [Node]
    let importances, alphas, impurities: [Double]
    let pruned: [Pruned]
    let rows: [[Double]]
    let classes: [Int]
    let numbers: [Double]

    /// The data of the case, its weights, and the tree grown on them.
    func fit() -> (data: Dataset, weights: [Double]?, tree: DecisionTree, ensemble: TreeEnsemble) {
      let isNumber = name.hasPrefix("number")
      let data = Dataset(
        features: numberFeatures(5), rows: Matrix(rows: rows.count, columns: 5, elements: rows.flatMap { $0 }),
        target: isNumber ? .values(numbers) : .classes(classes, names: ["a", "b", "c"]))
      var weights: [Double]?
      if options.class_weight != nil {
        let counts = (0..<3).map { code in Double(classes.count { $0 == code }) }
        weights = classes.map { Double(classes.count) / (3 * counts[$0]) }
      }
      let tree = DecisionTree(
        criterion: options.criterion == "entropy" ? .entropy : .gini, maximumDepth: options.max_depth,
        minimumSamplesLeaf: options.min_samples_leaf ?? 1, maximumLeaves: options.max_leaf_nodes)
      var generator = SeededGenerator(seed: 0, purpose: .test)
      return (data, weights, tree, tree.fit(data, weights: weights, workers: .one, using: &generator).ensemble)
    }
  }

  let cases: [Case]

  static func load() throws -> CartReferences {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../References/cart.json")
    return try JSONDecoder().decode(CartReferences.self, from: Data(contentsOf: file))
  }

  /// Compares a tree, a parent before its left and its right branch, with scikit-learn's.
  static func expect(
    _ ensemble: TreeEnsemble, _ statistics: TreeStatistics, equals nodes: [Node], _ name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let tree = ensemble.trees[0]
    #expect(tree.nodes.count == nodes.count, "\(name)", sourceLocation: sourceLocation)
    guard tree.nodes.count == nodes.count else { return }
    var waiting = [0]
    for expected in nodes {
      let place = waiting.removeLast()
      let node = tree.nodes[place]
      let own = statistics.nodes[place]
      let isSame =
        node.isLeaf == (expected.column < 0)
        && (node.isLeaf
          || ensemble.columns[Int(node.slot)] == expected.column && node.threshold == Float(expected.threshold))
      #expect(isSame, "\(name), node \(place)", sourceLocation: sourceLocation)
      let isCounted = own.count == expected.count && (own.weight - expected.weight).magnitude < 1e-9
      #expect(isCounted, "\(name), node \(place)", sourceLocation: sourceLocation)
      // scikit-learn sums squares of numbers before it takes the mean off, so its variances have fewer digits.
      #expect(
        (own.impurity - expected.impurity).magnitude < 1e-10, "\(name), node \(place)", sourceLocation: sourceLocation)
      for (value, wanted) in zip(own.values, expected.values) {
        #expect((value - wanted).magnitude < 1e-10, "\(name), node \(place)", sourceLocation: sourceLocation)
      }
      if !node.isLeaf { waiting += [Int(node.firstChild) + 1, Int(node.firstChild)] }
    }
  }
}

@Suite struct TreeStatisticsTests {
  @Test func nodesAndImportancesAreThoseOfScikitLearn() throws {
    let references = try CartReferences.load()
    #expect(references.cases.count == 7)
    for item in references.cases {
      let (data, weights, tree, ensemble) = item.fit()
      let statistics = TreeStatistics(ensemble, data, weights: weights, criterion: tree.criterion)
      CartReferences.expect(ensemble, statistics, equals: item.nodes, item.name)
      let shares = statistics.importances(ensemble, columnCount: 5)
      for (share, wanted) in zip(shares, item.importances) {
        #expect((share - wanted).magnitude < 1e-10, "\(item.name)")
      }
      // What the grower itself notes of each test is a Float.
      let noted = try #require(ImpurityImportance.of(ensemble, columnCount: 5))
      for (share, wanted) in zip(noted, item.importances) { #expect((share - wanted).magnitude < 1e-5, "\(item.name)") }
    }
  }

  /// Root 1 1 1 0: Gini 3/8, entropy 0.811 bits; the test takes all of it away.
  @Test func byHand() {
    let data = Dataset(
      features: numberFeatures(2), rows: Matrix(rows: 4, columns: 2, elements: [5, 1, 5, 1, 5, 1, 5, 2]),
      target: .classes([1, 1, 1, 0], names: ["a", "b"]))
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let ensemble = DecisionTree().fit(data, workers: .one, using: &generator).ensemble
    let gini = TreeStatistics(ensemble, data, weights: nil, criterion: .gini)
    #expect(gini.nodes.map(\.count) == [4, 3, 1])
    #expect(gini.nodes.map(\.impurity) == [0.375, 0, 0] && gini.nodes[0].values == [0.25, 0.75])
    let entropy = TreeStatistics(ensemble, data, weights: nil, criterion: .entropy)
    #expect((entropy.nodes[0].impurity - 0.811_278_124_459_132_8).magnitude < 1e-15)
    #expect(gini.importances(ensemble, columnCount: 2) == [0, 1])
  }

  @Test func aTreeWithoutATestHasNoImportances() {
    let data = Dataset(
      features: numberFeatures(1), rows: Matrix(rows: 2, columns: 1, elements: [1, 1]), target: .values([1, 2]))
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let ensemble = DecisionTree().fit(data, workers: .one, using: &generator).ensemble
    let statistics = TreeStatistics(ensemble, data, weights: nil, criterion: .gini)
    #expect(statistics.importances(ensemble, columnCount: 1) == [0])
    #expect(statistics.nodes[0].impurity == 0.25 && statistics.criterion == .variance)
    #expect(ImpurityImportance.of(ensemble, columnCount: 1) == nil)
  }
}
