import Tensors
import Testing

@testable import Images

@Suite struct SegmentFileTests {
  private static let grey = Picture(width: 4, height: 2, channels: 1, samples: [0, 0, 9, 9, 0, 5, 5, 9])

  @Test func eachColourIsASegment() throws {
    let picture = Picture(width: 4, height: 2, channels: 3, samples: [UInt8](repeating: 1, count: 24))
    let segments = try SegmentFile(Self.grey).segments(of: picture, workers: .one)
    #expect(segments.labels == [0, 0, 2, 2, 0, 1, 1, 2])
  }

  /// Twice as large: each pixel of the drawing covers four.
  @Test func aDrawingOfAnotherSizeIsStretched() throws {
    let picture = Picture(width: 8, height: 4, channels: 1, samples: [UInt8](repeating: 1, count: 32))
    let segments = try SegmentFile(Self.grey).segments(of: picture, workers: .one)
    #expect(Array(segments.labels[8..<16]) == [0, 0, 0, 0, 2, 2, 2, 2])
    #expect(Array(segments.labels[16..<24]) == [0, 0, 1, 1, 1, 1, 2, 2])
  }

  @Test func aPhotographIsRefused() {
    let samples = (0..<2001).flatMap { (number: Int) -> [UInt8] in [UInt8(number / 256), UInt8(number % 256), 0] }
    let photograph = Picture(width: 2001, height: 1, channels: 3, samples: samples)
    #expect(throws: SegmentFileError(colors: 2001)) {
      try SegmentFile(photograph).segments(of: photograph, workers: .one)
    }
    #expect("\(SegmentFileError(colors: 2001))".contains("2001 colours"))
  }
}
