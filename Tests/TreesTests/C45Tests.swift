import DataFrames
import Learning
import RealModule
import Tensors
import Testing

@testable import Trees

struct C45Tests {
  @Test func equalsWekaJ48() throws {
    for table in try C45References.load().tables {
      for reference in table.trees {
        let comment: Comment = "\(table.name), \(reference.options)"
        let tree = reference.learner.fit(table.data, workers: Workers(count: 2)).tree
        #expect(tree.leafCount == reference.leaves && tree.nodes.count == reference.size, comment)
        let order = tree.preorder
        guard order.count == reference.nodes.count else { continue }
        for (index, expected) in zip(order, reference.nodes) {
          let node = tree.nodes[index]
          let threshold = node.isLeaf || node.isCategorical ? 0 : node.threshold
          #expect([Double(node.column), threshold, Double(node.childCount)] == expected[..<3], comment)
          for (ours, theirs) in zip(tree.classWeights(index), expected[3...]) {
            #expect((ours - theirs).magnitude < 1e-9, comment)
          }
        }
        let known = table.rows.prefix(reference.predictions.count - table.fresh.count)
        let rows = C45References.Table.matrix(known + table.fresh)
        let predictions = tree.predict(rows, workers: .one)
        for row in 0..<rows.rows {
          for (ours, theirs) in zip(predictions.row(row), reference.predictions[row]) {
            #expect((ours - theirs).magnitude < 1e-9, comment)
          }
        }
      }
    }
  }

  /// Numbers with ties, two columns of categories, three classes, and missing cells in every second table.
  private static func table(seed: UInt64, count: Int = 80) -> Dataset {
    var generator = SeededGenerator(seed: seed, purpose: .test)
    let missing = seed % 2 == 0 ? 0.0 : 0.15
    var cells: [Double] = []
    var codes: [Int] = []
    for _ in 0..<count {
      let row = [
        Double(Int.random(in: 0..<30, using: &generator)) / 4, Double.random(in: -1..<1, using: &generator),
        Double(Int.random(in: 0..<4, using: &generator)), Double(Int.random(in: 0..<2, using: &generator)),
      ]
      let score = row[0] / 4 + row[1] + (row[2] == 1 ? 1 : 0) - row[3] + Double.random(in: 0..<1.5, using: &generator)
      codes.append(score < 0.8 ? 0 : score < 1.8 ? 1 : 2)
      cells += row.map { Double.random(in: 0..<1, using: &generator) < missing ? .nan : $0 }
    }
    return Dataset(
      features: numberFeatures(2) + [
        Feature(name: "c", kind: .category(levels: ["p", "q", "r", "s"])),
        Feature(name: "d", kind: .category(levels: ["no", "yes"])),
      ], rows: Matrix(rows: count, columns: 4, elements: cells), target: .classes(codes, names: ["a", "b", "c"]))
  }

  private static func codes(_ data: Dataset) -> [Int] {
    if case .classes(let codes, _) = data.target { codes } else { [] }
  }

  @Test func agreesWithTheLiteralForm() {
    var raised = 0
    for seed in 0..<24 as Range<UInt64> {
      let data = Self.table(seed: seed)
      for variant in 0..<3 {
        var learner = C45()
        learner.isPruned = variant > 0
        if variant == 2 {
          learner.errors = PessimisticErrors(confidence: 0.4, quantile: .release8)
          learner.minimumCases = 3
        }
        let literal = LiteralC45(
          rows: data.rows, levels: data.levelCounts, classes: Self.codes(data), classCount: 3, learner: learner)
        let slow = literal.fit()
        let tree = learner.fit(data, workers: .one).tree
        #expect(tree.leafCount == slow.leafCount, "seed \(seed), variant \(variant)")
        let predictions = tree.predict(data.rows, workers: .one)
        for row in 0..<data.count {
          for (ours, theirs) in zip(predictions.row(row), literal.predict(slow, row)) {
            #expect((ours - theirs).magnitude < 1e-9, "seed \(seed), variant \(variant), row \(row)")
          }
        }
        var still = learner
        still.raisesSubtrees = false
        if still.fit(data, workers: .one).tree != tree { raised += 1 }
      }
    }
    #expect(raised > 0, "no table tells whether subtrees are raised")
  }

