import Tensors
import Testing

@testable import Images

@Suite struct OcclusionTests {
  private static func map(_ change: (inout Occlusion) -> Void) throws -> SaliencyMap {
    var method = Occlusion()
    change(&method)
    return try method.explain(
      Subject(
        model: PixelClassifier(BrightCorner(), pixels: Array(0..<64)),
        input: Tensor(shape: [1, 1, 8, 8], repeating: 204), target: 1))
  }

  /// Squares of 2 pixels, one behind the other: the one in the corner takes 204/255 away, the others nothing.
  @Test func theSquareOverTheCornerCounts() throws {
    let map = try Self.map { ($0.window, $0.stride) = (2, 2) }
    for pixel in 0..<64 {
      let isCorner = pixel / 8 >= 6 && pixel % 8 >= 6
      #expect((map.values[pixel] - (isCorner ? 0.8 : 0)).magnitude < 1e-6)
    }
    #expect(map.effort == Effort(done: 16, planned: 16, unit: "windows", ending: .finished) && map.score == 0.8)
  }

  /// Squares of 4 every 2: the corner lies under one, the pixel before it on the same row under one of two.
  @Test func squaresThatOverlapAreAveraged() throws {
    let map = try Self.map { ($0.window, $0.stride) = (4, 2) }
    #expect((map.values[63] - 0.8).magnitude < 1e-6 && (map.values[7 * 8 + 5] - 0.4).magnitude < 1e-6)
    #expect(map.values[0] == 0)
  }

  @Test func windowsReachTheEdge() {
    #expect(Occlusion.starts(10, side: 4, stride: 4) == [0, 4, 6])
    #expect(Occlusion.starts(8, side: 4, stride: 2) == [0, 2, 4])
    #expect(Occlusion.starts(3, side: 5, stride: 1) == [0])
  }

  /// The patch with the pixel has exactly the pixel's share; what is left for others is chance.
  @Test func hiddenPatchesAreToldApart() throws {
    let map = try Self.map { ($0.form, $0.window, $0.masks) = (.hideAndSeek, 4, 2000) }
    #expect((map.values[63] - 0.8).magnitude < 1e-6)
    // Differences of means of 1,000 answers of 0 or 0.8: a standard error of 0.018.
    #expect(map.values[0].magnitude < 0.08 && map.values[0] == map.values[3 * 8 + 3])
  }

  @Test func mistakesAreSaid() {
    for change: (inout Occlusion) -> Void in [
      { $0.window = 0 }, { $0.window = 9 }, { $0.stride = 0 }, { $0.masks = 0 },
    ] {
      #expect(throws: SaliencyError.self) { try Self.map(change) }
    }
  }
}
