import DataFrames
import Learning
import Tensors
import Testing
import Trees

@testable import Surrogates

@Suite struct DiscretizerTests {
  @Test func percentilesAsNumpy() {
    // numpy.percentile([1, 2, 4, 8, 16], [10, 25, 50, 90]) = 1.4, 2, 4, 12.8
    #expect(Discretizer.percentiles([10, 25, 50, 90], of: [16, 1, 4, .nan, 2, 8]) == [1.4, 2, 4, 12.8])
    #expect(Discretizer.percentiles([25, 50, 75], of: [3, 3, 3, 3]) == [3])
    #expect(Discretizer.percentiles([50], of: [.nan]) == [])
  }

  private func data(_ values: [Double], _ target: Target) -> Dataset {
    Dataset(
      features: [Feature(name: "x", kind: .number)], rows: Matrix(rows: values.count, columns: 1, elements: values),
      target: target)
  }

  @Test func entropyBinsAreATreesSplits() {
    // Classes change at 2.5 and at 4.5 and nowhere else; a missing cell is left out.
    let classes = data(
      [1, 2, 3, 4, 5, 6, .nan], .classes([0, 0, 1, 1, 0, 0, 1], names: ["a", "b"]))
    #expect(Discretizer(classes, binning: .entropy).bins(ofColumn: 0).cuts == [2.5, 4.5])
    // For a number the variance decides.
    let numbers = data([1, 2, 3, 4], .values([0, 0, 9, 9]))
    #expect(Discretizer(numbers, binning: .entropy).bins(ofColumn: 0).cuts == [2.5])
    // A column that tells nothing is cut at its median.
    let useless = data([1, 1, 1], .classes([0, 1, 0], names: ["a", "b"]))
    #expect(Discretizer(useless, binning: .entropy).bins(ofColumn: 0).cuts == [1])
  }

  @Test func entropyBinsAreAtMostEight() {
    let many = TestTables.random(rows: 300, classes: 3, seed: 4)
    let cuts = Discretizer(many, binning: .entropy).bins(ofColumn: 0).cuts ?? []
    #expect(cuts.count > 1 && cuts.count <= 7)
    #expect(cuts == cuts.sorted())
  }

  @Test func treeBinsAreTheMainThresholds() {
    let data = TestTables.random(rows: 200, classes: 2, seed: 9)
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let forest = RandomForest(trees: 10).fit(data, workers: .one, using: &generator)
    let discretizer = Discretizer(data, binning: .tree(forest.ensemble))
    // By hand: sum the decreases of each threshold of column 0, take the seven largest.
    var sums: [Float: Double] = [:]
    for tree in forest.ensemble.trees {
      for (node, decrease) in zip(tree.nodes, tree.decreases)
      where !node.isLeaf && forest.ensemble.columns[Int(node.slot)] == 0 {
        sums[node.threshold, default: 0] += Double(decrease)
      }
    }
    let cuts = discretizer.bins(ofColumn: 0).cuts ?? []
    #expect(cuts.count == 7 && cuts == cuts.sorted())
    let least = cuts.map { sums[Float($0)] ?? 0 }.min() ?? 0
    #expect(sums.filter { !cuts.contains(Double($0.key)) }.allSatisfy { $0.value <= least })
    // A column that no tree uses has one bin.
    #expect(discretizer.bins(ofColumn: 4).cuts == [])
  }
}
