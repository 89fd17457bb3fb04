import FoundationEssentials
import SwiftProtobuf

extension ONNXTensor {
  /// The tensor of a file; its elements must be as many as its shape says.
  /// - Throws: `ONNXError`
  init(_ wire: WireTensorProto) throws {
    guard wire.dataLocation == 0 else {
      throw ONNXError.unsupported("the data of \"\(wire.name)\" are in another file")
    }
    guard let type = ONNXType(rawValue: Int(wire.dataType)), type != .other else {
      throw ONNXError.unsupported("elements of the type \(wire.dataType) in \"\(wire.name)\"")
    }
    let shape = try wire.dims.map { length in
      guard let length = Int(exactly: length) else { throw ONNXError.malformed("a length of \(length)") }
      return length
    }
    let count = try Self.count(shape)
    let elements =
      wire.hasRawData && type != .string ? try Self.raw(wire, type, count) : try Self.listed(wire, type)
    guard elements.count == count else {
      throw ONNXError.malformed("\"\(wire.name)\" has \(elements.count) elements and the shape \(shape)")
    }
    self.init(shape: shape, elements: elements)
  }

  private static func listed(_ wire: WireTensorProto, _ type: ONNXType) throws -> Elements {
    switch type {
    case .float: .floats(wire.floatData)
    case .double: .doubles(wire.doubleData)
    case .int64: .integers(wire.int64Data)
    case .int32, .int16, .int8, .uint16, .uint8: .integers(wire.int32Data.map { Int64($0) })
    case .uint32, .uint64: .integers(wire.uint64Data.map { Int64(clamping: $0) })
    case .bool: .booleans(wire.int32Data.map { $0 != 0 })
    case .string: .strings(wire.stringData.map { String(decoding: $0, as: UTF8.self) })
    case .float16:
      .floats(wire.int32Data.map { Float(Float16(bitPattern: UInt16(truncatingIfNeeded: $0))) })
    case .other: throw ONNXError.unsupported("the elements of \"\(wire.name)\"")
    }
  }

  private static func raw(_ wire: WireTensorProto, _ type: ONNXType, _ count: Int) throws -> Elements {
    func load<Bits: FixedWidthInteger, Element>(
      _ bits: Bits.Type, _ element: (Bits) -> Element
    ) throws -> [Element] {
      let width = Bits.bitWidth / 8
      guard wire.rawData.count == count * width else {
        throw ONNXError.malformed("\"\(wire.name)\" has \(wire.rawData.count) bytes for \(count) elements")
      }
      return wire.rawData.withUnsafeBytes { bytes in
        (0..<count).map { element(Bits(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * width, as: Bits.self))) }
      }
    }
    switch type {
    case .float: return .floats(try load(UInt32.self) { Float(bitPattern: $0) })
    case .double: return .doubles(try load(UInt64.self) { Double(bitPattern: $0) })
    case .int64: return .integers(try load(Int64.self) { $0 })
    case .int32: return .integers(try load(Int32.self) { Int64($0) })
    case .int16: return .integers(try load(Int16.self) { Int64($0) })
    case .int8: return .integers(try load(Int8.self) { Int64($0) })
    case .uint8: return .integers(try load(UInt8.self) { Int64($0) })
    case .uint16: return .integers(try load(UInt16.self) { Int64($0) })
    case .uint32: return .integers(try load(UInt32.self) { Int64($0) })
    case .uint64: return .integers(try load(UInt64.self) { Int64(clamping: $0) })
    case .bool: return .booleans(try load(UInt8.self) { $0 != 0 })
    case .float16: return .floats(try load(UInt16.self) { Float(Float16(bitPattern: $0)) })
    case .string, .other: throw ONNXError.unsupported("the elements of \"\(wire.name)\"")
    }
  }
}
