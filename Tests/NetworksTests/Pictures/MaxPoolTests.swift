import Tensors
import Testing

@testable import Networks

@Suite struct MaxPoolTests {
  @Test func agreesWithLoopsForAnyWindow() {
    for seed in 0..<40 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed, purpose: .test)
      let window = Window.random(using: &generator)
      let input = RandomNetworks.tensor([2, generator.pick(1...2), 7, generator.pick(5...8)], using: &generator)
      guard let output = MaxPool(window).outputShape([input.shape]) else { continue }
      LayerContract(layer: MaxPool(window), inputs: [input]) { layer, x in
        literalWindows(layer.window, x[0], input.shape, output).map {
          $0.reduce(-.infinity) { max($0, $1 ?? -.infinity) }
        }
      }.check("seed \(seed): \(window), input \(input.shape)")
    }
  }

  /// Windows of four side by side, whose last row and column may be left out; whole numbers make many of them equal.
  @Test(arguments: [[1, 1, 2, 2], [2, 3, 6, 8], [1, 2, 7, 5], [3, 1, 2, 9]]) func squaresOfFourAgreeWithLoops(
    shape: [Int]
  ) {
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let pool = MaxPool(Window(size: [2, 2], step: [2, 2]))
    let x = Tensor(shape: shape) { target in
      for place in target.indices { target[place] = Float(generator.pick(-2...2)) }
    }
    let y = pool.forward([x])
    let signal = RandomNetworks.tensor(y.shape, using: &generator)
    var expected = [Float](repeating: 0, count: x.elements.count)
    let (rows, columns) = (y.shape[2], y.shape[3])
    for place in y.elements.indices {
      let (plane, row, column) = (place / rows / columns, place / columns % rows, place % columns)
      let four = [(0, 0), (0, 1), (1, 0), (1, 1)].map {
        (plane * shape[2] + 2 * row + $0.0) * shape[3] + 2 * column + $0.1
      }
      let largest = four.map { x.elements[$0] }.max()
      #expect(y.elements[place] == largest)
      if let winner = four.first(where: { x.elements[$0] == largest }) { expected[winner] = signal.elements[place] }
    }
    #expect(pool.backward(signal, toInput: 0, inputs: [x], output: y).elements == expected)
  }

  /// All four are equal: the upper left takes the signal.
  @Test func theFirstOfTheLargestTakesAll() {
    let pool = MaxPool(Window(size: [2, 2], step: [2, 2]))
    let x = Tensor(shape: [1, 1, 2, 4], elements: [0, 0, 1, 3, 0, 0, 3, 2])
    let y = pool.forward([x])
    #expect(y.elements == [0, 3])
    let signal = Tensor(shape: [1, 1, 1, 2], elements: [5, 7])
    #expect(pool.backward(signal, toInput: 0, inputs: [x], output: y).elements == [5, 0, 0, 7, 0, 0, 0, 0])
  }

  @Test func theLastWindowMayStandOverTheEdge() {
    let x = Tensor(shape: [1, 1, 1, 3], elements: [1, 2, -5])
    let window = Window(size: [1, 2], step: [1, 2], roundsUp: true)
    #expect(MaxPool(window).forward([x]).elements == [2, -5])
  }
}
