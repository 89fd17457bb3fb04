import DataFrames
public import Images
import ModelFiles
public import Networks
import Tensors

/// A picture, a model that has classified it, and what the user asks of both.
public struct ImageRun: Sendable {
  /// What was asked of the model and the picture.
  public let options: PictureRequest
  /// How it was computed.
  public let run: RunSettings
  /// The picture as it was read.
  public let input: PictureInput
  /// The path of the model's file.
  public let modelPath: String
  /// How a picture becomes the input of the model.
  public let preprocessing: Preprocessing
  /// The picture as the model sees it.
  public let seen: Picture
  /// The classes' names, or their places where there are none.
  public let classNames: [String]
  /// The probabilities of the classes.
  public let probabilities: [Double]
  /// What a method explains.
  public let subject: Subject
  /// What should be said beside the result.
  public let notes: [String]

  /// The side that is taken where a network leaves its input's size open.
  private static let usualSide = 224

  /// Opens the model and the picture, and runs the one on the other.
  /// - Throws: what keeps either from being used.
  public static func open(picture path: String, _ options: PictureRequest, _ run: RunSettings) throws -> ImageRun {
    guard let modelPath = options.model else {
      throw UsageError.contradiction("image needs a model: --model MODEL.onnx")
    }
    let input = try PictureInput(path, row: options.row, workers: run.workers)
    return try ImageRun(
      input, PictureModel(modelPath, picture: input.picture, workers: run.workers), modelPath, options, run)
  }

  /// Runs an open model on a picture.
  /// - Throws: what keeps either from being used.
  public init(
    _ input: PictureInput, _ model: PictureModel, _ modelPath: String, _ options: PictureRequest, _ run: RunSettings
  )
    throws
  {
    FreedMemory.keep()
    self.options = options
    self.run = run
    self.input = input
    self.modelPath = modelPath
    var notes = input.notes
    preprocessing = try Self.preprocessing(model, options, notes: &notes)
    seen = preprocessing.fit(input.picture)
    notes += Self.fittingNotes(preprocessing, input.picture, input.path)
    let tensor = preprocessing.tensor(seen)
    if let network = (model.classifier as? NetworkClassifier)?.network,
      let shape = try network.outputShapes(for: tensor.shape).last, shape.count < 2
    {
      throw ONNXError.unsupported("a network whose output is no list of classes")
    }
    let probabilities = try model.classifier.probabilities(of: tensor, workers: run.workers).elements
    self.probabilities = probabilities
    classNames = try Self.names(model, options, besides: input.classNames, count: probabilities.count)
    let target: Int
    if let name = options.className {
      target = try Self.place(of: name, in: classNames)
    } else {
      target = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
    }
    let preprocessing = preprocessing
    let limits = [0.0, 255.0].map { sample in
      (0..<preprocessing.channels).map {
        Float((sample * preprocessing.scale - preprocessing.mean[$0]) / preprocessing.deviation[$0])
      }
    }
    subject = Subject(
      model: model.classifier, input: tensor, target: target,
      bounds: (zip(limits[0], limits[1]).map { min($0, $1) }, zip(limits[0], limits[1]).map { max($0, $1) }),
      workers: run.workers)
    self.notes = notes
  }

  /// The picture's path.
  public var path: String { input.path }

  /// The name of the class that is explained.
  public var className: String { classNames[subject.target] }

  /// Whether a map's score is a logit; the probability else.
  public var scoresAreLogits: Bool { subject.model is NetworkClassifier }

  /// The name of a node.
  public func layerName(_ node: Int) -> String { (try? subject.network.nodes[node].names.first) ?? "\(node)" }

  /// The node of a name.
  /// - Throws: `UsageError.unknownLayer`, and `SaliencyError.needsNetwork` where the model has none.
  public func node(_ name: String) throws -> Int { try Self.node(name, of: subject.network) }

  /// The node of a name in a network.
  /// - Throws: `UsageError.unknownLayer`
  public static func node(_ name: String, of network: Network) throws -> Int {
    let nodes = network.nodes
    guard let place = nodes.lastIndex(where: { $0.names.contains(name) }) else {
      throw UsageError.unknownLayer(name: name, names: nodes.compactMap { $0.names.last })
    }
    return place
  }

