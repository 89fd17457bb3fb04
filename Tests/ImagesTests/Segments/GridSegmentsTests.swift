import Tensors
import Testing

@testable import Images

@Suite struct GridSegmentsTests {
  @Test func cellsAreNearlySquare() {
    let picture = Picture(width: 6, height: 3, channels: 1, samples: [UInt8](repeating: 0, count: 18))
    let segments = GridSegments(cells: 4).segments(of: picture, workers: .one)
    #expect(segments.labels == [0, 0, 1, 2, 2, 3, 0, 0, 1, 2, 2, 3, 4, 4, 5, 6, 6, 7])
    #expect(segments.count == 8 && segments.sizes.allSatisfy { $0 >= 1 })
    #expect(GridSegments(cells: 100).segments(of: picture, workers: .one).count == 18)
    #expect(GridSegments(cells: 1).segments(of: picture, workers: .one).count == 1)
  }
}
