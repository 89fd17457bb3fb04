import DataFrames
import Learning
import Tensors
import Testing

@testable import Trees

struct RandomForestTests {
  /// Rows of which the first two columns tell the class, or the number.
  private static func data(_ count: Int, classes: Bool) -> Dataset {
    var generator = SeededGenerator(seed: 9, purpose: .test)
    var rows = Matrix(rows: count, columns: 5)
    for index in rows.elements.indices { rows.elements[index] = Double.random(in: -1...1, using: &generator) }
    let sums = (0..<count).map { rows[$0, 0] + rows[$0, 1] + Double.random(in: -0.1...0.1, using: &generator) }
    return Dataset(
      features: numberFeatures(5), rows: rows,
      target: classes ? .classes(sums.map { $0 > 0 ? 1 : 0 }, names: ["low", "high"]) : .values(sums))
  }

  private static func fit(
    _ data: Dataset, _ forest: RandomForest = RandomForest(trees: 20), seed: UInt64 = 1, workers: Int = 1
  ) -> RandomForest.Model {
    var generator = SeededGenerator(seed: seed, purpose: .test)
    return forest.fit(data, workers: Workers(count: workers), using: &generator)
  }

  @Test(arguments: [true, false]) func theSameSeedGivesTheSameForestOnAnyThreads(classes: Bool) {
    let data = Self.data(150, classes: classes)
    let model = Self.fit(data)
    for workers in [1, 2, 3] {
      let other = Self.fit(data, workers: workers)
      #expect(other.ensemble == model.ensemble)
      #expect(other.outOfBag.elements.map(\.bitPattern) == model.outOfBag.elements.map(\.bitPattern))
    }
    #expect(Self.fit(data, seed: 2).ensemble != model.ensemble)
  }

  @Test(arguments: [true, false]) func outOfBagPredictionsComeFromTreesThatDidNotSeeTheRow(classes: Bool) {
    let data = Self.data(60, classes: classes)
    let model = Self.fit(data, RandomForest(trees: 4))
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let seed = generator.next()
    let isDrawn = (0..<4).map { tree in
      var generator = SeededGenerator(seed: seed, stream: UInt64(tree), purpose: .tree)
      return Set((0..<60).map { _ in Int.random(in: 0..<60, using: &generator) })
    }
    for row in 0..<60 {
      let trees = (0..<4).filter { !isDrawn[$0].contains(row) }.map { model.ensemble.trees[$0] }
      let expected = model.ensemble.mean(of: data.rows.row(row), over: trees)
      for (value, wanted) in zip(model.outOfBag.row(row), expected) {
        #expect(trees.isEmpty ? value.isNaN : value == wanted)
      }
    }
    // A row is left out of a tree with the chance (1 − 1/60)⁶⁰ = 0.365: of all four trees, one row in 56 is in.
    #expect(isDrawn.allSatisfy { (28...48).contains($0.count) })
  }

  @Test func learnsWhatThereIsToLearn() throws {
    for classes in [true, false] {
      let data = Self.data(600, classes: classes)
      let model = Self.fit(data.selectingRows(Array(0..<400)))
      let rest = data.selectingRows(Array(400..<600))
      let metrics = Metrics.of(model.predict(rest.rows, workers: .one), target: rest.target)
      #expect(try #require(metrics.first).value > 0.85)
    }
  }

  @Test func groupedAndExactSplitsAgreeInQuality() throws {
    // 20,001 rows are grouped; the same rows but one are not.
    let data = Self.data(20_001, classes: true)
    let accuracies = [20_001, 20_000].map { count in
      let part = data.selectingRows(Array(0..<count))
      let model = Self.fit(part, RandomForest(trees: 5, maximumDepth: 8))
      return Metrics.of(model.predict(part.rows, workers: .one), target: part.target)[0].value
    }
    #expect((accuracies[0] - accuracies[1]).magnitude < 0.02 && accuracies[0] > 0.9)
  }

  @Test func heavyTiesInManyRowsAreGrown() {
    // Nine tenths of each column are one value, the target is noise.
    var generator = SeededGenerator(seed: 10, purpose: .test)
    var rows = Matrix(rows: 21_000, columns: 2)
    for index in rows.elements.indices where Int.random(in: 0..<10, using: &generator) == 0 {
      rows.elements[index] = Double.random(in: -1...1, using: &generator)
    }
    let codes = (0..<21_000).map { _ in Int.random(in: 0...2, using: &generator) }
    let data = Dataset(features: numberFeatures(2), rows: rows, target: .classes(codes, names: ["a", "b", "c"]))
    let model = Self.fit(data, RandomForest(trees: 2, maximumBins: 16))
    // At most 16 times 16 different rows can be told apart.
    #expect(model.ensemble.trees.allSatisfy { (2...256).contains($0.leafCount) })
  }

  @Test func oneRowAndColumnsWithoutValues() {
    let one = Dataset(
      features: numberFeatures(2), rows: Matrix(rows: 1, columns: 2, elements: [1, .nan]), target: .values([7]))
    let model = Self.fit(one)
    #expect(model.predict(one.rows, workers: .one).elements == [7])
    #expect(model.outOfBag.elements.allSatisfy { $0.isNaN })
  }
}
