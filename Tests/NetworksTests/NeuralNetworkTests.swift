import DataFrames
import Foundation
import Learning
import Tensors
import Testing

@testable import Networks

@Suite struct NeuralNetworkTests {
  private func table(_ columns: Int, _ cells: [Double], _ target: Target) -> Dataset {
    Dataset(
      features: (0..<columns).map { Feature(name: "x\($0)", kind: .number) },
      rows: Matrix(rows: target.count, columns: columns, elements: cells), target: target)
  }

  @Test(arguments: Activation.allCases)
  func learnsExclusiveOr(activation: Activation) throws {
    let data = table(2, [0, 0, 0, 1, 1, 0, 1, 1], .classes([0, 1, 1, 0], names: ["equal", "different"]))
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let network = NeuralNetwork(
      hidden: [8], activation: activation, epochs: 2000, learningRate: 0.03, validationShare: 0)
    let model = try network.fit(data, workers: .one, using: &generator)
    #expect(Metrics.classes(model.predict(data.rows, workers: .one)) == [0, 1, 1, 0])
  }

  @Test(arguments: [Optimizer.adam, .descent(momentum: 0.9)])
  func learnsASineInItsOwnUnits(optimizer: Optimizer) throws {
    let x = (0..<400).map { 2 * Double.pi * Double($0) / 400 }
    let data = table(1, x, .values(x.map { 1000 + 50 * sin($0) }))
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let network = NeuralNetwork(
      hidden: [32, 32], activation: .tanh, epochs: 300, learningRate: optimizer == .adam ? 3e-3 : 3e-2,
      optimizer: optimizer)
    let model = try network.fit(data, workers: .one, using: &generator)
    let errors = zip(model.predict(data.rows, workers: .one).elements, x).map { ($0 - 1000 - 50 * sin($1)).magnitude }
    #expect(errors.reduce(0, +) / 400 < 2.5, "mean error of an amplitude of 50")
  }

  /// A row alone, in a batch, and with other numbers of threads, gives the same bytes; so does training.
  @Test(arguments: [0, 2, 3])
  func nothingDependsOnBatchesOrThreads(classes: Int) throws {
    let data = EmbeddedTables.random(rows: 500, classes: classes, seed: 5)
    let network = NeuralNetwork(hidden: [20, 11], epochs: 4, batchSize: 200)
    let models = try (1...3).map { threads in
      var generator = SeededGenerator(seed: 7, purpose: .test)
      return try network.fit(data, workers: Workers(count: threads), using: &generator)
    }
    let all = models[0].predict(data.rows, workers: .one)
    for (index, model) in models.enumerated() {
      #expect(model.network.nodes.map(\.layer.weights) == models[0].network.nodes.map(\.layer.weights))
      #expect(model.history == models[0].history)
      #expect(model.predict(data.rows, workers: Workers(count: index + 1)) == all)
    }
    for row in [0, 11, 63, 64, 255, 499] {
      #expect(models[0].predict(data.rows.selectingRows([row]), workers: .one).elements[...] == all.row(row))
    }
    let reversed = models[0].predict(data.rows.selectingRows((0..<500).reversed()), workers: Workers(count: 2))
    for row in 0..<500 { #expect(reversed.row(499 - row).elementsEqual(all.row(row))) }
  }

  @Test func probabilitiesSumToOne() throws {
    let data = EmbeddedTables.random(rows: 200, classes: 4, seed: 2)
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let model = try NeuralNetwork(epochs: 3).fit(data, workers: .one, using: &generator)
    let answers = model.predict(data.rows, workers: .one)
    #expect(answers.columns == 4 && model.outputs == 4)
    for row in 0..<200 { #expect((answers.row(row).reduce(0, +) - 1).magnitude < 1e-15) }
  }

  @Test(arguments: HardTables.allCases)
  func hardTablesGiveNumbers(table: HardTables) throws {
    for target in HardTables.targets {
      for share in [0, 0.1, 0.5] {
        var generator = SeededGenerator(seed: 0, purpose: .test)
        let network = NeuralNetwork(hidden: [5], epochs: 5, validationShare: share)
        let model = try network.fit(table.dataset(target), workers: .one, using: &generator)
        let answers = model.predict(table.probes, workers: .one).elements
        #expect(answers.allSatisfy { $0.isFinite }, "\(target)")
      }
    }
  }

  @Test func wrongDataAndStepsAreErrors() throws {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    func fit(_ cells: [Double], _ target: Target, rate: Double = 1e-3) throws {
      let network = NeuralNetwork(
        epochs: 50, learningRate: rate, validationShare: 0, optimizer: .descent(momentum: 0.9))
      _ = try network.fit(table(1, cells, target), workers: .one, using: &generator)
    }
    #expect(throws: FitError.noRows) { try fit([], .values([])) }
    #expect(throws: FitError.infiniteCell(column: "x0", row: 2)) { try fit([1, .infinity], .values([1, 2])) }
    #expect(throws: FitError.infiniteTarget(row: 1)) { try fit([1, 2], .values([-.infinity, 2])) }
    #expect {
      try fit([1, 2, 3], .values([1, 5, 2]), rate: 1e6)
    } throws: {
      if case FitError.diverged(let epoch, 1e6) = $0 { epoch <= 50 } else { false }
    }
  }

  /// On a par with scikit-learn's network of the same shape on the same kind of splits (`make_mlp.py`): within three
  /// standard errors of the difference of the two means.
  @Test(arguments: [("heart.csv", "diameter narrowing"), ("penguins.csv", "species")])
  func predictsAsWellAsScikitLearn(file: String, target: String) throws {
    let references = try JSONDecoder().decode(
      [String: [Double]].self,
      from: Data(contentsOf: EmbeddedTables.root.appending(path: "Tests/References/mlp.json")))
    let theirs = try #require(references[file])
    let data = try EmbeddedTables.dataset(file, target: target)
    let ours = try (0..<UInt64(20)).map { seed in
      var generator = SeededGenerator(seed: seed, purpose: .test)
      let split = HoldOut(data.target, fraction: 0.2, using: &generator)
      let model = try NeuralNetwork().fit(data.selectingRows(split.training), workers: .one, using: &generator)
      let heldOut = data.selectingRows(split.heldOut)
      return Metrics.of(model.predict(heldOut.rows, workers: .one), target: heldOut.target)[0].value
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    func error(_ values: [Double]) -> Double {
      let squares = values.reduce(0) { $0 + ($1 - mean(values)) * ($1 - mean(values)) }
      return (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
    }
    let tolerance = 3 * (error(ours) * error(ours) + error(theirs) * error(theirs)).squareRoot()
    #expect(mean(ours) > mean(theirs) - tolerance)
  }
}
