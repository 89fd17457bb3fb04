import Tensors
import Testing

@testable import Networks

/// What every layer over pictures must keep to, with the layer's slow twin: its output in Double, by plain loops.
struct LayerContract<Kind: Layer> {
  let layer: Kind
  let inputs: [Tensor]
  /// The layer's output for given inputs.
  let twin: (Kind, [[Double]]) -> [Double]
  /// Float's 6e-8 through sums of some hundred terms.
  var tolerance = 2e-5
  /// Half the distance of the two places of a difference quotient; the twin's rounding 1e-16 / h and, where it is not
  /// linear, its third derivative times h² are below the tolerance.
  private let step = 1e-5

  /// Compares output and gradients with the twin, and asks for the same bytes from any number of threads and in any
  /// batch.
  func check(_ comment: Comment, differences: Bool = true) {
    let output = layer.forward(inputs)
    let expected = twin(layer, inputs.map { $0.elements.map { Double($0) } })
    #expect(layer.outputShape(inputs.map(\.shape)) == output.shape, comment)
    expectClose(output.elements, expected, comment)
    var generator = SeededGenerator(seed: 77, purpose: .test)
    let signal = RandomNetworks.tensor(output.shape, using: &generator)
    let ways = inputs.indices.map { layer.backward(signal, toInput: $0, inputs: inputs, output: output) }
    expectSameBytes(output, signal, ways, comment)
    if differences {
      expectDifferences(signal, ways, comment)
      expectWeightDifferences(signal, comment)
    }
  }

  private func expectClose(_ found: [Float], _ expected: [Double], _ comment: Comment) {
    #expect(found.count == expected.count, comment)
    let scale = max(1, expected.reduce(0) { max($0, $1.magnitude) })
    let error = zip(found, expected).reduce(0) { max($0, (Double($1.0) - $1.1).magnitude) }
    #expect(error <= tolerance * scale, comment)
  }

  private func value(_ layer: Kind, _ inputs: [[Double]], _ signal: Tensor) -> Double {
    zip(twin(layer, inputs), signal.elements).reduce(0) { $0 + $1.0 * Double($1.1) }
  }

  private func expectDifferences(_ signal: Tensor, _ ways: [Tensor], _ comment: Comment) {
    let given = inputs.map { $0.elements.map { Double($0) } }
    for (place, way) in ways.enumerated() {
      #expect(way.shape == inputs[place].shape, comment)
      let expected = given[place].indices.map { index in
        var (above, below) = (given, given)
        above[place][index] += step
        below[place][index] -= step
        return (value(layer, above, signal) - value(layer, below, signal)) / (2 * step)
      }
      expectClose(way.elements, expected, comment)
    }
  }

  private func expectWeightDifferences(_ signal: Tensor, _ comment: Comment) {
    let given = inputs.map { $0.elements.map { Double($0) } }
    let gradients = layer.gradients(signal, inputs: inputs)
    #expect(gradients.map(\.shape) == layer.weights.map(\.shape), comment)
    for (number, gradient) in gradients.enumerated() {
      let expected = gradient.elements.indices.map { index in
        var (above, below) = (layer, layer)
        // Layers are linear in their weights, so that a step which Float holds well does no harm.
        above.updateWeights { if $0 == number { $1.elements[index] += 0.25 } }
        below.updateWeights { if $0 == number { $1.elements[index] -= 0.25 } }
        let change = Double(above.weights[number].elements[index]) - Double(below.weights[number].elements[index])
        return (value(above, given, signal) - value(below, given, signal)) / change
      }
      expectClose(gradient.elements, expected, comment)
    }
  }

  private func expectSameBytes(_ output: Tensor, _ signal: Tensor, _ ways: [Tensor], _ comment: Comment) {
    if let parallel = layer as? any ParallelLayer {
      for count in [2, 3] {
        let workers = Workers(count: count)
        #expect(parallel.forward(inputs, workers: workers) == output, comment)
        for place in inputs.indices {
          let way = parallel.backward(signal, toInput: place, inputs: inputs, output: output, workers: workers)
          #expect(way == ways[place], comment)
        }
      }
    }
    for example in 0..<output.shape[0] {
      let alone = inputs.map { $0.example(example) }
      let result = layer.forward(alone)
      #expect(result == output.example(example), comment)
      for place in inputs.indices {
        let way = layer.backward(signal.example(example), toInput: place, inputs: alone, output: result)
        #expect(way == ways[place].example(example), comment)
      }
    }
  }
}

extension Tensor {
  /// One example of a batch.
  func example(_ index: Int) -> Tensor {
    let size = elements.count / shape[0]
    return Tensor(shape: [1] + shape[1...], elements: Array(elements[index * size..<(index + 1) * size]))
  }
}

/// Random numbers for tests.
extension SeededGenerator {
  /// A whole number of the range.
  mutating func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}
