import Tensors
import Testing

@testable import Images

@Suite struct SaliencyMapTests {
  @Test func aLevelThatAllPlacesShareIsNotDrawn() {
    func drawn(_ values: [Float]) -> [Float] {
      SaliencyMap(values: values, height: 1, width: values.count, score: 0).drawn.values
    }
    #expect(drawn([3, 5, 4]) == [0, 2, 1])
    #expect(drawn([0, 2]) == [0, 2] && drawn([-1, 2]) == [-1, 2] && drawn([7, 7]) == [7, 7])
  }

  private static func map(_ shape: [Int], _ values: [Float]) -> SaliencyMap {
    SaliencyMap(Tensor(shape: [1, 1] + shape, elements: values), score: 0, layer: 0, SaliencyMap.sum)
  }

  /// Centres of four places over two: −0.25 (clamped to 0), 0.25, 0.75, 1.25 (clamped to 1).
  @Test func resizesByHand() {
    #expect(Self.map([1, 2], [0, 4]).resized(height: 1, width: 4) == [0, 1, 3, 4])
    #expect(Self.map([2, 1], [0, 4]).resized(height: 1, width: 1) == [2])
    #expect(Self.map([1, 1], [5]).resized(height: 2, width: 2) == [5, 5, 5, 5])
  }

  @Test func reducesChannels() {
    let tensor = Tensor(shape: [1, 2, 1, 2], elements: [1, -2, 3, -1])
    #expect(SaliencyMap(tensor, score: 0, layer: 0, SaliencyMap.sum).values == [4, -3])
    #expect(SaliencyMap(tensor, score: 0, layer: 0, SaliencyMap.largest).values == [3, 2])
    #expect(Self.map([1, 2], [3, 3]).isConstant && !Self.map([1, 2], [3, 4]).isConstant)
  }
}
