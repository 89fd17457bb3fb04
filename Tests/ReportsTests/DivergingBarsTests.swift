import Foundation
import Testing

@testable import Reports

@Suite struct DivergingBarsTests {
  static func figure(_ values: [Double], errors: [Double?] = [], scale: Double = 1) -> DivergingBars {
    DivergingBars(
      title: "Weights", axis: "weight",
      bars: values.enumerated().map { index, value in
        let error = index < errors.count ? errors[index] : nil
        return DivergingBars.Bar(
          label: "term \(index)", value: value * scale, error: error.map { $0 * scale }, valueText: "\(value)")
      })
  }

  /// The left and right end of each bar of a drawing in pixels, by its paint.
  static func boxes(_ svg: SVG, _ ink: Ink) throws -> [ClosedRange<Double>] {
    try XMLElements(svg.text).all("polygon").filter { $0["fill"] == ink.paint }.map { polygon in
      let x = (polygon["points"] ?? "").split(separator: " ").compactMap { Double($0.split(separator: ",")[0]) }
      return (x.min() ?? .nan)...(x.max() ?? .nan)
    }
  }

  @Test(Program.needed) func eachTermHasItsBarItsLabelAndItsNumber() throws {
    let values = [0.3, -0.2, 0, 0.1, -0.05]
    let svg = try Self.figure(values).svg()
    #expect(try Self.boxes(svg, .positive).count == 2)
    #expect(try Self.boxes(svg, .negative).count == 2)
    let texts = try XMLElements(svg.text).texts("text")
    for (index, value) in values.enumerated() {
      #expect(texts.filter { $0 == "term \(index)" }.count == 1)
      #expect(texts.contains("\(value)"))
    }
    #expect(texts.contains("Weights"))
    #expect(texts.contains("weight"))
  }

  /// All bars meet at zero, on the side of their sign, and are as long as their values. gnuplot prints hundredths
  /// of a pixel and rounds to a fiftieth or so.
  @Test(Program.needed) func lengthsAreProportionalToValues() throws {
    let values = [0.4, -0.3, 0.2, -0.1]
    let svg = try Self.figure(values).svg()
    let right = try Self.boxes(svg, .positive)
    let left = try Self.boxes(svg, .negative)
    let zero = try #require(right.first).lowerBound
    let unit = (right[0].upperBound - zero) / 0.4
    #expect(unit > 300)
    #expect(abs(right[1].upperBound - zero - 0.2 * unit) < 0.05)
    #expect(abs(left[0].lowerBound - zero + 0.3 * unit) < 0.05)
    #expect(abs(left[1].lowerBound - zero + 0.1 * unit) < 0.05)
    for bar in left { #expect(abs(bar.upperBound - zero) < 0.05) }
  }

  @Test(Program.needed, arguments: [1e-300, 1e-9, 1e-3, 1e6, 1e308])
  func unitDoesNotChangeTheBars(scale: Double) throws {
    let (values, errors) = ([1, -0.5, 0.25], [0.5, 0.25, nil] as [Double?])
    let plain = try Self.figure(values, errors: errors).svg()
    let scaled = try Self.figure(values, errors: errors, scale: scale).svg()
    for ink in [Ink.positive, .negative] {
      for (one, other) in zip(try Self.boxes(plain, ink), try Self.boxes(scaled, ink)) {
        #expect(abs(one.lowerBound - other.lowerBound) < 0.05)
        #expect(abs(one.upperBound - other.upperBound) < 0.05)
      }
      #expect(try Self.boxes(plain, ink).count == Self.boxes(scaled, ink).count)
    }
  }

  @Test(
    Program.needed,
    arguments: [
      [], [0], [0, 0, 0], [.leastNonzeroMagnitude], [-1e-9], [1e300, 1e-300], [.infinity, .nan, 1],
      [Double.greatestFiniteMagnitude, -Double.greatestFiniteMagnitude], Array(repeating: 0.1, count: 40),
    ])
  func oddValuesAreDrawn(values: [Double]) throws {
    let svg = try Self.figure(values, errors: values).svg()
    let finite = values.filter { $0.isFinite && $0 != 0 }
    let drawn = try Self.boxes(svg, .positive).count + Self.boxes(svg, .negative).count
    #expect(drawn <= finite.count)
    // A bar thinner than any pixel may be left out; the others may not.
    #expect(drawn >= finite.filter { abs($0) > 1e-6 * (finite.map(abs).max() ?? 0) }.count)
    #expect(try XMLElements(svg.text).texts("text").filter { $0.hasPrefix("term ") }.count == values.count)
  }

  @Test(Program.needed) func figureWithoutTermsHasAnAxisAlone() throws {
    let texts = try XMLElements(DivergingBars(title: "", axis: "", bars: []).svg().text).texts("text")
    #expect(texts == ["−1.0", "−0.5", "0", "0.5", "1.0"])
  }

  /// A whisker reaches one error to each side: 0.2 to 0.6 about 0.4, where the bar of 0.4 gives the unit.
  @Test(Program.needed) func whiskersReachOneErrorToEachSide() throws {
    let svg = try Self.figure([0.4], errors: [0.2]).svg()
    let bar = try #require(try Self.boxes(svg, .positive).first)
    let unit = (bar.upperBound - bar.lowerBound) / 0.4
    let path = try #require(try XMLElements(svg.text).all("path").compactMap { $0["d"] }.last)
    let x = path.split { " ML\n".contains($0) }.compactMap { Double($0.split(separator: ",")[0]) }
    #expect(abs((x.min() ?? 0) - bar.lowerBound - 0.2 * unit) < 0.05)
    #expect(abs((x.max() ?? 0) - bar.lowerBound - 0.6 * unit) < 0.05)
  }

  @Test(Program.needed) func hostileTextsAreShownAndNotRun() throws {
    let canary = "/tmp/" + UUID().uuidString
    let texts = Hostile.texts(canary: canary)
    for text in texts {
      let figure = DivergingBars(
        title: text, axis: text, bars: [DivergingBars.Bar(label: text, value: 1, error: 1, valueText: text)])
      let svg = try figure.svg().text
      let elements = try XMLElements(svg)
      let ours: Set = ["svg", "title", "desc", "g", "rect", "text", "path", "polygon"]
      #expect(Set(elements.elements.map(\.name)).isSubset(of: ours), "elements from \(text.debugDescription)")
      #expect(elements.all("polygon").count == 1)
      #expect(
        elements.all("text").allSatisfy { Set($0.keys).isSubset(of: Self.attributes) },
        "attributes from \(text.debugDescription)")
      let shown = Self.seen(text.shortened(to: 60, width: 34))
      #expect(elements.texts("text").contains(shown), "\(text.debugDescription)")
      #expect(elements.texts("desc").first?.hasSuffix("\(Self.seen(text)): \(Self.seen(text))") == true)
      #expect(elements.texts("title").first == Self.seen(text))
    }
    let together = DivergingBars(
      title: "", axis: "", bars: texts.map { DivergingBars.Bar(label: $0, value: -1, valueText: "-1") })
    #expect(try XMLElements(together.svg().text).all("polygon").count == texts.count)
    #expect(!FileManager.default.fileExists(atPath: canary))
  }

