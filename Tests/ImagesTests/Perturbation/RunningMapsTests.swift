import Testing

@testable import Images

@Suite struct RunningMapsTests {
  private static func maps(_ maps: [[Float]]) -> RunningMaps {
    var running = RunningMaps(pixels: maps[0].count)
    for map in maps { map.withUnsafeBufferPointer { running.add($0) } }
    return running
  }

  /// 1, 2, 6: mean 3, variance (4 + 1 + 9) / 2 = 7, standard error √(7/3).
  @Test func meansAndErrorsByHand() {
    let running = Self.maps([[1, 0], [2, 0], [6, 0]])
    #expect(running.mean == [3, 0])
    #expect((running.standardErrors[0] - (7.0 / 3).squareRoot()).magnitude < 1e-12 && running.standardErrors[1] == 0)
    #expect(Self.maps([[1, 2]]).standardErrors == [.infinity, .infinity])
  }

  /// Noise that all pixels share does not unsettle which of them are largest; noise of their own does.
  @Test func onlyNoiseOfThePlacesCounts() {
    /// Fifty maps that rise from pixel to pixel, with a number added to each value.
    func risen(_ noise: (_ round: Int, _ pixel: Int) -> Int) -> [[Float]] {
      (0..<50).map { round in (0..<40).map { pixel in Float(pixel + 30 * noise(round, pixel)) } }
    }
    #expect(Self.maps(risen { round, _ in round % 7 }).misplaced(share: 0.1) < 1e-9)
    #expect(Self.maps(risen { round, pixel in (round * 7 + pixel * 13) % 41 }).misplaced(share: 0.1) > 0.2)
  }
}
