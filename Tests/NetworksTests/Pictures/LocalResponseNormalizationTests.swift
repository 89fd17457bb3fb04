import Foundation
import Tensors
import Testing

@testable import Networks

@Suite struct LocalResponseNormalizationTests {
  @Test(arguments: [1, 2, 3, 5]) func agreesWithLoops(size: Int) {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let input = RandomNetworks.tensor([2, 6, 2, 2], using: &generator).map { $0 * 2 }
    let layer = LocalResponseNormalization(size: size, alpha: 0.3, beta: 0.75, bias: 1.5)
    LayerContract(layer: layer, inputs: [input]) { layer, x in
      x[0].indices.map { place in
        let (example, channel, pixel) = (place / 24, place / 4 % 6, place % 4)
        let low = channel - Int(floor(Double(size - 1) / 2))
        let high = channel + Int(ceil(Double(size - 1) / 2))
        let sum = (max(0, low)...min(5, high)).reduce(0.0) { $0 + pow(x[0][example * 24 + $1 * 4 + pixel], 2) }
        return x[0][place] / pow(1.5 + Double(Float(0.3)) / Double(size) * sum, 0.75)
      }
    }.check("\(size)")
  }
}
