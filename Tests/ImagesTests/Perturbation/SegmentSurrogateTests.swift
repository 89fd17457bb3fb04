import Surrogates
import Testing

@testable import Images

@Suite struct SegmentSurrogateTests {
  /// A picture of 4 x 2: the left column, and the rest.
  @Test func placesAreMiddles() {
    let surrogate = SegmentSurrogate(
      segmentation: Segmentation(width: 4, height: 2, labels: [0, 1, 1, 1, 0, 1, 1, 1]), weights: [], intercept: 0,
      localPrediction: 0, probability: 0, rSquared: .nan, stability: .low, samples: 0)
    let (left, rest) = (surrogate.place(of: 0), surrogate.place(of: 1))
    #expect(left.across == 0.125 && left.down == 0.5 && left.share == 0.25)
    #expect(rest.across == 0.625 && rest.down == 0.5 && rest.share == 0.75)
  }
}
