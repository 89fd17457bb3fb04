import Tensors
import Testing

@testable import Images

@Suite struct SLICTests {
  @Test func labelsAreThoseOfScikitImage() throws {
    let cases = try SegmentReferences.read().cases.filter { $0.method == "slic" }
    #expect(cases.count == 3)
    for reference in cases {
      let method = SLIC(
        count: Int(reference.settings["count"] ?? 0), compactness: reference.settings["compactness"] ?? 0)
      #expect(method.segments(of: reference.subject, workers: .one) == reference.expected)
    }
  }

  @Test(SegmentReferences.photographs) func labelsOfPhotographsAreThoseOfScikitImage() throws {
    for reference in try SegmentReferences.read().digests where reference.method == "slic" {
      let picture = try SegmentReferences.photograph(reference.name)
      let segments = SLIC().segments(of: picture, workers: .one)
      #expect(segments.count == reference.count && SegmentReferences.sha256(segments) == reference.sha256)
    }
  }

  /// Pictures of any size, with more segments wanted than there are pixels too.
  @Test func anyPictureIsCut() {
    var generator = SeededGenerator(seed: 5, purpose: .test)
    for (width, height) in [(1, 1), (2, 1), (1, 40), (50, 2), (13, 11)] {
      for channels in [1, 3] {
        let picture = Picture(
          width: width, height: height, channels: channels,
          samples: (0..<width * height * channels).map { _ in UInt8(truncatingIfNeeded: generator.next()) })
        for count in [1, 3, 10, 1000] {
          let segments = SLIC(count: count).segments(of: picture, workers: .one)
          #expect(segments.labels.count == width * height && segments.count >= 1)
        }
      }
    }
  }
}
