import Tensors
import Testing

@testable import Networks

@Suite struct AveragePoolTests {
  @Test(arguments: [false, true]) func agreesWithLoopsForAnyWindow(countsPadding: Bool) {
    for seed in 0..<30 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed, purpose: .test)
      let window = Window.random(using: &generator)
      let input = RandomNetworks.tensor([2, generator.pick(1...2), 7, generator.pick(5...8)], using: &generator)
      let pool = AveragePool(window, countsPadding: countsPadding)
      guard let output = pool.outputShape([input.shape]) else { continue }
      LayerContract(layer: pool, inputs: [input]) { layer, x in
        literalWindows(layer.window, x[0], input.shape, output).map { values in
          let present = values.compactMap { $0 }
          return present.reduce(0, +) / Double(countsPadding ? values.count : present.count)
        }
      }.check("seed \(seed): \(window), input \(input.shape)")
    }
  }

  @Test func theWholePlaneAgreesWithLoops() {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let input = RandomNetworks.tensor([2, 3, 4, 5], using: &generator)
    LayerContract(layer: GlobalAveragePool(), inputs: [input]) { _, x in
      (0..<6).map { plane in x[0][plane * 20..<(plane + 1) * 20].reduce(0, +) / 20 }
    }.check("global")
  }
}
