import Networks
import Tensors
import Testing

@testable import Images

@Suite struct InversionTests {
  private static let network = TorchRayNetwork.network

  private static func invert(_ layer: String, iterations: Int = 400, workers: Int = 2) throws -> Inversion.Result {
    var inversion = Inversion()
    inversion.iterations = iterations
    return try inversion.invert(
      TorchRayNetwork.node(layer), of: network, for: InsidePictures.input, InsidePictures.preprocessing,
      workers: Workers(count: workers))
  }

  /// A low layer keeps nearly all: the picture comes back. The mean difference of two random pictures is 85.
  @Test func aLowLayerGivesThePictureBack() throws {
    let result = try Self.invert("features.1")
    #expect(result.error < 0.2, "\(result.error)")
    let difference = zip(result.picture.samples, InsidePictures.picture.samples).reduce(0) {
      $0 + abs(Int($1.0) - Int($1.1))
    }
    #expect(difference / result.picture.samples.count < 20, "\(difference / result.picture.samples.count)")
    #expect(result.errors.count == 2 && result.error == result.errors.min())
    #expect(result.effort == Effort(done: 400, planned: 400, unit: "steps", ending: .finished))
  }

  @Test func errorsFallOnTheWay() throws {
    let errors = try [1, 20, 200].map { try Self.invert("classifier.1", iterations: $0).error }
    #expect(errors[0] > errors[1] && errors[1] > errors[2], "\(errors)")
  }

  /// The error that is given is that of the layer's output for the picture, but for rounding.
  @Test func theErrorIsThePictures() throws {
    let result = try Self.invert("features.4", iterations: 100)
    let layer = Self.network.upTo(TorchRayNetwork.node("features.4"))
    let target = layer.forward(InsidePictures.input).output.elements
    let found = layer.forward(InsidePictures.preprocessing.tensor(result.picture)).output.elements
    let size = target.reduce(0) { $0 + Double($1 * $1) }
    let error = zip(target, found).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) } / size
    #expect((error.squareRoot() - result.pictureError).magnitude < 1e-4)
    #expect((result.pictureError - result.error).magnitude < 0.2)
  }

  @Test func theThreadsDoNotMatter() throws {
    let results = try (1...3).map { try Self.invert("features.7", iterations: 5, workers: $0) }
    for result in results { #expect(result.picture == results[0].picture && result.errors == results[0].errors) }
  }

  @Test func stopsWhenTold() throws {
    var inversion = Inversion()
    inversion.restarts = 1
    let result = try inversion.invert(
      TorchRayNetwork.node("features.1"), of: Self.network, for: InsidePictures.input, InsidePictures.preprocessing,
      budget: Budget(deadline: .now))
    #expect(result.effort.done == 1 && result.effort.ending == .timeLimit)
  }

  /// A rectifier below 0 everywhere.
  @Test func aSilentLayerIsRefused() {
    let network = Network(chain: [Clip(0...0)])
    #expect(throws: InsideError.silent) {
      try Inversion().invert(1, of: network, for: InsidePictures.input, InsidePictures.preprocessing)
    }
  }
}
