import Images
public import Runs
import Tensors

/// What every object says of a picture.
struct PictureFacts: Codable, Equatable {
  let path: String
  let rows: Int
  let columns: Int
  let sha256: String
  let target: JSONText.Nullable
  let row: Int?

  init(_ run: ImageRun) {
    path = run.path
    rows = run.input.picture.height
    columns = run.input.picture.width
    sha256 = run.input.sha256
    target = JSONText.Nullable(text: nil)
    row = run.input.row
  }
}

/// A map of one method, as a part of an object.
struct MapFacts: Encodable {
  let method: String
  let layer: String?
  let score: JSONNumber?
  let shape: [Int]?
  let values: [JSONNumber]?
  let completeness: Completeness?
  let check: Check?
  let effort: EffortFacts?
  let figures: [String: JSONNumber]?
  let parts: [PartFacts]?
  let surrogate: SurrogateFacts?
  /// What keeps the map from meaning what its method promises.
  let remarks: [String]?
  /// What the text form says of the map, line by line.
  let text: [String]?
  let error: String?

  struct Completeness: Encodable {
    let sum: JSONNumber
    let expected: JSONNumber
  }

  struct Check: Encodable {
    let lastLayer: JSONNumber
    let allLayers: JSONNumber
  }

  init(_ run: ImageRun, _ result: ImageResult) {
    method = result.method
    layer = result.map.map { run.layerName($0.layer) }
    score = result.map.map { JSONNumber($0.score) }
    shape = result.map.map { [$0.height, $0.width] }
    values = result.map?.values.map { JSONNumber(Double($0)) }
    completeness = result.map?.completeness.map {
      Completeness(sum: JSONNumber($0.sum), expected: JSONNumber($0.expected))
    }
    check = result.sanity.map {
      Check(lastLayer: JSONNumber($0.lastLayer), allLayers: JSONNumber($0.allLayers))
    }
    effort = result.map?.effort.map { EffortFacts($0) }
    figures = result.map.flatMap { $0.figures.isEmpty ? nil : FigureFacts.object($0.figures) }
    parts = result.map.flatMap { $0.parts.isEmpty ? nil : $0.parts.map { PartFacts(run, $0) } }
    surrogate = result.map?.surrogate.map { SurrogateFacts($0) }
    remarks = result.map.flatMap { $0.remarks.isEmpty ? nil : $0.remarks }
    text = result.map.map { ImageText.lines(run, result, $0) }
    error = result.failure.map { "\($0)" }
  }
}

/// The steps that went into a map.
struct EffortFacts: Codable, Equatable {
  let done: Int
  let planned: Int
  let unit: String
  let ending: String

  /// Whether it came to an end before its time.
  private var isCutShort: Bool { ["time limit", "interrupted"].contains(ending) }

  /// What a page says where it came to an end before its time: `work` was stopped, and `product` is what there is.
  func warning(_ work: String, _ product: String) -> String? {
    isCutShort ? "\(work) was stopped after \(done) of \(planned) \(unit): \(product) is the best so far." : nil
  }

  init(_ effort: Effort) {
    done = effort.done
    planned = effort.planned
    unit = effort.unit
    ending =
      switch effort.ending {
      case .finished: "finished"
      case .settled: "settled"
      case .timeLimit: "time limit"
      case .interrupted: "interrupted"
      }
  }
}

/// Numbers with their names, as an object.
enum FigureFacts {
  static func object(_ figures: [SaliencyMap.Figure]) -> [String: JSONNumber] {
    Dictionary(figures.map { ($0.name, JSONNumber($0.value)) }) { first, _ in first }
  }
}

/// A map beside the main one.
struct PartFacts: Encodable {
  let name: String
  let `class`: String?
  let figures: [String: JSONNumber]
  let values: [JSONNumber]

  init(_ run: ImageRun, _ part: SaliencyMap.Part) {
    name = part.name
    `class` = part.target.map { run.classNames[$0] }
    figures = FigureFacts.object(part.figures)
    values = part.values.map { JSONNumber(Double($0)) }
  }
}

/// What the objects of one method and of several have in common.
struct ImageFacts: Encodable {
  let data: PictureFacts
  let model: String
  let `class`: String
  let probability: JSONNumber
  /// The likeliest classes, the likeliest first.
  let classes: [ClassFacts]
  /// The size `[height, width]` of the picture that the network sees.
  let inputShape: [Int]
  let notes: [String]

  struct ClassFacts: Encodable {
    let `class`: String
    let probability: JSONNumber
  }

  init(_ run: ImageRun) {
    data = PictureFacts(run)
    model = run.modelPath
    `class` = run.className
    probability = JSONNumber(run.probabilities[run.subject.target])
    let order = run.probabilities.fallingOrder()
    classes = order.prefix(5).map {
      ClassFacts(class: run.classNames[$0], probability: JSONNumber(run.probabilities[$0]))
    }
    inputShape = [run.seen.height, run.seen.width]
    notes = run.notes
  }
}

/// The JSON form of one map, `xai-tab/image/1`.
public struct ImageJSON: Encodable {
  private let header: ResultHeader
  private let facts: ImageFacts
  private let map: MapFacts

  /// The object of one map.
  public init(_ run: ImageRun, _ result: ImageResult) {
    header = ResultHeader(ImageMaps.schema, seed: run.run.seed)
    facts = ImageFacts(run)
    map = MapFacts(run, result)
  }

  /// Writes the JSON form.
  public func encode(to encoder: any Encoder) throws {
    try header.encode(to: encoder)
    try facts.encode(to: encoder)
    try map.encode(to: encoder)
  }
}

/// The JSON form of several maps, `xai-tab/image-compare/1`.
public struct ImageComparisonJSON: Encodable {
  private let header: ResultHeader
  private let facts: ImageFacts
  private let maps: [MapFacts]

  /// The object of several maps.
  public init(_ run: ImageRun, _ results: [ImageResult]) {
    header = ResultHeader(ImageMaps.comparisonSchema, seed: run.run.seed)
    facts = ImageFacts(run)
    maps = results.map { MapFacts(run, $0) }
  }

  private enum Key: String, CodingKey { case maps }

  /// Writes the JSON form.
  public func encode(to encoder: any Encoder) throws {
    try header.encode(to: encoder)
    try facts.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(maps, forKey: .maps)
  }
}
