import Images

/// The JSON form of a picture that was made: `xai-tab/image-invert/1` and `xai-tab/image-activation/1`.
struct MadePictureJSON: Encodable {
  private let made: MadePicture
  private let seed: UInt64

  init(_ made: MadePicture, _ options: RunOptions) {
    self.made = made
    seed = options.seed
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(made.schema, forKey: Key("schema"))
    try container.encode(Provenance.version, forKey: Key("version"))
    try container.encode(seed, forKey: Key("seed"))
    try container.encode(made.model, forKey: Key("model"))
    if let data = made.data {
      try container.encode(data, forKey: Key("data"))
    } else {
      try container.encodeNil(forKey: Key("data"))
    }
    try container.encode([made.picture.height, made.picture.width], forKey: Key("shape"))
    for figure in made.figures { try container.encode(JSONNumber(figure.value), forKey: Key(figure.name)) }
    for word in made.words { try container.encode(word.value, forKey: Key(word.name)) }
    if let errors = made.errors { try container.encode(errors.map { JSONNumber($0) }, forKey: Key("errors")) }
    try container.encode(EffortFacts(made.effort), forKey: Key("effort"))
    try container.encode(made.notes, forKey: Key("notes"))
  }
}
