import Foundation
import Testing

@testable import Reports

@Suite struct PointPlotTests {
  @Test(Program.needed) func pointsStandInTheirPlaces() throws {
    let plot = PointPlot(
      title: "Said and seen", xAxis: "said", yAxis: "seen",
      points: [.init(x: 0, y: 0), .init(x: 1, y: 0.5, whisker: 0.4...0.6), .init(x: .nan, y: 1)], range: 0...1)
    let elements = try XMLElements(plot.svg().text)
    for word in ["Said and seen", "said", "seen", "0.4"] {
      #expect(elements.texts("text").contains(word), "\(word)")
    }
    // Each point is a mark that is moved to its place: the second one is right of the first and halfway up.
    let places = elements.all("use").compactMap { $0["transform"] }.filter { $0.hasPrefix("translate") }.map {
      transform in
      transform.split { "translate(), scale".contains($0) }.compactMap { Double($0) }
    }
    try #require(places.count == 2)
    #expect(abs(places[1][0] - places[0][0] - 300 / 1.08) < 0.5)
    #expect(abs(places[0][1] - places[1][1] - 150 / 1.08) < 0.5)
  }

  @Test(Program.needed) func anyNumbersCanBeDrawn() throws {
    for values in [[], [0.0], [5, 5], [1e300, -1e300], [1e-300, 2e-300], [1e9, 1e9 + 1]] {
      let plot = PointPlot(title: "", xAxis: "", yAxis: "", points: values.map { .init(x: $0, y: $0) }, isJoined: true)
      #expect(try plot.svg().text.hasSuffix("</svg>"))
    }
  }

  @Test(Program.needed) func hostileNamesAreShownAndNotRun() throws {
    let canary = "/tmp/" + UUID().uuidString
    for text in Hostile.texts(canary: canary) where text.utf8.count < 200 {
      let svg = try PointPlot(title: text, xAxis: text, yAxis: text, points: [.init(x: 1, y: 2)]).svg()
      #expect(try !XMLElements(svg.text).texts("text").isEmpty)
    }
    #expect(!FileManager.default.fileExists(atPath: canary))
  }
}
