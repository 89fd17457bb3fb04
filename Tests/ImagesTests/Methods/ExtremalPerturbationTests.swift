import Networks
import Tensors
import Testing

@testable import Images

@Suite struct ExtremalPerturbationTests {
  private static let references = TorchRayReference.perturbation

  private static func method(_ change: (inout ExtremalPerturbation) -> Void) -> ExtremalPerturbation {
    var method = ExtremalPerturbation(areas: [0.1, 0.3], iterations: 12)
    change(&method)
    return method
  }

  private static let cases: [(name: String, method: ExtremalPerturbation)] = {
    var cases = ExtremalPerturbation.Variant.allCases.flatMap { variant in
      ExtremalPerturbation.Reward.allCases.map { reward in
        (
          "extremal.\(variant.rawValue).\(reward.rawValue)",
          method { ($0.variant, $0.reward) = (variant, reward) }
        )
      }
    }
    cases.append(("extremal.fade.still", method { ($0.perturbation, $0.mirrors) = (.fade, false) }))
    return cases
  }()

  /// Twelve steps of each variant with two areas.
  @Test(arguments: 0..<7) func everyVariantIsTorchRays(number: Int) throws {
    let (name, method) = Self.cases[number]
    let search = try method.search(TorchRayNetwork.subject)
    // In one of them a pixel at the area's bound changes sides by rounding. TorchRay with noise of 3e-7 on its masks is
    // then off by 2.7e-3, too.
    let tolerance: Float = name == "extremal.dual.contrastive" ? 3e-3 : 1e-4
    #expect(TorchRayReference.error(name, search.masks.elements, in: Self.references) < tolerance, "\(name)")
    // Rewards and penalties [areas, 2, steps]. With the contrastive reward TorchRay's rewards mix the areas; their sum
    // is right.
    let history = try #require(Self.references[name + ".history"]).data
    let largest = history.reduce(0) { max($0, $1.magnitude) }
    func compare(_ found: Double, _ expected: Float) {
      #expect((Float(found) - expected).magnitude < tolerance * largest, "\(name): \(found) for \(expected)")
    }
    for (step, entry) in search.history.enumerated() {
      for area in 0..<2 { compare(entry[area].penalty, history[(area * 2 + 1) * 12 + step]) }
      if method.reward == .simple {
        for area in 0..<2 { compare(entry[area].reward, history[area * 2 * 12 + step]) }
      } else {
        compare(entry[0].reward + entry[1].reward, history[step] + history[24 + step])
      }
    }
  }

  /// Areas in one batch do not meet, and threads change nothing.
  @Test func areasAreApart() throws {
    let both = try Self.method { $0.iterations = 5 }.search(TorchRayNetwork.subject)
    let one = try ExtremalPerturbation(areas: [0.3], iterations: 5).search(TorchRayNetwork.subject)
    #expect(Array(both.masks.elements[1024...]) == one.masks.elements)
  }

  /// The first step's direction is the gradient of reward and penalty: they rise by its square times the step.
  @Test func theWholeGradientMatchesFiniteDifferences() throws {
    let generator = SmoothMasks(height: 32, width: 32)
    let pyramid = PerturbationPyramid(TorchRayNetwork.input, kind: .blur, workers: .one)
    let parameters = Tensor(
      shape: [1, 5, 5], elements: MersenneTwister.numbers(25, seed: 21, scale: 0.4).map { $0 + 0.5 })
    let network = TorchRayNetwork.network
    func logit(_ parameters: Tensor) -> Double {
      let masks = generator.cropped(generator.generate(parameters, workers: .one))
      return TorchRayNetwork.subject.score(network.forward(pyramid.apply(masks, workers: .one)).output)
    }
    let generated = generator.generate(parameters, workers: .one)
    let masks = generator.cropped(generated)
    let trace = network.forward(pyramid.apply(masks, workers: .one))
    let signal = network.backward(seed: TorchRayNetwork.subject.seed(trace.output), from: trace)
    let gradient = generator.gradient(
      generator.padded(pyramid.gradient(signal, masks: masks, workers: .one)), parameters: parameters, masks: generated,
      workers: .one)
    let norm = gradient.elements.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    // Along the gradient: the slope is its norm. The step is small beside the pieces of the piecewise linear function.
    func moved(_ step: Double) -> Tensor {
      parameters.map(with: gradient) { $0 + Float(step / norm) * $1 }
    }
    let slope = (logit(moved(4e-3)) - logit(moved(-4e-3))) / 8e-3
    #expect((slope / norm - 1).magnitude < 0.02, "\(slope) for \(norm)")
  }

