import Networks
import Tensors
import Testing

@testable import Images

@Suite struct ActivationMaximizationTests {
  private static let network = TorchRayNetwork.network

  private static func maximize(
    _ objective: ActivationMaximization.Objective, _ form: ActivationMaximization.Form, iterations: Int = 60,
    workers: Int = 2
  ) throws -> ActivationMaximization.Result {
    var method = ActivationMaximization()
    method.form = form
    method.iterations = iterations
    return try method.maximize(
      objective, of: network, InsidePictures.preprocessing, workers: Workers(count: workers))
  }

  @Test(arguments: ActivationMaximization.Form.allCases)
  func objectivesRise(form: ActivationMaximization.Form) throws {
    for objective in [
      ActivationMaximization.Objective.logit(0), .logit(4), .channel(5, node: TorchRayNetwork.node("features.6")),
    ] {
      let early = try Self.maximize(objective, form, iterations: 5)
      let late = try Self.maximize(objective, form)
      #expect(late.end > early.end && early.end > early.start, "\(objective): \(early.start) \(early.end) \(late.end)")
      #expect(late.picture.width == 32 && late.picture.channels == 3)
    }
  }

  @Test func theThreadsDoNotMatter() throws {
    for form in ActivationMaximization.Form.allCases {
      let results = try (1...3).map { try Self.maximize(.logit(1), form, iterations: 4, workers: $0) }
      for result in results { #expect(result.picture == results[0].picture && result.end == results[0].end) }
    }
  }

  /// Differences along random directions of the spectrum, through the sigmoid, the transforms and the network, which
  /// computes in single precision and bends at its rectifiers: hence the tolerance.
  @Test func gradientIsThatOfDifferences() throws {
    var generator = SeededGenerator(seed: 8, purpose: .test)
    let unit = try NetworkUnit(.logit(3), Self.network, InsidePictures.preprocessing, .one)
    for trial in 0..<6 {
      let picture = FourierPicture(channels: 3, height: 40, width: 40, using: &generator)
      let transforms = PictureTransforms.drawn(side: (40, 40), network: (32, 32), using: &generator)
      let gradient = ActivationMaximization.climb(picture, transforms, unit).gradient
      let length = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
      var (above, below) = (picture, picture)
      for place in gradient.indices {
        above.spectrum[place] += 3e-4 * gradient[place] / length
        below.spectrum[place] -= 3e-4 * gradient[place] / length
      }
      let rise =
        ActivationMaximization.climb(above, transforms, unit).value
        - ActivationMaximization.climb(below, transforms, unit).value
      #expect((rise / 6e-4 / length - 1).magnitude < 0.02, "trial \(trial): \(rise / 6e-4 / length)")
    }
  }

  @Test func wrongChannelsAreRefused() {
    #expect(throws: InsideError.noChannel(5, layer: "classifier.3", count: 5)) {
      try Self.maximize(.logit(5), .plain)
    }
    #expect(throws: InsideError.noChannel(16, layer: "features.6", count: 16)) {
      try Self.maximize(.channel(16, node: TorchRayNetwork.node("features.6")), .fourier)
    }
    #expect("\(InsideError.noChannel(16, layer: "features.6", count: 16))".contains("0 to 15"))
  }

  /// A shut rectifier passes what would open it, not what would shut it further; an open one leaves the gradient alone.
  @Test func shutRectifiersPassWhatOpensThem() {
    let network = Network(chain: [Activation.relu])
    func signal(_ input: [Float], _ seed: [Float]) -> [Float] {
      let trace = network.forward(Tensor(shape: [1, 3], elements: input))
      return network.backward(
        seed: Tensor(shape: [1, 3], elements: seed), from: trace, using: RedirectedRectifiers()
      ).elements
    }
    #expect(signal([-1, -2, -3], [2, -3, 4]) == [2, 0, 4])
    #expect(signal([-1, 2, -3], [2, -3, 4]) == [0, -3, 0])
  }
}
