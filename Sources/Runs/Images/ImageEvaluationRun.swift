import DataFrames
public import Images
import RealModule
public import Tensors

/// The measures of methods over the pictures of a folder.
public struct ImageEvaluationRun {
  /// What is measured.
  public enum Measure: String, CaseIterable {
    case deletion, insertion, infidelity, pointing, sensitivity, randomisation

    /// Whether more is better.
    public var isBetterWhenLarger: Bool { self == .insertion || self == .pointing }

    /// The measure in a line.
    public var summary: String {
      switch self {
      case .deletion:
        "the area under the class's probability while the most important pixels are taken away first; less is better"
      case .insertion: "the same while they are shown first, on the blurred picture; more is better"
      case .infidelity:
        "how badly the map, times its best factor, foretells what hiding squares does to the probability; "
          + "less is better"
      case .pointing:
        "how often the largest value is closer than 15 pixels to an object of the class, as a mean over classes; "
          + "more is better"
      case .sensitivity: "how far the map moves when the input moves by 0.02 at most; less is better"
      case .randomisation:
        "the rank correlation with the map of random weights; near 0 is better, near 1 does not depend on the network"
      }
    }
  }

  /// What one method reached.
  public struct Score {
    /// The name of the method.
    public let method: String
    /// For each measure one number a picture, in the order of the pictures; nil where it is undefined.
    public var values: [Measure: [Double]] = [:]
    /// Whether its largest values lie on the objects.
    public var pointing = PointingGame()
    /// The seconds that its maps took, the measures not counted.
    public var seconds = 0.0
    /// How many maps it made.
    public var maps = 0
    /// Why it was given up, and with which picture.
    public var failure: String?
    /// The sums of the curves, point by point.
    public var curves: [PixelRanking.Way: [Double]] = [:]
  }

  /// The pictures.
  public let folder: PictureFolder
  /// The path of the model's file.
  public let modelPath: String
  /// What was measured.
  public let measures: [Measure]
  /// In how many steps deletion and insertion go.
  public let steps: Int
  /// The pixels that each of these steps takes.
  public let pixelsPerStep: Int
  /// The pictures that were measured whole.
  public private(set) var measured: [String] = []
  /// How many pictures there are to measure.
  public let planned: Int
  /// The SHA-256 of the hashes of the measured pictures.
  public private(set) var sha256 = ""
  /// What each method reached, the baseline last.
  public private(set) var scores: [Score]
  /// How it came to an end.
  public private(set) var ending = Effort.Ending.finished
  /// What should be said beside the result.
  public let notes: [String]
  /// The seed of all random numbers.
  public let seed: UInt64

  /// The name of the baseline: a map whose values fall from the middle of the picture.
  public static let baseline = "(centre)"

  private struct Setting {
    let image: PictureRequest
    let saliency: SaliencyRequest
    let options: RunSettings
    let model: PictureModel
    let modelPath: String
    let boxes: BoxTable?
    let kinds: [any SaliencyMethod.Type]
  }

  private static func isNetwork(_ subject: Subject) -> Bool { (try? subject.network) != nil }

  /// The methods that are measured if none are asked for: a model that can only be asked has no way back.
  private static func usualMethods(_ subject: Subject) -> [any SaliencyMethod.Type] {
    isNetwork(subject)
      ? [Gradient.self, GuidedBackprop.self, GradCAM.self, ExcitationBackprop.self]
      : [PictureLIME.self, Occlusion.self]
  }

