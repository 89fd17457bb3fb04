/// The bytes of a model file, with the data of its large constants apart, so that they need not be copied to be
/// decoded.
struct ONNXLayout {
  /// The file as it would be without the data of large constants.
  private(set) var skeleton: [UInt8] = []
  /// Where in the file the data of each constant of the graph stand, in their order; nil for those that are in the
  /// skeleton.
  private(set) var data: [Range<Int>?] = []

  /// Data of fewer bytes stay where they are.
  private static let least = 4096
  // The numbers of the fields, from onnx.proto.
  private static let graph = 7
  private static let initializer = 5
  private static let rawData = 9

  /// The layout of a file; nil where its bytes cannot be told apart, or not in this way.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard let model = Self.fields(bytes, in: 0..<bytes.count), model.count(where: { $0.number == Self.graph }) == 1
    else { return nil }
    for field in model {
      guard field.number == Self.graph, let content = field.content else {
        skeleton += bytes[field.place]
        continue
      }
      guard let graph = Self.fields(bytes, in: content) else { return nil }
      var inside: [UInt8] = []
      for field in graph {
        guard field.number == Self.initializer, let content = field.content else {
          inside += bytes[field.place]
          continue
        }
        guard let tensor = Self.fields(bytes, in: content) else { return nil }
        let raw = tensor.filter { $0.number == Self.rawData }
        guard raw.count == 1, let place = raw[0].content, place.count >= Self.least else {
          data.append(nil)
          inside += bytes[field.place]
          continue
        }
        data.append(place)
        let rest = tensor.filter { $0.number != Self.rawData }.flatMap { Array(bytes[$0.place]) }
        Self.append(rest, as: Self.initializer, to: &inside)
      }
      Self.append(inside, as: Self.graph, to: &skeleton)
    }
  }

  /// A field of a message.
  private struct Field {
    let number: Int
    /// The whole field.
    let place: Range<Int>
    /// What it holds, where that has a length of its own.
    let content: Range<Int>?
  }

  /// The fields of a message; nil where the bytes are none.
  private static func fields(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>) -> [Field]? {
    var fields: [Field] = []
    var place = range.lowerBound
    while place < range.upperBound {
      let start = place
      guard let key = number(bytes, &place, range.upperBound) else { return nil }
      var content: Range<Int>?
      let size: Int
      switch key & 7 {
      case 0:
        guard number(bytes, &place, range.upperBound) != nil else { return nil }
        size = 0
      case 1: size = 8
      case 5: size = 4
      case 2:
        guard let length = number(bytes, &place, range.upperBound), length <= UInt64(range.upperBound - place) else {
          return nil
        }
        size = Int(length)
        content = place..<place + size
      default: return nil
      }
      guard size <= range.upperBound - place, key >> 3 <= 1 << 29 else { return nil }
      place += size
      fields.append(Field(number: Int(key >> 3), place: start..<place, content: content))
    }
    return fields
  }

  /// The number in groups of seven bits at a place, which moves behind it.
  private static func number(_ bytes: UnsafeRawBufferPointer, _ place: inout Int, _ end: Int) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 64, by: 7) {
      guard place < end else { return nil }
      let byte = bytes[place]
      place += 1
      value |= UInt64(byte & 127) << UInt64(shift)
      if byte < 128 { return value }
    }
    return nil
  }

  private static func append(_ content: [UInt8], as number: Int, to target: inout [UInt8]) {
    target.append(UInt8(number << 3 | 2))
    var length = content.count
    while length >= 128 {
      target.append(UInt8(length & 127 | 128))
      length >>= 7
    }
    target.append(UInt8(length))
    target += content
  }
}
