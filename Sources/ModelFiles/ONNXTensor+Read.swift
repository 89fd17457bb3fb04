import FoundationEssentials
import SwiftProtobuf

extension ONNXTensor {
  /// Copies bytes of a file into memory of their number.
  typealias Reader = (_ place: Range<Int>, _ target: UnsafeMutableRawBufferPointer) throws -> Void

  /// The tensor of a file; its elements must be as many as its shape says.
  /// - Throws: `ONNXError`
  init(_ wire: WireTensorProto) throws {
    let (type, shape, count) = try Self.facts(wire)
    let elements: Elements =
      if wire.hasRawData, type != .string {
        try Self.raw(wire, type, count, wire.rawData.count) { target in
          wire.rawData.withUnsafeBytes { target.copyMemory(from: $0) }
        }
      } else {
        try Self.listed(wire, type)
      }
    guard elements.count == count else {
      throw ONNXError.malformed("\"\(wire.name)\" has \(elements.count) elements and the shape \(shape)")
    }
    self.init(shape: shape, elements: elements)
  }

  /// The tensor of a file whose data stand elsewhere in it.
  /// - Throws: `ONNXError`, and what keeps the data from being read.
  init(_ wire: WireTensorProto, at place: Range<Int>, _ read: Reader) throws {
    let (type, shape, count) = try Self.facts(wire)
    self.init(shape: shape, elements: try Self.raw(wire, type, count, place.count) { try read(place, $0) })
  }

  private static func facts(_ wire: WireTensorProto) throws -> (type: ONNXType, shape: [Int], count: Int) {
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
    return (type, shape, try count(shape))
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

  private static func raw(
    _ wire: WireTensorProto, _ type: ONNXType, _ count: Int, _ size: Int,
    _ read: (UnsafeMutableRawBufferPointer) throws -> Void
  ) throws -> Elements {
    /// The numbers as they stand in the file: little-endian, as in memory.
    func load<Number: BitwiseCopyable>(_ zero: Number) throws -> [Number] {
      guard size == count * MemoryLayout<Number>.size else {
        throw ONNXError.malformed("\"\(wire.name)\" has \(size) bytes for \(count) elements")
      }
      return try [Number](unsafeUninitializedCapacity: count) { buffer, initialized in
        try read(UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<size]))
        initialized = count
      }
    }
    switch type {
    case .float: return .floats(try load(Float(0)))
    case .double: return .doubles(try load(Double(0)))
    case .int64: return .integers(try load(Int64(0)))
    case .int32: return .integers(try load(Int32(0)).map { Int64($0) })
    case .int16: return .integers(try load(Int16(0)).map { Int64($0) })
    case .int8: return .integers(try load(Int8(0)).map { Int64($0) })
    case .uint8: return .integers(try load(UInt8(0)).map { Int64($0) })
    case .uint16: return .integers(try load(UInt16(0)).map { Int64($0) })
    case .uint32: return .integers(try load(UInt32(0)).map { Int64($0) })
    case .uint64: return .integers(try load(UInt64(0)).map { Int64(clamping: $0) })
    case .bool: return .booleans(try load(UInt8(0)).map { $0 != 0 })
    case .float16: return .floats(try load(UInt16(0)).map { Float(Float16(bitPattern: $0)) })
    case .string, .other: throw ONNXError.unsupported("the elements of \"\(wire.name)\"")
    }
  }
}