  /// How a picture becomes the input of a model: as asked, else as is usual for the number of channels.
  /// - Throws: `ONNXError.unsupported` for an input that is no picture, and `UsageError` for numbers that do not fit
  ///   it.
  public static func preprocessing(
    _ model: PictureModel, _ options: PictureRequest, notes: inout [String]
  ) throws -> Preprocessing {
    notes += model.notes
    guard let channels = model.inputShape[0], channels == 1 || channels == 3 else {
      throw ONNXError.unsupported(
        "pictures of \(model.inputShape[0].map { "\($0)" } ?? "an open number of") channels; there must be 1 or 3")
    }
    let sides = model.inputShape[1...].map { $0 ?? usualSide }
    guard sides.allSatisfy({ 1...8192 ~= $0 }) else {
      throw ONNXError.unsupported("an input of \(sides[1]) x \(sides[0]) pixels")
    }
    if model.inputShape.contains(nil) {
      notes.append("the network leaves the size of its input open; \(usualSide) is taken")
    }
    func list(_ given: [Double]?, _ name: String) throws -> [Double]? {
      guard let given, given.count != channels else { return given }
      guard given.count == 1 else {
        throw UsageError.contradiction("--\(name) has \(given.count) numbers, the model \(channels) channels")
      }
      return [Double](repeating: given[0], count: channels)
    }
    let result = Preprocessing(
      channels: channels, height: sides[0], width: sides[1],
      scale: options.scale ?? (model.takesSamples ? 1 : 1.0 / 255),
      mean: try list(options.mean, "mean"), deviation: try list(options.deviation, "std"))
    if options.mean == nil, options.deviation == nil, options.scale == nil, !model.takesSamples {
      notes.append(
        channels == 3
          ? "samples are scaled by 1/255 and take ImageNet's mean and deviation (--scale, --mean, --std)"
          : "samples are scaled by 1/255 (--scale, --mean, --std)")
    }
    return result
  }

  private static func fittingNotes(_ preprocessing: Preprocessing, _ picture: Picture, _ path: String) -> [String] {
    var notes: [String] = []
    if picture.channels != preprocessing.channels {
      notes.append(
        "\(path): " + (picture.channels == 1 ? "grey samples stand for red, green and blue" : "colours became grey"))
    }
    if case .resizedAndCropped(let side) = preprocessing.fitting(width: picture.width, height: picture.height) {
      notes.append(
        "\(path): \(picture.width) x \(picture.height) pixels were resized to a shorter side of \(side) "
          + "and the middle \(preprocessing.width) x \(preprocessing.height) was cut out")
    }
    return notes
  }

  /// The classes' names from the option's file, the model's, those of the picture's format, or their places.
  public static func names(
    _ model: PictureModel, _ options: PictureRequest, besides others: [String]?, count: Int
  ) throws -> [String] {
    guard let path = options.classes else {
      for names in [model.classNames, others] {
        if let names, names.count == count { return names }
      }
      return (0..<count).map { "\($0)" }
    }
    let text = String(decoding: try FileBytes.read(path: path, workers: .one), as: UTF8.self)
    let names = text.split(whereSeparator: \.isNewline).map { line in
      // ImageNet's lists begin each line with the number of a synset.
      let words = line.split(separator: " ", maxSplits: 1)
      let isNumbered =
        words.count == 2 && words[0].count == 9 && words[0].hasPrefix("n") && Int(words[0].dropFirst()) != nil
      return String(isNumbered ? words[1] : line)
    }
    guard names.count == count else {
      throw PictureFailure.classes(path: path, found: names.count, expected: count)
    }
    return names
  }

  /// The place of a class, by its name, by one of several that are set off by commas, or by its number.
  public static func place(of name: String, in names: [String]) throws -> Int {
    if let place = names.firstIndex(of: name) { return place }
    if let number = Int(name) {
      guard names.indices.contains(number) else {
        throw UsageError.contradiction("there is no class \(number): the classes are 0 to \(names.count - 1)")
      }
      return number
    }
    let synonyms = names.map { $0.split(separator: ",").map { $0.drop { $0 == " " }.lowercased() } }
    if let place = synonyms.firstIndex(where: { $0.contains(name.lowercased()) }) { return place }
    throw UsageError.unknownClass(name: name, names: synonyms.flatMap { $0 })
  }
}

/// A picture, or a list of classes, that cannot be used, with its file.
public enum PictureFailure: BadInput, Equatable {
  /// A picture that cannot be read.
  case picture(path: String, error: PictureError)
  /// A list of another length than the network's output.
  case classes(path: String, found: Int, expected: Int)

  init(path: String, error: PictureError) { self = .picture(path: path, error: error) }

  /// The error in one sentence.
  public var description: String {
    switch self {
    case .picture(let path, let error): "\(path): \(error)"
    case .classes(let path, let found, let expected):
      "\(path): \(found) names of classes, and the model has \(expected)"
    }
  }
}
