import Testing

@testable import Reports

@Suite struct HeatMapTests {
  @Test(Program.needed) func eachPixelAboveZeroIsABoxOfItsShade() throws {
    let map = HeatMap(title: "Pixels", height: 2, width: 3, values: [0, 1, 0.5, .nan, -2, 0.05])
    let svg = try map.svg()
    let boxes = try XMLElements(svg.text).all("polygon").compactMap { $0["fill"] }
    #expect(boxes.filter { $0 == Ink.shade9.paint }.count == 1)
    #expect(boxes.filter { $0 == Ink.shade5.paint }.count == 1)
    #expect(boxes.filter { $0 == Ink.shade1.paint }.count == 1)
    #expect(svg.text.contains("the largest is in row 1, column 2"))
  }

  @Test(Program.needed) func aMapOfNothingIsAnEmptyFrame() throws {
    let svg = try HeatMap(title: "<b>`x`\n", height: 1, width: 1, values: [0]).svg()
    #expect(try XMLElements(svg.text).all("polygon").allSatisfy { $0["fill"]?.hasPrefix("rgb(37") != true })
  }
}