  /// What stands behind the test above: gnuplot does run such a text where it gets to see it.
  @Test(Program.needed) func gnuplotRunsWhatPlaceholdersKeepFromIt() throws {
    let canary = "/tmp/" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: canary) }
    var script = GnuplotScript(width: 100, height: 100, title: "", description: "")
    script.add("set title '" + "x'\nsystem('touch \(canary)')\n#" + "'")
    script.layers = [GnuplotScript.Layer(values: [1, 1], columns: 2, style: "with points")]
    _ = try? Gnuplot().draw(script)
    #expect(FileManager.default.fileExists(atPath: canary))
  }

  @Test func noTextReachesTheScript() {
    let secret = "sesame"
    let figure = DivergingBars(
      title: secret, axis: secret, bars: [DivergingBars.Bar(label: secret, value: 1, valueText: secret)])
    let script = DivergingBarsLayout(figure).script
    #expect(!script.text.contains(secret))
    #expect(script.captions.values.filter { $0.shown == secret }.count == 4)
  }

  @Test(Program.needed) func longLabelIsCutAndGivenInFull() throws {
    let label = String(repeating: "abcdefghi ", count: 10)
    let figure = DivergingBars(title: "", axis: "", bars: [DivergingBars.Bar(label: label, value: 1, valueText: "1")])
    let elements = try XMLElements(figure.svg().text)
    let shown = try #require(elements.texts("text").first)
    #expect(shown.hasSuffix("…") && shown.count <= 60 && shown.count > 40)
    #expect(elements.texts("title").contains(label))
  }

  @Test(Program.needed) func drawingStandsInAPage() throws {
    let svg = try Self.figure([1, -1]).svg()
    #expect(svg == (try Self.figure([1, -1]).svg()))
    let text = svg.text
    #expect(text.hasPrefix("<svg ") && text.hasSuffix("</svg>"))
    for part in ["<?xml", "<!DOCTYPE", "<script", "black", "rgb(", "#0a0b0", "Arial:", "url(", "gnuplot 5"] {
      #expect(!text.contains(part), "\(part)")
    }
    let elements = try XMLElements(svg.markup(idPrefix: "x"))
    let root = try #require(elements.all("svg").first)
    #expect(root["role"] == "img")
    let named = (root["aria-labelledby"] ?? "").split(separator: " ").map(String.init)
    #expect(named == ["x-title", "x-description"] && elements.ids.isSuperset(of: named))
    #expect(elements.ids.allSatisfy { $0.hasPrefix("x-") })
    #expect(elements.texts("title") == ["Weights"])
  }

  /// The attributes of a text.
  private static let attributes: Set = ["x", "y", "fill", "text-anchor", "font-size", "font-weight"]

  /// A text as an XML reader gives it back after escaping.
  private static func seen(_ text: String) -> String {
    ["&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'"]
      .reduce(text.markup) { $0.replacingOccurrences(of: $1.key, with: $1.value, options: .literal) }
      .replacingOccurrences(of: "&amp;", with: "&", options: .literal)
  }
}