  @Test func areasAndWhatTheyPreserveAreSaid() throws {
    let map = try Self.method { $0.variant = .dual }.explain(TorchRayNetwork.subject)
    #expect(map.parts.map(\.name) == ["area 0.1", "area 0.3"] && map.layer == 0)
    #expect(
      map.parts.allSatisfy {
        $0.figures.map(\.name) == ["logit preserved", "logit after deletion", "share covered"]
      })
    for pixel in map.values.indices {
      #expect((map.values[pixel] - (map.parts[0].values[pixel] + map.parts[1].values[pixel]) / 2).magnitude < 1e-6)
    }
    #expect(map.effort == Effort(done: 12, planned: 12, unit: "iterations", ending: .finished))
  }

  /// After one step a mask still covers all: no area is the best, and the map says so.
  @Test func masksThatHaveNotComeDownAreNamed() throws {
    let map = try Self.method { $0.iterations = 1 }.explain(TorchRayNetwork.subject)
    #expect(map.remarks.count == 3 && map.remarks[0].hasPrefix("the mask of area 0.1 still covers "))
    #expect(map.remarks[2].contains("in one of 32 x 32 they are coarse"))
    #expect(map.figures.map(\.name) == ["logit with all destroyed"])
  }

  @Test func tooManyAreasAreRefused() {
    #expect(throws: SaliencyError.setting("33 areas are too many, 32 are the most")) {
      try Self.method { $0.areas = (1...33).map { Double($0) / 40 } }
        .explain(TorchRayNetwork.subject)
    }
  }

  @Test(arguments: [[0], [2], [0.1, -0.5], [], [.nan]]) func areasThatAreNoneAreRefused(areas: [Double]) {
    #expect(throws: SaliencyError.setting("an area is a share of the picture, above 0 and below 1")) {
      try Self.method { $0.areas = areas }.explain(TorchRayNetwork.subject)
    }
  }

  /// A network that looks at one corner: the mask covers it, and covers about the area it was given.
  @Test func theMaskFindsWhatTheNetworkLooksAt() throws {
    var weight = Tensor(shape: [2, 3 * 42 * 42])
    for row in 26..<38 { for column in 4..<16 { weight.elements[row * 42 + column] = 3 } }
    let network = Network([
      Network.Node(Input(), inputs: []), Network.Node(Reshape.flatten, inputs: [0]),
      Network.Node(FullyConnected(weight: weight, bias: Tensor(shape: [2])), inputs: [1]),
    ])
    let input = Tensor(shape: [1, 3, 42, 42], elements: (0..<3 * 42 * 42).map { $0 % 2 == 0 ? 1 : 0.5 })
    let map = try Self.method {
      $0.areas = [0.08]
      $0.iterations = 300
      $0.perturbation = .fade
      $0.mirrors = false
    }.explain(Subject(network: network, input: input, target: 0, workers: Workers(count: 2)))
    let inside = (26..<38).flatMap { row in (4..<16).map { map.values[row * 42 + $0] } }
    let mean = inside.reduce(0, +) / Float(inside.count)
    let outside = (map.values.reduce(0, +) - inside.reduce(0, +)) / Float(map.values.count - inside.count)
    // TorchRay's: 0.99956 and 0.51234.
    #expect((mean - 0.99956).magnitude < 2e-3 && (outside - 0.51234).magnitude < 2e-2, "\(mean) and \(outside)")
  }
}
