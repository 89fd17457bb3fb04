import Foundation
import Tensors
import Testing

@testable import Networks

@Suite struct SoftmaxTests {
  @Test(arguments: [[3, 5], [2, 4, 2, 3]]) func agreesWithLoops(shape: [Int]) {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let input = RandomNetworks.tensor(shape, using: &generator).map { $0 * 3 }
    let pixels = shape[2...].reduce(1, *)
    LayerContract(layer: Softmax(), inputs: [input]) { _, x in
      x[0].indices.map { place in
        let first = place / (shape[1] * pixels) * shape[1] * pixels + place % pixels
        return exp(x[0][place]) / (0..<shape[1]).reduce(0) { $0 + exp(x[0][first + $1 * pixels]) }
      }
    }.check("\(shape)")
  }

  @Test func largeLogitsDoNotOverflow() {
    #expect(Softmax().forward([Tensor(shape: [1, 3], elements: [1000, 1000, -1000])]).elements == [0.5, 0.5, 0])
  }
}
