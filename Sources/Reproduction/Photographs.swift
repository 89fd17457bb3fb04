import DataFrames
import Images
import Runs
import Tensors

/// A photograph that the parts about pictures look at, and where in it the objects are.
struct Photograph: Sendable {
  /// Where it is inside a folder of data.
  let path: String
  /// The SHA-256 of the file whose objects were marked.
  let sha256: String
  /// What is in it, in a few words.
  let shows: String
  /// The class that is explained, one of the network's names.
  let className: String
  /// The class's objects, as boxes of the picture that a network of 224 x 224 pixels sees.
  let objects: [PointingGame.Box]
  /// An object of another class, if there is one.
  var other: (className: String, objects: [PointingGame.Box])?

  /// The review's three cases: several objects of one class, a single object, and objects of different classes.
  static let cases: [Photograph] = [
    Photograph(
      path: "images/rise_goldfish.jpg", sha256: "922a366cd4d31d81a579905af83b73ae0fee702e1e012f9bb0149b48eceb9a0b",
      shows: "several objects of one class", className: "goldfish, Carassius auratus",
      objects: [
        box(89, 0, 133, 40), box(30, 33, 90, 60), box(88, 57, 138, 90), box(0, 83, 19, 117), box(195, 0, 223, 125),
        box(33, 126, 150, 189), box(184, 155, 223, 197), box(60, 0, 95, 40),
      ]),
    Photograph(
      path: "images/tuxpaint_penguin_white.png",
      sha256: "c02e7d6d6c99709d4c8f6737767306c31f06f1e90e68a572dd0fb69de89eece9", shows: "a single object",
      className: "king penguin, Aptenodytes patagonica", objects: [box(61, 0, 162, 222)]),
    Photograph(
      path: "images/both.png", sha256: "8d30785a513e22a2f574c839c7e1751db943d0b5399347e7bb37736f6c5a95c2",
      shows: "objects of different classes",
      className: "bull mastiff", objects: [box(79, 13, 165, 148)],
      other: (className: "tabby, tabby cat", objects: [box(44, 119, 200, 223)])),
  ]

  /// Further photographs, whose objects are not marked.
  static let others: [Photograph] = [
    Photograph(
      path: "images/chelsea.png", sha256: "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb",
      shows: "a cat's face", className: "Egyptian cat", objects: []),
    Photograph(
      path: "images/coffee.png", sha256: "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7",
      shows: "a cup of coffee", className: "espresso", objects: []),
    Photograph(
      path: "images/caffe_cat.jpg", sha256: "59b67bce343d435cb8f79b6abefc6eecc79924abcda6e7c7e39f8173bb932bc1",
      shows: "a kitten", className: "tiger cat", objects: []),
  ]

  private static func box(_ left: Int, _ top: Int, _ right: Int, _ bottom: Int) -> PointingGame.Box {
    PointingGame.Box(left: left, top: top, right: right, bottom: bottom)
  }

  /// The file's name without its ending.
  var name: String { String(path.split(separator: "/").last?.prefix { $0 != "." } ?? "") }
}

/// A photograph before a network, ready to be explained.
struct Sitting {
  let photograph: Photograph
  let run: ImageRun

  /// Opens the photograph and SqueezeNet, to explain the given class, or else the photograph's own.
  /// - Throws: `MissingData`, and what keeps either from being used.
  init(_ photograph: Photograph, className: String? = nil, _ bench: Bench, _ result: inout Reproduced) throws {
    let model = try bench.path("models/squeezenet1_1.onnx", set: "squeezenet")
    let classes = try bench.path("models/imagenet_synset_words.txt", set: "squeezenet")
    let path = try bench.path(photograph.path, set: "pictures")
    var request = PictureRequest(model: model)
    request.classes = classes
    request.className = className ?? photograph.className
    run = try ImageRun.open(picture: path, request, bench.run)
    guard run.input.sha256 == photograph.sha256 else {
      throw MissingData(path: photograph.path, set: "pictures", isAnother: true)
    }
    self.photograph = photograph
    result.use(UsedFile(path: path, sha256: run.input.sha256))
    result.use(
      UsedFile(path: model, sha256: Digest.sha256(try FileBytes.read(path: model, workers: bench.run.workers))))
  }

  /// The number of pixels of the picture that the network sees.
  var size: (height: Int, width: Int) { (run.seen.height, run.seen.width) }

  /// Where the class's objects are.
  var marks: [Bool] { MapMeasures.marks(photograph.objects, height: size.height, width: size.width) }

  /// The map of a method in the picture's size.
  /// - Throws: what keeps the method from making one.
  func map(_ method: any SaliencyMethod, budget: Budget = .unlimited) throws -> SittingMap {
    var subject = run.subject
    subject.budget = budget
    let map = try method.explain(subject)
    let values = map.resized(height: size.height, width: size.width)
    // What all masks of RISE have in common says nothing of places.
    let floor = method is RISE ? values.min() ?? 0 : 0
    let shown = values.map { $0 - floor }
    // A sum with its sign says how much a pixel speaks, by its size.
    let isSigned = method is GradientTimesInput || method is IntegratedGradients
    return SittingMap(
      method: type(of: method).name, map: map, values: isSigned ? values.map(\.magnitude) : values,
      overlay: HeatColors.overlay(shown, on: run.seen))
  }
}

/// A map of a photograph.
struct SittingMap {
  let method: String
  let map: SaliencyMap
  /// How much each pixel speaks for the class, in the picture's size.
  let values: [Float]
  let overlay: Picture
}
