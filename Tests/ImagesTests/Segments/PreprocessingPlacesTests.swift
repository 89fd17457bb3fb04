import Testing

@testable import Images

@Suite struct PreprocessingPlacesTests {
  /// 8 x 4 pixels for a side of 2: halved, then columns 1 and 2 of the 4 are cut out; each stands for two by two
  /// pixels.
  @Test func placesByHand() {
    let preprocessing = Preprocessing(channels: 1, height: 2, width: 2)
    #expect(preprocessing.source(column: 0, row: 0, width: 8, height: 4) == (3, 1))
    #expect(preprocessing.source(column: 1, row: 1, width: 8, height: 4) == (5, 3))
    #expect(preprocessing.source(column: 1, row: 0, width: 2, height: 2) == (1, 0))
  }

  /// A bright spot in a photograph is found again where it was.
  @Test func spotsAreFoundAgain() {
    let preprocessing = Preprocessing(channels: 1, height: 64, width: 64)
    for (width, height, column, row) in [(200, 130, 90, 60), (90, 300, 40, 170), (64, 64, 5, 63), (500, 499, 300, 251)]
    {
      var samples = [UInt8](repeating: 0, count: width * height)
      for down in max(0, row - 3)...min(height - 1, row + 3) {
        for across in max(0, column - 3)...min(width - 1, column + 3) { samples[down * width + across] = 255 }
      }
      let seen = preprocessing.fit(Picture(width: width, height: height, channels: 1, samples: samples))
      let peak = seen.samples.indices.max { seen.samples[$0] < seen.samples[$1] } ?? 0
      let found = preprocessing.source(column: peak % 64, row: peak / 64, width: width, height: height)
      let reach = 4 + max(width, height) / 64
      #expect(abs(found.column - column) <= reach && abs(found.row - row) <= reach, "\(width) x \(height): \(found)")
    }
  }

  @Test func drawingsKeepTheirColours() {
    let preprocessing = Preprocessing(channels: 3, height: 2, width: 2)
    let drawing = Picture(width: 4, height: 4, channels: 1, samples: [0, 0, 9, 9, 0, 0, 9, 9, 5, 5, 7, 7, 5, 5, 7, 7])
    let fitted = preprocessing.fitNearest(drawing)
    #expect(fitted.channels == 1 && Set(fitted.samples).isSubset(of: [0, 5, 7, 9]) && fitted.samples == [0, 9, 5, 7])
  }
}
