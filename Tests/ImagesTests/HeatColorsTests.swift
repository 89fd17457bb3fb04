import Testing

@testable import Images

@Suite struct HeatColorsTests {
  @Test func zeroIsWhiteWhereThereAreNegativeValues() {
    let colors = HeatColors.colors([0, -1, 1])
    #expect(Array(colors[0..<3]) == [247, 247, 247])
    #expect(colors[3] < colors[5] && colors[6] > colors[8])
  }

  @Test func largerValuesAreLighter() {
    let colors = HeatColors.colors((0..<50).map { Float($0) })
    let light = (0..<50).map { place -> Int in
      let color = colors[3 * place..<3 * place + 3].map { Int($0) }
      return 299 * color[0] + 587 * color[1] + 114 * color[2]
    }
    #expect(zip(light, light.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test func anyValuesHaveColors() {
    #expect(HeatColors.colors([0, 0]) == HeatColors.colors([.nan, .infinity]))
    let picture = Picture(width: 2, height: 1, channels: 1, samples: [10, 20])
    #expect(HeatColors.overlay([0, 0], on: picture).samples.count == 6)
  }
}