  /// Measures methods over a folder, or, where none are asked for, the usual ones of the kind of model.
  /// - Throws: what keeps the model, the boxes or the pictures from being used.
  public static func run(
    _ folder: PictureFolder, _ asked: [any SaliencyMethod.Type]?, _ measures: [Measure], steps: Int,
    boxes boxPath: String?, skipsBad: Bool, image: PictureRequest, saliency: SaliencyRequest, options: RunSettings
  ) throws -> ImageEvaluationRun {
    guard let modelPath = image.model else { throw UsageError.contradiction("image needs a model: --model MODEL.onnx") }
    let names = try folder.readable(
      skipsBad: skipsBad, workers: options.workers(showing: "reading"), say: { options.note($0) })
    let first = try PictureInput(folder.path(of: names[0]), row: nil, workers: options.workers)
    let model = try PictureModel(modelPath, picture: first.picture, workers: options.workers)
    let run = try ImageRun(first, model, modelPath, image, options)
    let kinds = asked ?? Self.usualMethods(run.subject)
    let boxes = try boxPath.map { try BoxTable(path: $0, classNames: run.classNames, workers: options.workers) }
    let methodNames: [String] = kinds.map { $0.name } + [Self.baseline]
    if measures == [.pointing], let boxes, Set(boxes.objects.keys).isDisjoint(with: names) {
      throw BoxError.noPicture(path: boxes.path, folder: folder.path)
    }
    let notes = Self.notes(run, folder, boxes, names)
    for note in notes { options.note(note) }
    var result = ImageEvaluationRun(
      folder: folder, modelPath: modelPath, measures: measures, steps: steps,
      pixelsPerStep: PixelRanking(steps: steps, pixels: run.seen.width * run.seen.height).pixelsPerStep,
      planned: names.count, scores: methodNames.map { Score(method: $0) }, notes: notes, seed: options.seed)
    let setting = Setting(
      image: image, saliency: saliency, options: options, model: model, modelPath: modelPath, boxes: boxes, kinds: kinds
    )
    let budget = options.budget(seconds: saliency.timeLimit, showing: "evaluating")
    var hashes: [UInt8] = []
    for (number, name) in names.enumerated() {
      if let end = budget.ending {
        result.ending = end
        break
      }
      let input = try PictureInput(folder.path(of: name), row: nil, workers: options.workers)
      try boxes?.check(name, width: input.picture.width, height: input.picture.height)
      var later = result.scores
      let methods = later.count
      try Self.measure(&later, input, name, setting, measures, steps, budget) { method in
        budget.report(done: number * methods + method, of: names.count * methods)
      }
      // A picture that the time did not reach the end of would measure maps that are not finished.
      if let end = budget.ending {
        result.ending = end
        break
      }
      result.scores = later
      result.measured.append(name)
      hashes += Array(input.sha256.utf8)
    }
    if result.measured.isEmpty, result.ending == .timeLimit {
      throw UsageError.contradiction(
        "--time-limit was over before the first picture was done: give more of it, or fewer methods")
    }
    result.sha256 = Digest.sha256(hashes)
    return result
  }

  private static func notes(
    _ run: ImageRun, _ folder: PictureFolder, _ boxes: BoxTable?, _ names: [String]
  ) -> [String] {
    var notes = run.notes.filter { !$0.hasPrefix(run.path) }
    if folder.others > 0 { notes.append("\(folder.path): \(folder.others) files are no pictures by their names") }
    if let boxes {
      let absent = Set(boxes.objects.keys).subtracting(names)
      if !absent.isEmpty {
        notes.append(
          "\(boxes.path): \(absent.count) of its \(boxes.objects.count) pictures \(absent.count == 1 ? "is" : "are") "
            + "not in the folder, such as \(absent.sorted()[0])")
      }
      if absent.count == boxes.objects.count {
        notes.append("no picture of the folder has boxes: pointing is left out")
      }
    }
    return notes
  }

  /// Adds what one picture shows of all methods.
  private static func measure(
    _ scores: inout [Score], _ input: PictureInput, _ name: String, _ setting: Setting, _ measures: [Measure],
    _ steps: Int,
    _ budget: Budget, _ report: (_ methods: Int) -> Void
  ) throws {
    let run = try ImageRun(input, setting.model, setting.modelPath, setting.image, setting.options)
    var subject = run.subject
    // What a method does of its own accord ends with the whole.
    subject.budget = budget.silent
    let methods = try setting.saliency.methods(setting.kinds, run)
    var infidelity = Infidelity()
    infidelity.seed = setting.options.seed
    let falls = measures.contains(.infidelity) ? try infidelity.falls(subject) : nil
    for place in scores.indices where scores[place].failure == nil {
      if budget.ending != nil { return }
      let method = place < setting.kinds.count ? methods[place] : nil
      do {
        try measure(&scores[place], method, subject, run, name, setting, measures, steps, falls)
      } catch let error as SaliencyError {
        scores[place].failure = "\(error)"
      }
      report(place + 1)
    }
  }

