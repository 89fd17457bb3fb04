import Testing

@testable import Images

@Suite struct LabTests {
  @Test func coloursAreThoseOfScikitImage() throws {
    for reference in try SegmentReferences.read().lab {
      let picture = Picture(width: 1, height: 1, channels: 3, samples: reference[0].map { UInt8($0) })
      for (plane, expected) in zip(Lab.planes(picture), reference[1]) {
        #expect((plane[0] - expected).magnitude < 1e-11)
      }
    }
  }
}
