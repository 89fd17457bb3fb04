import Foundation
import SwiftProtobuf
import Tensors
import Testing

@testable import ModelFiles

@Suite struct ONNXLayoutTests {
  /// y = x · w + b with 4 x 1,000 weights as raw bytes, as other programs write them.
  private static func file(_ weights: [Float]) throws -> [UInt8] {
    var wire = WireModelProto()
    wire.irVersion = 8
    wire.opsetImport = [WireOperatorSetIdProto()]
    wire.opsetImport[0].version = 13
    var tensor = WireTensorProto()
    tensor.name = "w"
    tensor.dims = [4, 1000]
    tensor.dataType = 1
    tensor.rawData = weights.withUnsafeBytes { Data($0) }
    var small = WireTensorProto()
    small.name = "b"
    small.dims = [1]
    small.dataType = 1
    small.rawData = [Float(2)].withUnsafeBytes { Data($0) }
    wire.graph.initializer = [small, tensor]
    var node = WireNodeProto()
    node.opType = "MatMul"
    node.input = ["x", "w"]
    node.output = ["y"]
    wire.graph.node = [node]
    wire.graph.input = [WireValueInfoProto()]
    wire.graph.input[0].name = "x"
    wire.graph.output = [WireValueInfoProto()]
    wire.graph.output[0].name = "y"
    return try wire.serializedBytes()
  }

  private static let weights = (0..<4000).map { Float($0) / 7 - 100 }

  @Test func largeConstantsStandApart() throws {
    let bytes = try Self.file(Self.weights)
    let layout = try #require(bytes.withUnsafeBytes { ONNXLayout($0) })
    #expect(layout.skeleton.count < 200)
    #expect(layout.data.count == 2 && layout.data[0] == nil && layout.data[1]?.count == 16_000)
    let wire = try WireModelProto(serializedBytes: layout.skeleton)
    #expect(wire.graph.initializer.map(\.name) == ["b", "w"])
    #expect(wire.graph.initializer[1].rawData.isEmpty && wire.graph.initializer[0].rawData.count == 4)
  }

  @Test func bytesAndFileGiveTheSameModel() throws {
    let bytes = try Self.file(Self.weights)
    let path = FileManager.default.temporaryDirectory.appending(path: "layout-\(UUID().uuidString).onnx").path
    try Data(bytes).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let fromFile = try ONNXModel(path: path, workers: Workers(count: 2))
    #expect(try fromFile == ONNXModel(bytes: bytes))
    #expect(fromFile.graph.constant("w") == ONNXTensor([4, 1000], Self.weights))
    #expect(fromFile.graph.constant("b") == ONNXTensor([1], [Float(2)]))
  }

  @Test func wrongLengthsAreRefused() throws {
    let bytes = try Self.file(Array(Self.weights.dropLast()))
    #expect(throws: ONNXError.malformed("\"w\" has 15996 bytes for 4000 elements")) { try ONNXModel(bytes: bytes) }
    #expect(throws: ONNXError.notONNX) { try ONNXModel(bytes: Array(bytes.dropLast(9))) }
  }
}
