import Tensors
import Testing

@testable import Images

@Suite struct SegmentationTests {
  @Test func labelsAreNumberedInOrder() {
    let segments = Segmentation(width: 3, height: 2, labels: [7, 7, -2, 40, 7, -2])
    #expect(segments.labels == [1, 1, 0, 2, 1, 0] && segments.count == 3 && segments.sizes == [2, 3, 1])
    #expect(segments.spread([0.5, -1, 2]) == [-1, -1, 0.5, 2, -1, 0.5])
  }

  /// The second column's left neighbour and the lower row differ.
  @Test func edgesAreDrawn() {
    let segments = Segmentation(width: 2, height: 2, labels: [0, 1, 0, 1])
    let black = Picture(width: 2, height: 2, channels: 1, samples: [0, 0, 0, 0])
    let outlined = segments.outlined(black, color: [9, 8, 7])
    #expect(outlined.samples == [9, 8, 7, 0, 0, 0, 9, 8, 7, 0, 0, 0])
  }
}
