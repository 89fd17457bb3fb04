import Images
import Testing

@testable import Reproduction

@Suite struct MapMeasuresTests {
  @Test func overlapCountsTheLargestValuesOnMarks() {
    // Two marks, so the two largest, 4 and 3, of which 4 lies on one.
    #expect(MapMeasures.overlap([4, 3, 2, 1], marks: [true, false, true, false]) == 0.5)
    #expect(MapMeasures.overlap([4, 3, 2, 1], marks: [true, true, false, false]) == 1)
    // One of two equal largest values is meant, and one of them lies on the mark.
    #expect(MapMeasures.overlap([1, 1, 0, 0], marks: [true, false, false, false]) == 0.5)
    // The largest, and one of three zeros, of which one is marked: (0 + 1/3) / 2.
    let part = MapMeasures.top([5, 0, 0, 0], count: 2, on: [false, true, false, false])
    #expect((part - 1.0 / 6).magnitude < 1e-15)
    #expect(MapMeasures.overlap([1, 2], marks: [false, false]).isNaN)
  }

  @Test func shareIsOfThePositiveValues() {
    // 3 of 1 + 3; the negative value has no say.
    #expect(MapMeasures.share([1, 3, -2], on: [false, true, true]) == 0.75)
    #expect(MapMeasures.share([0, -1], on: [true, true]).isNaN)
  }

  @Test func correlationOfLinesAndConstants() {
    #expect((MapMeasures.correlation([1, 2, 3], [2, 4, 6]) - 1).magnitude < 1e-15)
    #expect((MapMeasures.correlation([1, 2, 3], [3, 2, 1]) + 1).magnitude < 1e-15)
    // Deviations (-1, 0, 1) and (-1, 1, 0): 1 / √(2 · 2).
    #expect((MapMeasures.correlation([1, 2, 3], [1, 3, 2]) - 0.5).magnitude < 1e-15)
    #expect(MapMeasures.correlation([1, 1], [1, 2]).isNaN)
  }

  @Test func concentrationIsTheGiniCoefficient() {
    #expect(MapMeasures.concentration([2, 2, -2, 2]) == 0)
    // One of four holds all: (2 · 4 − 4 − 1) / 4.
    #expect(MapMeasures.concentration([0, 0, 1, 0]) == 0.75)
    // Sizes 1 and 3: ((2 − 2 − 1) · 1 + (4 − 2 − 1) · 3) / (2 · 4).
    #expect(MapMeasures.concentration([3, -1]) == 0.25)
    #expect(MapMeasures.concentration([0, 0]).isNaN)
  }

  @Test func regionsTouchAlongSides() {
    let marks = [true, false, true, false, false, false, true, true, false]
    #expect(MapMeasures.regions(marks, width: 3) == 3)
    // Corners do not touch, nor do the ends of rows.
    #expect(MapMeasures.regions([true, false, false, true], width: 2) == 2)
    #expect(MapMeasures.regions([false, true, true, false], width: 2) == 2)
    #expect(MapMeasures.regions([true, true, true, true], width: 2) == 1)
    #expect(MapMeasures.regions([false, false], width: 1) == 0)
  }

  @Test func aSquareIsAsRoughAsASquare() {
    var marks = [Bool](repeating: false, count: 16)
    for place in [5, 6, 9, 10] { marks[place] = true }
    #expect(MapMeasures.roughness(marks, width: 4) == 1)
    // Four single pixels that do not touch: 16 sides, or 12 where two lie at the edge, over 4 · √4.
    var scattered = [Bool](repeating: false, count: 49)
    for place in [8, 12, 36, 40] { scattered[place] = true }
    #expect(MapMeasures.roughness(scattered, width: 7) == 2)
    #expect(MapMeasures.roughness([false], width: 1).isNaN)
  }

  @Test func largestTakesAShareOfThePlaces() {
    #expect(MapMeasures.largest([1, 4, 3, 2], share: 0.5) == [false, true, true, false])
    #expect(MapMeasures.largest([1, 1, 1, 1], share: 0.25) == [true, false, false, false])
    #expect(MapMeasures.largest([1, 2], share: 0.01) == [false, true])
  }

  @Test func aMaskIsSettledWhereItCoversAboutItsArea() {
    // What 800 iterations came to, and what 70 had.
    #expect(MapMeasures.isSettled(covered: 0.148, area: 0.1))
    #expect(!MapMeasures.isSettled(covered: 0.7, area: 0.1) && !MapMeasures.isSettled(covered: 0.05, area: 0.1))
    #expect(!MapMeasures.isSettled(covered: .nan, area: 0.1))
  }

  @Test func boxesHoldTheirEdges() {
    let marks = MapMeasures.marks([PointingGame.Box(left: 1, top: 0, right: 2, bottom: 1)], height: 3, width: 3)
    #expect(marks == [false, true, true, false, true, true, false, false, false])
  }
}
