import Tensors
import Testing

@Suite struct TensorTests {
  @Test func theLastAxisRunsFastest() {
    let tensor = Tensor(shape: [2, 3]) { target in
      for index in 0..<6 { target[index] = Float(index) }
    }
    #expect(tensor == Tensor(shape: [2, 3], elements: [0, 1, 2, 3, 4, 5]))
    #expect(tensor != Tensor(shape: [3, 2], elements: [0, 1, 2, 3, 4, 5]))
  }

  @Test func functionsAreAppliedElementByElement() {
    let first = Tensor(shape: [3], elements: [1, -2, 3])
    #expect(first.map { $0 * $0 } == Tensor(shape: [3], elements: [1, 4, 9]))
    #expect(
      first.map(with: Tensor(shape: [3], elements: [10, 20, 30]), -) == Tensor(shape: [3], elements: [-9, -22, -27]))
  }

  @Test func anAxisMayBeEmpty() {
    #expect(Tensor(shape: [4, 0]).map { $0 + 1 }.elements.isEmpty)
    #expect(Tensor(shape: [2], repeating: 7).elements == [7, 7])
  }
}
