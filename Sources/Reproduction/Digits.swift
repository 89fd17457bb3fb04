import DataFrames
import Images
import Learning
import Networks
import Runs
import Surrogates
import Tensors

/// Handwritten digits (MNIST), and the models of them that several parts look at.
struct Digits: Sendable {
  static let set = "mnist"
  /// The sides of a picture.
  static let side = 28
  static let pixels = side * side
  /// Above which sample a pixel counts as ink.
  static let inkSample = 127.0

  /// Pictures to learn from, the first of the file.
  let training: LearningTable
  /// Pictures that no model has seen, the first of the other file.
  let tests: LearningTable
  let forest: TrainedModel
  let convolutional: TrainedModel
  let network: Network
  /// The files of both.
  let files: [UsedFile]

  /// Reads the pictures and trains the models.
  /// - Throws: `MissingData`, and what keeps the files from being read.
  init(_ bench: Bench) throws {
    let (training, first) = try Self.table("train", limit: bench.count(12_000, quick: 2_500), bench: bench)
    let (tests, second) = try Self.table("t10k", limit: bench.count(2_000, quick: 600), bench: bench)
    self.training = training
    self.tests = tests
    files = first + second
    var forestRequest = ModelRequest(.forest)
    forestRequest.trees = bench.count(100, quick: 50)
    forest = try TrainedModel.make(training, forestRequest, bench.run)
    var networkRequest = ModelRequest(.convolutional)
    networkRequest.epochs = bench.count(5, quick: 6)
    convolutional = try TrainedModel.make(training, networkRequest, bench.run)
    guard let model = convolutional.model as? ConvolutionalNetwork.Model else {
      preconditionFailure("Digits: a network of another kind")
    }
    network = model.network
  }

  /// The first pictures of a file, with their labels.
  /// - Throws: `MissingData`, and what keeps the files from being read.
  static func table(
    _ name: String, limit: Int, target: TargetRequest = TargetRequest(), bench: Bench
  ) throws -> (LearningTable, [UsedFile]) {
    let paths = try ["images-idx3", "labels-idx1"].map { try bench.path("mnist/\(name)-\($0)-ubyte.gz", set: set) }
    let files = try paths.map { try DataFile(path: $0, workers: bench.run.workers) }
    let frame = try IDXReader(limit: limit).read(files[0], labels: files[1], workers: bench.run.workers)
    let table = try LearningTable(frame, data: TableSource(path: paths[0], labels: paths[1]), target: target)
    var used = [UsedFile(path: paths[0], sha256: frame.source.sha256)]
    if let labels = frame.source.pictureLayout?.labels { used.append(UsedFile(path: paths[1], sha256: labels.sha256)) }
    return (table, used)
  }

  /// The digits' names.
  var names: [String] { training.target.classNames ?? [] }

  /// The class of each test picture.
  var testClasses: [Int] {
    guard case .classes(let codes, _) = tests.target else { return [] }
    return codes
  }

  /// How often a model is right on the test pictures.
  /// - Throws: what keeps it from answering.
  func accuracy(_ model: TrainedModel, workers: Workers) throws -> Double {
    Bench.figure(
      "accuracy", Metrics.of(try model.model.predict(tests.rows, workers: workers), target: tests.target))
  }

  /// Test pictures that both models get right, in turn one of each digit.
  /// - Throws: what keeps a model from answering.
  func examples(_ count: Int, workers: Workers) throws -> [Int] {
    let answers = try [forest, convolutional].map {
      Metrics.classes(try $0.model.predict(tests.rows, workers: workers))
    }
    let classes = testClasses
    var byClass = [[Int]](repeating: [], count: names.count)
    for row in classes.indices where answers.allSatisfy({ $0[row] == classes[row] }) {
      byClass[classes[row]].append(row)
    }
    var rows: [Int] = []
    for turn in 0..<(byClass.map(\.count).max() ?? 0) {
      for own in byClass where turn < own.count && rows.count < count { rows.append(own[turn]) }
    }
    return rows
  }

  /// The samples of a test picture.
  func samples(_ row: Int) -> [Double] { Array(tests.rows.row(row)) }

  /// Where a test picture has ink.
  func ink(_ row: Int) -> [Bool] { samples(row).map { $0 > Self.inkSample } }

  /// A test picture.
  func picture(_ row: Int) -> Picture { Self.picture(samples(row).map { UInt8($0) }) }

  static func picture(_ samples: [UInt8]) -> Picture {
    Picture(width: side, height: side, channels: 1, samples: samples)
  }

  /// What the network is asked about a test picture: its own digit.
  func subject(_ row: Int, workers: Workers) -> Subject {
    Subject(
      network: network,
      input: Tensor(
        shape: [1, 1, Self.side, Self.side], elements: samples(row).map { Float($0 * ConvolutionalNetwork.scale) }),
      target: testClasses[row], bounds: ([0], [1]), workers: workers)
  }

  /// What the forest is asked about a test picture: its own digit.
  func forestSubject(_ row: Int, workers: Workers) -> Subject {
    Subject(
      model: PixelClassifier(forest.model, pixels: Array(0..<Self.pixels)),
      input: Tensor(shape: [1, 1, Self.side, Self.side], elements: samples(row).map { Float($0) }),
      target: testClasses[row], bounds: ([0], [255]), workers: workers)
  }

  /// How the network's input comes from samples.
  static var preprocessing: Preprocessing { Preprocessing(channels: 1, height: side, width: side) }

  /// LIME of the forest: segments of 4 x 4 pixels, hidden ones in the colour of the paper.
  func lime(_ row: Int, samples: Int, _ bench: Bench) throws -> SaliencyMap {
    var lime = PictureLIME()
    lime.seed = bench.run.seed
    lime.segments = .grid(GridSegments(cells: 7))
    lime.hidden = .color([0])
    lime.samples = samples
    return try lime.explain(forestSubject(row, workers: bench.run.workers))
  }

  /// The mean picture of each digit, from the pictures to learn from.
  var means: [[Float]] {
    guard case .classes(let codes, _) = training.target else { return [] }
    var sums = [[Double]](repeating: [Double](repeating: 0, count: Self.pixels), count: names.count)
    var counts = [Double](repeating: 0, count: names.count)
    for (row, code) in codes.enumerated() {
      counts[code] += 1
      for (pixel, value) in training.rows.row(row).enumerated() { sums[code][pixel] += value }
    }
    return sums.indices.map { code in sums[code].map { Float($0 / max(1, counts[code])) } }
  }
}

extension Bench {
  /// The digits, read and learned from when they are first asked for.
  /// - Throws: `MissingData`, and what keeps the files from being read.
  mutating func digits(_ result: inout Reproduced) throws -> Digits {
    let digits = try self.digits ?? Digits(self)
    self.digits = digits
    for file in digits.files { result.use(file) }
    return digits
  }
}

extension Picture {
  /// The picture with each pixel as a square of pixels, so that a small one can be looked at.
  func enlarged(_ factor: Int) -> Picture {
    let newWidth = width * factor
    let samples = (0..<height * factor * newWidth).flatMap { place in
      let pixel = place / newWidth / factor * width + place % newWidth / factor
      return self.samples[pixel * channels..<(pixel + 1) * channels]
    }
    return Picture(width: newWidth, height: height * factor, channels: channels, samples: samples)
  }
}
