import FoundationEssentials
import Images
public import Reports
public import Runs

/// The JSON form of a picture that was made to look into a network: `xai-tab/image-invert/1` and
/// `xai-tab/image-activation/1`.
public struct MadePictureJSON: HeadedObject, Equatable {
  /// The name and version of the JSON form.
  public static let schema = "xai-tab/image-invert/1"
  static let activationSchema = "xai-tab/image-activation/1"
  /// The names of both JSON forms.
  public static var schemas: [String] { [schema, activationSchema] }

  let header: ResultHeader
  let body: Body

  struct Body: Codable, Equatable {
    let model: String
    let data: PictureFacts?
    let title: String
    /// The text form, line by line.
    let text: [String]
    /// The pictures as PNG files, in base 64: the one that was made, and the one that it was made for.
    let picture: PNGText
    let given: PNGText?
    let shape: [Int]
    let effort: EffortFacts
    let notes: [String]
    let `class`: String?
    let probability: JSONNumber?
    /// Of an inversion: the layer, the error of the best start and of each, with unrounded samples and with those of a
    /// picture, what total variation counts, and the picture's length.
    var layer: String?
    var error: JSONNumber?
    var errors: [JSONNumber]?
    var pictureError: JSONNumber?
    var totalVariation: JSONNumber?
    var length: JSONNumber?
    /// Of a maximised activation: what was made large, how the picture is parametrised, and the value at both ends.
    var objective: String?
    var form: String?
    var start: JSONNumber?
    var end: JSONNumber?

    init(_ made: MadePicture) {
      model = made.modelPath
      data = made.origin.map { PictureFacts($0) }
      title = MadePictureText.title(made)
      text = MadePictureText.lines(made)
      picture = PNGText(bytes: made.picture.png())
      given = made.origin.map { PNGText(bytes: $0.seen.png()) }
      shape = [made.picture.height, made.picture.width]
      effort = EffortFacts(made.effort)
      notes = made.notes
      `class` = made.verdict?.name
      probability = made.verdict.map { JSONNumber($0.probability) }
      switch made.kind {
      case .inverted(let result, _, let layer):
        self.layer = layer
        error = JSONNumber(result.error)
        errors = result.errors.map { JSONNumber($0) }
        pictureError = JSONNumber(result.pictureError)
        totalVariation = JSONNumber(result.totalVariation)
        length = JSONNumber(result.length)
      case .maximized(let result, _, let name, let form):
        objective = name
        self.form = form.rawValue
        start = JSONNumber(result.start)
        end = JSONNumber(result.end)
      }
    }
  }
}

extension MadePictureJSON {
  /// The object of a picture that was made.
  public init(_ made: MadePicture, seed: UInt64) {
    let schema =
      switch made.kind {
      case .inverted: Self.schema
      case .maximized: Self.activationSchema
      }
    self.init(header: ResultHeader(schema, seed: seed), body: Body(made))
  }
}

/// The bytes of a PNG file in base 64.
struct PNGText: Codable, Equatable {
  let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// - Throws: `DecodingError` where the text is no base 64 of a PNG file's beginning.
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    guard let data = Data(base64Encoded: try container.decode(String.self)), data.starts(with: signature) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no PNG file in base 64")
    }
    bytes = Array(data)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Data(bytes).base64EncodedString())
  }
}

extension MadePictureJSON: PagedResult {
  /// The page of the result.
  public func page(_ figures: inout Figures) -> Page {
    var blocks: [Block] = []
    if let given = body.given {
      blocks.append(.picture(png: given.bytes, caption: "The picture as the network sees it."))
    }
    blocks.append(.picture(png: body.picture.bytes, caption: body.title + "."))
    return Page(
      title: body.title, headline: body.text.last { !$0.isEmpty } ?? "",
      alerts: (body.effort.warning("This", "the picture").map { [$0] } ?? []) + body.notes.map { $0 + "." },
      sections: [
        Section(heading: body.given == nil ? "The picture" : "The pictures", id: "pictures", blocks: blocks),
        Section(
          heading: "In numbers", id: "numbers",
          blocks: Block.paragraphs(body.text)),
      ],
      provenance: .provenance(
        header,
        (body.data.map { [Fact("Data", $0.path), Fact("SHA-256", $0.sha256)] } ?? []) + [Fact("Network", body.model)]))
  }
}
