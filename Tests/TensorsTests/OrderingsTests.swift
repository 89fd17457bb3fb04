import Tensors
import Testing

@Suite struct OrderingsTests {
  @Test("The first of several largest or smallest elements is meant")
  func firstAmongEquals() {
    #expect([2, 5, 1, 5].argmax() == 1)
    #expect([2, 1, 5, 1].argmin() == 1)
    #expect([(1, "a"), (3, "b"), (3, "c")].argmax { $0.0 < $1.0 } == 1)
    #expect([(1, 2), (1, -2), (0, 9)].argmin(by: <) == 2)
    #expect([Int]().argmax() == 0 && [Double]().argmin() == 0)
  }

  @Test("Places in a slice are counted from its own beginning")
  func placesInSlices() {
    #expect([9, 1, 7, 8][1...].argmax() == 2)
    #expect([9, 1, 7, 8][1...].fallingOrder() == [2, 1, 0])
  }

  @Test("What is no number is found only in the first place")
  func notANumber() {
    #expect([.nan, 1.0, 2].argmax() == 0 && [1, .nan, 2].argmax() == 2)
    #expect([.nan, 1.0, 2].argmin() == 0 && [3, .nan, 2].argmin() == 2)
    #expect([3, .nan, 1.0, .nan, 2].fallingOrder().sorted() == [0, 1, 2, 3, 4])
    #expect([1, 2, 3].lowerBound(of: Double.nan) == 0 && [1, 2, 3].upperBound(of: Double.nan) == 0)
  }

  @Test("Orders keep equal elements as they stand")
  func ordersAreStable() {
    let values = [1, 3, 2, 3, 1]
    #expect(values.fallingOrder() == [1, 3, 2, 0, 4])
    #expect(values.risingOrder() == [0, 4, 2, 1, 3])
    #expect(values.fallingOrder { -$0 } == [0, 4, 2, 1, 3])
    #expect(values.risingOrder { -$0 } == [1, 3, 2, 0, 4])
    #expect(["bb", "a", "cc", "d"].sortedFalling(by: \.count) == ["bb", "cc", "a", "d"])
    #expect([Int]().fallingOrder().isEmpty)
  }

  @Test("Equal elements share the mean of their ranks")
  func meanRanks() {
    #expect([5.0, 1, 5, 3].meanRanks() == [2.5, 0, 2.5, 1])
    #expect([7, 7, 7].meanRanks() == [1, 1, 1])
  }

  @Test("Bounds are where counting says, in arrays and slices of every length")
  func bounds() {
    var generator = SeededGenerator(seed: 3, purpose: .test)
    for length in 0..<40 {
      let values = (0..<length).map { _ in Int.random(in: 0..<12, using: &generator) }.sorted()
      for value in -1...12 {
        #expect(values.lowerBound(of: value) == values.count { $0 < value })
        #expect(values.upperBound(of: value) == values.count { $0 <= value })
        let tail = values.dropFirst(3)
        #expect(tail.lowerBound(of: value) == tail.startIndex + tail.count { $0 < value })
      }
    }
    #expect((10..<20).partitioningIndex { $0 * $0 > 200 } == 15)
    #expect((10..<20).partitioningIndex { _ in false } == 20)
  }
}