  @Test func unprunedTreesFollowTheOrderOfNumbersOnly() {
    var learner = C45()
    learner.isPruned = false
    for seed in 0..<10 as Range<UInt64> {
      let data = Self.table(seed: 2 * seed)
      var rows = data.rows
      for row in 0..<rows.rows {
        rows[row, 0] = Double.exp(rows[row, 0])
        rows[row, 1] = 1e-9 * (rows[row, 1] * rows[row, 1] * rows[row, 1]) - 5e-9
      }
      let bent = Dataset(features: data.features, rows: rows, target: data.target)
      let plain = learner.fit(data, workers: .one).predict(data.rows, workers: .one)
      #expect(plain == learner.fit(bent, workers: .one).predict(rows, workers: .one), "seed \(seed)")
    }
  }

  @Test func sharesSumToOneAndThreadsDoNotMatter() {
    let data = Self.table(seed: 1, count: 9000)
    let model = C45().fit(data, workers: .one)
    #expect(model.tree == C45().fit(data, workers: Workers(count: 3)).tree && model.tree.nodes.count > 10)
    var rows = data.rows
    for row in 0..<rows.rows { rows[row, row % 4] = .nan }
    let predictions = model.predict(rows, workers: Workers(count: 2))
    for row in 0..<rows.rows { #expect((predictions.row(row).reduce(0, +) - 1).magnitude < 1e-12) }
  }

  @Test func twoRowsWeighAsOneOfWeightTwo() {
    let data = Self.table(seed: 3)
    let doubled = data.selectingRows(Array(0..<data.count) + Array(0..<20))
    let columns = C45Columns(data.rows, levelCounts: data.levelCounts, workers: .one)
    let weighted = C45().fit(
      columns, classes: Self.codes(data), classCount: 3, weights: (0..<data.count).map { $0 < 20 ? 2 : 1 },
      workers: .one)
    let plain = C45().fit(doubled, workers: .one)
    #expect(weighted.tree.leafCount == plain.tree.leafCount)
    let (one, other) = (weighted.predict(data.rows, workers: .one), plain.predict(data.rows, workers: .one))
    for (a, b) in zip(one.elements, other.elements) { #expect((a - b).magnitude < 1e-9) }
    let part = C45().fit(
      columns, classes: Self.codes(data), classCount: 3, weights: (0..<data.count).map { $0 < 50 ? 1 : 0 },
      workers: .one)
    #expect(part.tree.weight(0) == 50)
  }

  @Test func stopsWhereItIsTold() {
    let data = Self.table(seed: 4)
    var learner = C45()
    learner.isPruned = false
    learner.collapses = false
    learner.maximumDepth = 2
    #expect(learner.fit(data, workers: .one).tree.depth == 2)
    learner.maximumDepth = 1000
    learner.purity = 0.3
    #expect(learner.fit(data, workers: .one).tree.nodes.count == 1)
    let constant = Dataset(
      features: numberFeatures(1), rows: Matrix(rows: 6, columns: 1, repeating: .nan),
      target: .classes([0, 1, 0, 1, 1, 1], names: ["a", "b"]))
    let leaf = C45().fit(constant, workers: .one)
    #expect(leaf.tree.nodes.count == 1)
    #expect(leaf.predict(constant.rows, workers: .one).row(0).elementsEqual([2.0 / 6, 4.0 / 6]))
  }

  @Test func aThresholdIsAnOccurringNumberAtMostTheMiddle() {
    let rows = Matrix(rows: 6, columns: 1, elements: [1, 2, 4, 9, .nan, 2])
    let columns = C45Columns(rows, levelCounts: [nil], workers: .one)
    #expect(columns.values == [[1, 2, 4, 9]] && (0..<6).map { columns.code($0, 0) } == [0, 1, 2, 3, -1, 1])
    // Middles: 1.5, 5 (1 and 9), 6.5 (4 and 9), 5.5 (2 and 9).
    #expect(columns.threshold(0, between: 0, and: 1) == 0 && columns.threshold(0, between: 0, and: 3) == 2)
    #expect(columns.threshold(0, between: 2, and: 3) == 2 && columns.threshold(0, between: 1, and: 3) == 2)
  }
}
