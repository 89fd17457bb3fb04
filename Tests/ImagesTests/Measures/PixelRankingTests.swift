import Tensors
import Testing

@testable import Images

@Suite struct PixelRankingTests {
  @Test func curvesAreThoseOfTheAuthorsProgram() throws {
    let reference = try MeasureReferences.read()
    #expect(reference.runs.count == 4)
    for run in reference.runs {
      let way = try #require(PixelRanking.Way(rawValue: run.mode))
      let curve = try PixelRanking(pixelsPerStep: run.step).curve(reference.saliency, way, reference.subject)
      #expect(curve.count == run.scores.count)
      for (one, other) in zip(curve, run.scores) { #expect((one - other).magnitude < 1e-7, "\(run.mode)") }
      #expect((PixelRanking.area(curve) - run.auc).magnitude < 1e-7)
    }
  }

  /// The authors' kernel and picture, from SciPy.
  @Test func blurIsThatOfTheAuthorsProgram() throws {
    let reference = try MeasureReferences.read()
    for (one, other) in zip(PixelRanking.kernel(), reference.kernel) { #expect((one - other).magnitude < 1e-12) }
    let blurred = PixelRanking.blurred(reference.subject.input)
    for (one, other) in zip(blurred.elements, reference.blurred) { #expect((Double(one) - other).magnitude < 1e-6) }
  }

  /// 1, 3 and 2 at equal distances: (1 + 3) / 2 / 2 + (3 + 2) / 2 / 2.
  @Test func areaByHand() {
    #expect(PixelRanking.area([1, 3, 2]) == 2.25)
    #expect(PixelRanking.area([0.7]) == 0.7)
    #expect(PixelRanking(steps: 28, pixels: 224 * 224).pixelsPerStep == 1792)
  }

  /// What is deleted first by the true weights falls faster than by their opposite, and both curves meet at their ends.
  @Test func theBetterMapFallsFaster() throws {
    let reference = try MeasureReferences.read()
    let subject = reference.subject
    let size = reference.x.count / reference.shape[0]
    let worth = (0..<size).map { pixel in
      (0..<reference.shape[0]).reduce(Float(0)) { sum, channel in
        let place = channel * size + pixel
        return sum + reference.weights[subject.target * reference.x.count + place] * reference.x[place]
      }
    }
    let ranking = PixelRanking(pixelsPerStep: 1)
    for way in PixelRanking.Way.allCases {
      let good = try ranking.curve(worth, way, subject)
      let bad = try ranking.curve(worth.map { -$0 }, way, subject)
      #expect(good.count == size + 1 && good.first == bad.first)
      #expect(((good.last ?? 0) - (bad.last ?? 1)).magnitude < 1e-12)
      #expect((PixelRanking.area(good) < PixelRanking.area(bad)) == (way == .deletion))
    }
  }
}
