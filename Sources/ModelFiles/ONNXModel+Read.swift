import DataFrames
import FoundationEssentials
import SwiftProtobuf
public import Tensors

extension ONNXModel {
  /// The model in the bytes of a file.
  ///
  /// Nothing is trusted: names must be given once and before they are used, so that there is no cycle; lengths must
  /// agree.
  /// - Throws: `ONNXError`
  /// - Complexity: O(bytes)
  public init(bytes: [UInt8]) throws {
    self = try bytes.withUnsafeBytes { bytes in
      try ONNXModel(bytes) { place, target in target.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[place])) }
    }
  }

  /// The model in a file. Its large constants are read straight to where they stay, so that it needs hardly more memory
  /// than they.
  /// - Throws: `FileError`, and `ONNXError` as for its bytes.
  /// - Complexity: O(bytes)
  public init(path: String, workers: Workers) throws {
    guard path != "-", let file = try MappedFile(path: path) else {
      try self.init(bytes: FileBytes.read(path: path, workers: workers))
      return
    }
    self = try file.withBytes { bytes in
      try ONNXModel(bytes) { place, target in
        try file.read(from: place.lowerBound, into: target, workers: workers)
      }
    }
  }

  private init(_ bytes: UnsafeRawBufferPointer, _ read: ONNXTensor.Reader) throws {
    let layout = ONNXLayout(bytes)
    let wire: WireModelProto
    do {
      wire = try WireModelProto(serializedBytes: layout?.skeleton ?? Array(bytes))
    } catch {
      throw ONNXError.notONNX
    }
    guard wire.hasGraph, !wire.opsetImport.isEmpty else { throw ONNXError.notONNX }
    if let function = wire.functions.first {
      throw ONNXError.unsupported("the model's own operator \"\(function.name)\"")
    }
    var opsets: [String: Int] = [:]
    for entry in wire.opsetImport {
      opsets[entry.domain == "ai.onnx" ? "" : entry.domain] = Int(entry.version)
    }
    let graph = try ONNXGraph(wire.graph, opsets: opsets, data: layout?.data ?? [], read)
    self.init(
      opsets: opsets, graph: graph,
      metadata: Dictionary(wire.metadataProps.map { ($0.key, $0.value) }) { first, _ in first },
      producer: wire.producerName, representation: Int(clamping: wire.irVersion))
  }
}

extension ONNXGraph {
  fileprivate init(
    _ wire: WireGraphProto, opsets: [String: Int], data: [Range<Int>?], _ read: ONNXTensor.Reader
  ) throws {
    var constants: [String: ONNXTensor] = [:]
    for (index, tensor) in wire.initializer.enumerated() {
      let place = data.count == wire.initializer.count ? data[index] : nil
      let decoded = try place.map { try ONNXTensor(tensor, at: $0, read) } ?? ONNXTensor(tensor)
      guard constants.updateValue(decoded, forKey: tensor.name) == nil else {
        throw ONNXError.malformed("the constant \"\(tensor.name)\" is given twice")
      }
    }
    let inputs = wire.input.map { ONNXValue($0) }.filter { constants[$0.name] == nil }
    var known = Set(constants.keys)
    for input in inputs {
      guard known.insert(input.name).inserted else {
        throw ONNXError.malformed("the input \"\(input.name)\" is given twice")
      }
    }
    var nodes: [ONNXNode] = []
    nodes.reserveCapacity(wire.node.count)
    for wireNode in wire.node {
      let node = try ONNXNode(wireNode, opsets: opsets)
      for name in node.inputs where !name.isEmpty && !known.contains(name) {
        throw ONNXError.malformed("node \"\(node.name)\" takes \"\(name)\", which nothing before it gives")
      }
      for name in node.outputs where !name.isEmpty && !known.insert(name).inserted {
        throw ONNXError.malformed("\"\(name)\" is given twice")
      }
      nodes.append(node)
    }
    let outputs = wire.output.map { ONNXValue($0) }
    guard !outputs.isEmpty else { throw ONNXError.malformed("the graph has no output") }
    for output in outputs where !known.contains(output.name) {
      throw ONNXError.malformed("nothing gives the output \"\(output.name)\"")
    }
    self.init(inputs: inputs, outputs: outputs, initializers: constants, nodes: nodes)
  }
}

extension ONNXValue {
  fileprivate init(_ wire: WireValueInfoProto) {
    guard wire.type.hasTensorType else {
      self.init(name: wire.name, type: .other, shape: nil)
      return
    }
    let tensor = wire.type.tensorType
    let shape: [Int?]? =
      tensor.hasShape
      ? tensor.shape.dim.map { dimension in
        if case .dimValue(let length)? = dimension.value, length >= 0 { Int(length) } else { nil }
      } : nil
    self.init(name: wire.name, type: ONNXType(rawValue: Int(tensor.elemType)) ?? .other, shape: shape)
  }
}

extension ONNXNode {
  fileprivate init(_ wire: WireNodeProto, opsets: [String: Int]) throws {
    let domain = wire.domain == "ai.onnx" ? "" : wire.domain
    let name = wire.name.isEmpty ? wire.output.first { !$0.isEmpty } ?? wire.opType : wire.name
    var attributes: [String: ONNXAttribute] = [:]
    for attribute in wire.attribute { attributes[attribute.name] = try ONNXAttribute(attribute) }
    guard let opset = opsets[domain] else {
      throw ONNXError.malformed("node \"\(name)\" is of the domain \"\(domain)\", for which no version is given")
    }
    self.init(
      name: name, kind: wire.opType, domain: domain, opset: opset, inputs: wire.input, outputs: wire.output,
      attributes: attributes)
  }
}

extension ONNXAttribute {
  fileprivate init(_ wire: WireAttributeProto) throws {
    switch wire.type {
    case 1: self = .float(wire.f)
    case 2: self = .integer(wire.i)
    case 3: self = .string(String(decoding: wire.s, as: UTF8.self))
    case 4: self = .tensor(try ONNXTensor(wire.t))
    case 6: self = .floats(wire.floats)
    case 7: self = .integers(wire.ints)
    case 8: self = .strings(wire.strings.map { String(decoding: $0, as: UTF8.self) })
    default: self = .other
    }
  }
}