  private static func measure(
    _ score: inout Score, _ method: (any SaliencyMethod)?, _ subject: Subject, _ run: ImageRun, _ name: String,
    _ setting: Setting, _ measures: [Measure], _ steps: Int, _ falls: Infidelity.Falls?
  ) throws {
    let (height, width) = (run.seen.height, run.seen.width)
    func map(_ subject: Subject) throws -> SaliencyMap {
      guard let method else { return center(height: height, width: width) }
      let begin = ContinuousClock.now
      let map = try method.explain(subject)
      score.seconds += (ContinuousClock.now - begin) / .seconds(1)
      score.maps += 1
      return map
    }
    let main = try map(subject)
    let values = main.resized(height: height, width: width)
    let ranking = PixelRanking(steps: steps, pixels: values.count)
    for measure in measures {
      switch measure {
      case .deletion, .insertion:
        let way: PixelRanking.Way = measure == .deletion ? .deletion : .insertion
        let curve = try ranking.curve(values, way, subject)
        score.values[measure, default: []].append(PixelRanking.area(curve))
        let sums = score.curves[way] ?? [Double](repeating: 0, count: curve.count)
        score.curves[way] = zip(sums, curve).map { $0 + $1 }
      case .infidelity:
        if let falls { score.values[measure, default: []].append(Infidelity.value(values, falls)) }
      case .sensitivity:
        guard let method else { continue }
        var sensitivity = MaxSensitivity()
        sensitivity.seed = setting.options.seed
        score.values[measure, default: []].append(try sensitivity.value(method, subject, map: main))
      case .randomisation:
        guard let method, isNetwork(subject) else { continue }
        score.values[measure, default: []].append(
          try SanityCheck(method, subject, map: main, seed: setting.options.seed).allLayers)
      case .pointing:
        guard let classes = setting.boxes?.objects[name] else { continue }
        for (target, objects) in classes.sorted(by: { $0.key < $1.key }) where !objects.areAllDifficult {
          let found = target == subject.target ? main : try map(subject.with(target: target))
          let point = point(of: found, run)
          score.pointing.add(
            run.classNames[target],
            isHit: PointingGame.isHit(column: Double(point.column), row: Double(point.row), boxes: objects.boxes))
        }
      }
    }
  }

  /// Where in the picture as it was read the map's largest value lies.
  private static func point(of map: SaliencyMap, _ run: ImageRun) -> (column: Int, row: Int) {
    let values = map.resized(height: run.seen.height, width: run.seen.width)
    // The first of equals.
    let largest = values.max() ?? 0
    let peak = values.firstIndex(of: largest) ?? 0
    let picture = run.input.picture
    return run.preprocessing.source(
      column: peak % run.seen.width, row: peak / run.seen.width, width: picture.width, height: picture.height)
  }

  /// Minus the distance from the middle.
  private static func center(height: Int, width: Int) -> SaliencyMap {
    let values = (0..<height * width).map { pixel in
      let down = Float(pixel / width) - Float(height - 1) / 2
      let across = Float(pixel % width) - Float(width - 1) / 2
      return -(down * down + across * across)
    }
    return SaliencyMap(values: values, height: height, width: width, score: 0)
  }
}

extension ImageEvaluationRun.Score {
  /// The mean of a measure over the pictures and its standard error; the accuracy and none for pointing; nil where
  /// there is nothing.
  public func mean(_ measure: ImageEvaluationRun.Measure) -> (value: Double, error: Double?, count: Int)? {
    if measure == .pointing { return pointing.points > 0 ? (pointing.accuracy, nil, pointing.points) : nil }
    let numbers = (values[measure] ?? []).filter { !$0.isNaN }
    guard !numbers.isEmpty else { return nil }
    let count = Double(numbers.count)
    let mean = numbers.reduce(0, +) / count
    let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, numbers.count > 1 ? (squares / (count - 1) / count).squareRoot() : nil, numbers.count)
  }
}
