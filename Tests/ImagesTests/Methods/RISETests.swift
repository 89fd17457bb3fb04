import Learning
import Networks
import Tensors
import Testing

@testable import Images

@Suite struct RISETests {
  private static func method(_ change: (inout RISE) -> Void) -> RISE {
    var method = RISE(masks: 64)
    change(&method)
    return method
  }

  /// The same seed as torch's: all five classes.
  @Test func torchRaysFormIsTorchRays() throws {
    let map = try Self.method {
      $0.form = .torchRay
      $0.top = 4
    }.explain(TorchRayNetwork.subject)
    var classes = [[Float]](repeating: [], count: 5)
    classes[3] = map.values
    for part in map.parts { if let target = part.target { classes[target] = part.values } }
    #expect(
      TorchRayReference.error("rise", classes.flatMap { $0 }, in: TorchRayReference.perturbation) < 1e-5)
  }

  /// S = 1 / (N p) Σ f(x · M) M, mask by mask; pairs are masks and their complements.
  @Test(arguments: [true, false]) func aLiteralTwinAgrees(isPaired: Bool) throws {
    let subject = TorchRayNetwork.subject
    let map = try Self.method {
      $0.masks = 20
      $0.pairs = isPaired
    }.explain(subject)
    let generator = RandomGridMasks(form: .paper, height: 32, width: 32, cells: 7, probability: 0.5)
    var sums = [Double](repeating: 0, count: 1024)
    for number in 0..<20 {
      var mask = generator.mask(isPaired ? number / 2 : number, seed: 0)
      if isPaired, number % 2 == 1 { mask = mask.complement }
      let values = generator.values([mask], workers: .one).elements
      let masked = Tensor(
        shape: [1, 3, 32, 32], elements: subject.input.elements.enumerated().map { $1 * values[$0 % 1024] })
      let answer = try subject.probabilities(of: masked)[0, 3]
      for pixel in 0..<1024 { sums[pixel] += answer * Double(values[pixel]) / 20 / 0.5 }
    }
    #expect(zip(map.values, sums).allSatisfy { (Double($0) - $1).magnitude < 1e-6 })
  }

  /// The standard error says how far runs with other seeds lie apart; pairs bring it down.
  @Test func standardErrorsAreThoseOfTheRuns() throws {
    let subject = Subject(
      model: PixelClassifier(BrightCorner(), pixels: Array(0..<64)),
      input: Tensor(shape: [1, 1, 8, 8], repeating: 200),
      target: 1)
    func runs(_ pairs: Bool) throws -> (spread: Double, said: Double) {
      let maps = try (0..<40).map { seed in
        try Self.method {
          $0.masks = 100
          $0.pairs = pairs
          $0.seed = UInt64(seed)
        }.explain(subject)
      }
      let values = maps.map { Double($0.values[10]) }
      let mean = values.reduce(0, +) / 40
      let spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 39).squareRoot()
      return (spread, maps.reduce(0) { $0 + Double($1.parts[0].values[10]) } / 40)
    }
    let (alone, paired) = (try runs(false), try runs(true))
    // A spread of 40 runs has a standard error of 11 %.
    #expect((alone.spread / alone.said - 1).magnitude < 0.35 && (paired.spread / paired.said - 1).magnitude < 0.35)
    #expect(paired.said < 0.8 * alone.said)
  }

  /// The model looks at the last pixel alone, and so does the map; without a number of masks it stops by itself.
  @Test func aBlackBoxIsSeenThrough() throws {
    var method = RISE()
    method.cells = 4
    let map = try method.explain(
      Subject(
        model: PixelClassifier(BrightCorner(), pixels: Array(0..<64)),
        input: Tensor(shape: [1, 1, 8, 8], repeating: 255), target: 1))
    #expect(map.values.indices.max { map.values[$0] < map.values[$1] } == 63)
    #expect(map.effort?.ending == .settled && (map.effort?.done ?? 0) < 8000)
    #expect(map.score == 1)
  }

  @Test func mistakesAreSaid() {
    for change: (inout RISE) -> Void in [
      { $0.masks = 0 }, { $0.cells = 1 }, { $0.probability = 0 }, { $0.probability = 1 },
    ] {
      #expect(throws: SaliencyError.self) { try Self.method(change).explain(TorchRayNetwork.subject) }
    }
  }
}
