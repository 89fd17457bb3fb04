import Surrogates
import Tensors
import Testing

@testable import Images

@Suite struct PictureLIMETests {
  /// A model whose probability is 0.1 and more for each quarter that is shown: it knows a quarter by its first pixel.
  private struct Quarters: PictureClassifier {
    let input: Tensor
    let worth: [Double]

    func probabilities(of pictures: Tensor, workers: Workers) -> Matrix {
      let size = input.elements.count
      return Matrix(
        rows: pictures.shape[0], columns: 2,
        elements: (0..<pictures.shape[0]).flatMap { row -> [Double] in
          let places = [0, 6, 48, 54]
          let sum = zip(places, worth).reduce(0.1) {
            $0 + (pictures.elements[row * size + $1.0] == input.elements[$1.0] ? $1.1 : 0)
          }
          return [1 - sum, sum]
        })
    }
  }

  private static let worth = [0.3, -0.08, 0.2, 0]

  private static var subject: Subject {
    var numbers = MersenneTwister.numbers(192, seed: 1, scale: 1)
    for place in [0, 6, 48, 54] { numbers[place] = 2 }
    let input = Tensor(shape: [1, 3, 8, 8], elements: numbers)
    return Subject(model: Quarters(input: input, worth: worth), input: input, target: 1)
  }

  private static func method(_ samples: Int, seed: UInt64 = 0) -> PictureLIME {
    var method = PictureLIME()
    method.segments = .grid(GridSegments(cells: 2))
    method.samples = samples
    method.seed = seed
    return method
  }

  /// The model is linear in what is shown, so that the weights are its own but for the ridge's penalty, and explain all
  /// of it.
  @Test func weightsAreThoseOfALinearModel() throws {
    let map = try Self.method(4000).explain(Self.subject)
    for (place, worth) in zip([0, 6, 48, 54], Self.worth) {
      #expect((Double(map.values[place]) - worth).magnitude < 0.003, "\(map.values[place])")
    }
    let surrogate = try #require(map.surrogate)
    #expect(surrogate.weights.map(\.feature) == [0, 2, 1, 3] && surrogate.rSquared > 0.999)
    #expect((surrogate.probability - 0.52).magnitude < 1e-12 && surrogate.stability == .high)
    #expect((surrogate.localPrediction - 0.52).magnitude < 0.002 && (surrogate.intercept - 0.1).magnitude < 0.003)
    #expect(surrogate.place(of: 1) == (across: 0.75, down: 0.25, share: 0.25))
    #expect(map.effort == Effort(done: 4000, planned: 4000, unit: "samples", ending: .finished))
  }

  @Test func theThreadsDoNotMatterButTheSeedDoes() throws {
    func map(_ threads: Int, _ seed: UInt64) throws -> SaliencyMap {
      var method = Self.method(50, seed: seed)
      method.segments = .quickshift(Quickshift(kernelSize: 1))
      let subject = Subject(
        network: TorchRayNetwork.network, input: TorchRayNetwork.input, target: 3, workers: Workers(count: threads))
      return try method.explain(subject)
    }
    let one = try map(1, 4)
    #expect(try map(2, 4) == one)
    #expect(try map(3, 4) == one)
    #expect(try map(1, 5) != one)
  }

  @Test func stopsWhenTold() throws {
    var subject = Self.subject
    subject.budget = Budget(deadline: .now)
    let map = try Self.method(1000).explain(subject)
    #expect(map.effort?.ending == .timeLimit && (2..<1000).contains(map.effort?.done ?? 0))
    #expect(map.surrogate?.samples == map.effort?.done)
  }

  @Test func tooManySegmentsAndTooFewSamplesAreRefused() {
    let input = Tensor(shape: [1, 1, 50, 50])
    let subject = Subject(
      model: LinearClassifier(weights: [Float](repeating: 1, count: 2500), classes: 1), input: input, target: 0,
      bounds: ([0], [1]))
    var method = PictureLIME()
    method.segments = .grid(GridSegments(cells: 50))
    #expect(throws: SaliencyError.setting("2500 segments are too many for a surrogate, 2000 are the most")) {
      try method.explain(subject)
    }
    method.samples = 1
    #expect(throws: SaliencyError.setting("lime takes two samples at least")) {
      try method.explain(subject)
    }
  }

  /// A hidden segment takes its mean, or the given colour; a shown one is the picture's, bit for bit.
  @Test func hiddenSegmentsTakeTheirColour() {
    let input = Tensor(shape: [1, 1, 2, 2], elements: [0, 1, 0.25, 0.75])
    let subject = Subject(
      model: LinearClassifier(weights: [1, 1, 1, 1], classes: 1), input: input, target: 0, bounds: ([0], [1]))
    let segments = Segmentation(width: 2, height: 2, labels: [0, 0, 1, 1])
    let draws = Matrix(rows: 3, columns: 2, elements: [1, 1, 0, 1, 0, 0])
    let mean = HiddenSegments(segments, subject, .mean).pictures(draws, 0..<3, workers: .one)
    #expect(mean.elements == [0, 1, 0.25, 0.75, 0.5, 0.5, 0.25, 0.75, 0.5, 0.5, 0.5, 0.5])
    let white = HiddenSegments(segments, subject, .color([255])).pictures(draws, 1..<2, workers: .one)
    #expect(white.elements == [1, 1, 0.25, 0.75] && white.shape == [1, 1, 2, 2])
  }

  /// What was a picture's sample is it again.
  @Test func thePictureComesBackFromTheInput() {
    let preprocessing = InsidePictures.preprocessing
    let limits = [0.0, 255.0].map { sample in
      (0..<3).map { Float((sample / 255 - preprocessing.mean[$0]) / preprocessing.deviation[$0]) }
    }
    let subject = Subject(
      network: TorchRayNetwork.network, input: InsidePictures.input, target: 0, bounds: (limits[0], limits[1]))
    #expect(subject.picture == InsidePictures.picture)
  }
}
