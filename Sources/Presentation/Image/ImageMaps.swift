import FoundationEssentials
import Images
import Runs
import Tensors

/// One map of a picture, or several beside each other, as `ImageJSON` and `ImageComparisonJSON` print them.
public struct ImageMaps: Equatable {
  /// The name and version of the JSON form.
  public static let schema = "xai-tab/image/1"
  static let comparisonSchema = "xai-tab/image-compare/1"
  /// The names of both JSON forms.
  public static var schemas: [String] { [schema, comparisonSchema] }

  let header: ResultHeader
  let facts: Facts
  let maps: [Map]

  /// What is known of the picture and the network.
  struct Facts: Codable, Equatable {
    let data: Data
    let model: String
    let `class`: String
    let classes: [Class]
    let inputShape: [Int]
    let notes: [String]

    struct Data: Codable, Equatable {
      let path: String
      let sha256: String
      /// Which picture of the file, counted from 1; nil for a file of one.
      let row: Int?
    }

    struct Class: Codable, Equatable {
      let `class`: String
      let probability: JSONNumber
    }
  }

  /// What a method made of the picture.
  struct Map: Codable, Equatable {
    let method: String
    let layer: String?
    let score: JSONNumber?
    let shape: [Int]?
    let values: [JSONNumber]?
    let check: Check?
    /// Maps beside the main one, of the same size, such as one for each area.
    let parts: [Part]?
    /// The steps that went into it.
    let effort: EffortFacts?
    /// What keeps it from meaning what its method promises.
    let remarks: [String]?
    /// What the text form says of it, line by line.
    let text: [String]?
    let error: String?

    struct Part: Codable, Equatable {
      let name: String
      let values: [JSONNumber]
    }

    struct Check: Codable, Equatable {
      let lastLayer: JSONNumber
      let allLayers: JSONNumber
    }

    /// The values in their places; nil where there are none that fit together.
    var saliency: SaliencyMap? { saliency(of: values) }

    /// Other values in the same places.
    func saliency(of values: [JSONNumber]?) -> SaliencyMap? {
      guard let shape, let values, shape.count == 2, shape.allSatisfy({ (1...8192).contains($0) }),
        values.count == shape[0] * shape[1]
      else { return nil }
      return SaliencyMap(
        values: values.map { Float($0.value) }, height: shape[0], width: shape[1], score: score?.value ?? .nan, layer: 0
      )
    }
  }

  /// The picture as the network sees it; nil where the file is not there any more, or is another one.
  var seen: Picture? {
    guard facts.inputShape.count == 2, facts.inputShape.allSatisfy({ (1...8192).contains($0) }),
      let input = try? PictureInput(facts.data.path, row: facts.data.row, workers: .one),
      input.sha256 == facts.data.sha256
    else { return nil }
    let size = Preprocessing(
      channels: input.picture.channels, height: facts.inputShape[0], width: facts.inputShape[1], scale: 1, mean: nil,
      deviation: nil)
    return size.fit(input.picture)
  }
}

extension ImageMaps: Codable {
  private enum Key: String, CodingKey { case maps }

  /// The maps that a JSON text holds, one or several.
  /// - Throws: `DecodingError`
  public init(from decoder: any Decoder) throws {
    header = try ResultHeader(from: decoder)
    facts = try Facts(from: decoder)
    let container = try decoder.container(keyedBy: Key.self)
    maps = try container.decodeIfPresent([Map].self, forKey: .maps) ?? [Map(from: decoder)]
  }

  /// Writes the JSON form.
  public func encode(to encoder: any Encoder) throws {
    try header.encode(to: encoder)
    try facts.encode(to: encoder)
    if header.schema == Self.schema, let only = maps.first { return try only.encode(to: encoder) }
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(maps, forKey: .maps)
  }

  /// The result that a JSON text holds.
  /// - Throws: `DecodingError`.
  public init(json: String) throws {
    self = try JSONDecoder().decode(ImageMaps.self, from: Data(json.utf8))
  }
}
