import Tensors
import Testing

@testable import Images

@Suite struct RandomGridMasksTests {
  /// Two cells for 4 pixels: ⌈4/2⌉ = 2 places; the paper's grid has 3 · 2 / 2 = 3 pixels a cell. Pixel 0 at shift 0
  /// lies at (0 + ½)/3 − ½ = −⅓, between cell 1, mirrored, and cell 0; pixels 1 to 3 at 0, ⅓ and ⅔.
  @Test func cellsAreBroughtToPixelsByHand() {
    let generator = RandomGridMasks(form: .paper, height: 4, width: 4, cells: 2, probability: 0.5)
    let mask = RandomGridMasks.Mask(cells: [1, 0, 0, 0], top: 0, left: 0)
    let line: [Float] = [2.0 / 3, 1, 2.0 / 3, 1.0 / 3]
    let values = generator.values([mask], workers: .one).elements
    for row in 0..<4 {
      for column in 0..<4 { #expect((values[row * 4 + column] - line[row] * line[column]).magnitude < 1e-6) }
    }
    let moved = generator.values([RandomGridMasks.Mask(cells: [1, 0, 0, 0], top: 1, left: 0)], workers: .one).elements
    #expect((moved[0] - 2.0 / 3).magnitude < 1e-6 && moved[12] < 1e-6)
  }

  @Test func complementsAddUpToOne() {
    let generator = RandomGridMasks(form: .paper, height: 30, width: 47, cells: 7, probability: 0.3)
    let mask = generator.mask(5, seed: 9)
    let values = generator.values([mask, mask.complement], workers: Workers(count: 2)).elements
    for pixel in 0..<30 * 47 { #expect((values[pixel] + values[30 * 47 + pixel] - 1).magnitude < 1e-6) }
    #expect(generator.mask(5, seed: 9) == mask && generator.mask(6, seed: 9) != mask)
  }

  /// The mean of many masks is the probability of an open cell.
  @Test func cellsAreAsOftenOpenAsTheyShould() {
    let generator = RandomGridMasks(form: .torchRay, height: 21, width: 21, cells: 3, probability: 0.25)
    let values = generator.values((0..<4000).map { generator.mask($0, seed: 1) }, workers: Workers(count: 2)).elements
    let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
    // Each mask has nine cells: √(0.25 · 0.75 / 36,000) = 0.0023 at least.
    #expect((mean - 0.25).magnitude < 0.01)
  }
}
