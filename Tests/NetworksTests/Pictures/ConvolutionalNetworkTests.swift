import DataFrames
import Learning
import Tensors
import Testing

@testable import Networks

@Suite struct ConvolutionalNetworkTests {
  /// Pictures of 8 x 8 with a bar that lies or stands, somewhere.
  private static func bars(_ count: Int, seed: UInt64) -> Dataset {
    var generator = SeededGenerator(seed: seed, purpose: .test)
    var elements: [Double] = []
    var codes: [Int] = []
    for _ in 0..<count {
      let stands = generator.pick(0...1)
      let (row, column) = (generator.pick(1...6), generator.pick(1...6))
      codes.append(stands)
      for pixel in 0..<64 {
        let isLit =
          stands == 1
          ? pixel % 8 == column && abs(pixel / 8 - row) <= 1 : pixel / 8 == row && abs(pixel % 8 - column) <= 1
        elements.append(isLit ? 255 : Double(generator.pick(0...60)))
      }
    }
    return Dataset(
      features: (0..<64).map { Feature(name: "p\($0)", kind: .number) },
      rows: Matrix(rows: count, columns: 64, elements: elements), target: .classes(codes, names: ["lies", "stands"]))
  }

  private static let settings = ConvolutionalNetwork(
    height: 8, width: 8, pixels: Array(0..<64), channels: [4, 6], hidden: 8,
    training: NeuralNetwork(epochs: 12, batchSize: 32, learningRate: 5e-3))

  @Test func learnsWhatNoPixelAloneTells() throws {
    var generator = SeededGenerator(seed: 1, purpose: .network)
    let model = try Self.settings.fit(Self.bars(600, seed: 1), workers: Workers(count: 2), using: &generator)
    let others = Self.bars(200, seed: 2)
    guard case .classes(let codes, _) = others.target else { return }
    let chances = model.predict(others.rows, workers: .one)
    let right = codes.enumerated().count { (chances[$0.offset, 1] > 0.5) == ($0.element == 1) }
    #expect(right >= 190, "\(right)")
    #expect((0..<200).allSatisfy { (chances[$0, 0] + chances[$0, 1] - 1).magnitude < 1e-12 })
  }

  @Test func isTheSameForAnyThreadsAndBatch() throws {
    let data = Self.bars(300, seed: 3)
    let chances = try [1, 2, 3].map { threads in
      var generator = SeededGenerator(seed: 1, purpose: .network)
      var settings = Self.settings
      settings.training.epochs = 2
      let model = try settings.fit(data, workers: Workers(count: threads), using: &generator)
      return model.predict(data.rows, workers: Workers(count: threads))
    }
    #expect(chances[0] == chances[1] && chances[0] == chances[2])
  }

  @Test func refusesNumbers() throws {
    let data = Dataset(
      features: [Feature(name: "p", kind: .number)], rows: Matrix(rows: 1, columns: 1), target: .values([1]))
    var generator = SeededGenerator(seed: 1, purpose: .network)
    #expect(throws: FitError.noClasses) {
      try Self.settings.fit(data, workers: .one, using: &generator)
    }
  }
}
