import Testing

@testable import Images

@Suite struct PointingGameTests {
  @Test func hitsAreThoseOfTorchRay() throws {
    let reference = try MeasureReferences.read().pointing
    #expect(reference.cases.count == 60)
    var game = PointingGame()
    for expected in reference.cases {
      let boxes = expected.boxes.map { PointingGame.Box(left: $0[0], top: $0[1], right: $0[2], bottom: $0[3]) }
      let isHit = PointingGame.isHit(
        column: Double(expected.point[0]), row: Double(expected.point[1]), boxes: boxes)
      #expect(isHit == expected.hit, "\(expected.point) in \(expected.boxes)")
      game.add("\(expected.class)", isHit: isHit)
    }
    #expect((game.accuracy - reference.accuracy).magnitude < 1e-12 && game.points == 60)
  }

  /// A box that ends at column 10: column 24 is 14 pixels from it and hits, column 25 is 15 and does not.
  @Test func theToleranceIsOpen() {
    let boxes = [PointingGame.Box(left: 5, top: 5, right: 10, bottom: 20)]
    #expect(PointingGame.isHit(column: 24, row: 9, boxes: boxes))
    #expect(!PointingGame.isHit(column: 25, row: 9, boxes: boxes))
    // 12² + 9² = 15²
    #expect(!PointingGame.isHit(column: 22, row: 29, boxes: boxes))
    #expect(PointingGame.isHit(column: 22, row: 28, boxes: boxes))
    #expect(!PointingGame.isHit(column: 3, row: 3, boxes: []))
  }

  /// 2 of 3 for one class and 0 of 1 for another: their mean is 1 / 3.
  @Test func accuracyIsTheMeanOverClasses() {
    var game = PointingGame()
    #expect(game.accuracy.isNaN)
    for (name, isHit) in [("cat", true), ("cat", true), ("dog", false), ("cat", false)] { game.add(name, isHit: isHit) }
    #expect((game.accuracy - 1.0 / 3).magnitude < 1e-15)
  }
}
