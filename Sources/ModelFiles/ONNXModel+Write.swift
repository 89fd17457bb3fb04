import FoundationEssentials
import SwiftProtobuf

extension ONNXModel {
  /// The bytes of a file that holds the model; equal models give equal bytes.
  /// - Throws: `ONNXError.tooLarge` beyond the two gigabytes that the format allows.
  public func bytes() throws -> [UInt8] {
    var wire = WireModelProto()
    wire.irVersion = Int64(representation)
    wire.producerName = producer
    wire.opsetImport = opsets.sorted { $0.key < $1.key }.map { domain, version in
      var entry = WireOperatorSetIdProto()
      entry.domain = domain
      entry.version = Int64(version)
      return entry
    }
    wire.metadataProps = metadata.sorted { $0.key < $1.key }.map { key, value in
      var entry = WireStringStringEntryProto()
      entry.key = key
      entry.value = value
      return entry
    }
    wire.graph.name = "model"
    wire.graph.input = graph.inputs.map { $0.wire }
    wire.graph.output = graph.outputs.map { $0.wire }
    wire.graph.initializer = graph.initializers.sorted { $0.key < $1.key }.map { $0.value.wire(name: $0.key) }
    wire.graph.node = graph.nodes.map { $0.wire }
    do {
      return try wire.serializedBytes()
    } catch {
      throw ONNXError.tooLarge("the model does not fit in an ONNX file")
    }
  }
}

extension ONNXValue {
  fileprivate var wire: WireValueInfoProto {
    var value = WireValueInfoProto()
    value.name = name
    value.type.tensorType.elemType = Int32(type.rawValue)
    value.type.tensorType.shape.dim = (shape ?? []).map { length in
      var dimension = WireTensorShapeProto.Dimension()
      if let length { dimension.dimValue = Int64(length) } else { dimension.dimParam = "N" }
      return dimension
    }
    return value
  }
}

extension ONNXNode {
  fileprivate var wire: WireNodeProto {
    var node = WireNodeProto()
    node.name = name
    node.opType = kind
    node.domain = domain
    node.input = inputs
    node.output = outputs
    node.attribute = attributes.sorted { $0.key < $1.key }.map { $0.value.wire(name: $0.key) }
    return node
  }
}

extension ONNXAttribute {
  fileprivate func wire(name: String) -> WireAttributeProto {
    var attribute = WireAttributeProto()
    attribute.name = name
    switch self {
    case .float(let value): (attribute.type, attribute.f) = (1, value)
    case .integer(let value): (attribute.type, attribute.i) = (2, value)
    case .string(let value): (attribute.type, attribute.s) = (3, Data(value.utf8))
    case .tensor(let value): (attribute.type, attribute.t) = (4, value.wire(name: ""))
    case .floats(let values): (attribute.type, attribute.floats) = (6, values)
    case .integers(let values): (attribute.type, attribute.ints) = (7, values)
    case .strings(let values): (attribute.type, attribute.strings) = (8, values.map { Data($0.utf8) })
    case .other: preconditionFailure("ONNXAttribute: \(name) is of a kind that is not written")
    }
    return attribute
  }
}

extension ONNXTensor {
  fileprivate func wire(name: String) -> WireTensorProto {
    var tensor = WireTensorProto()
    tensor.name = name
    tensor.dims = shape.map { Int64($0) }
    let type: ONNXType
    switch elements {
    case .floats(let elements): (type, tensor.floatData) = (.float, elements)
    case .doubles(let elements): (type, tensor.doubleData) = (.double, elements)
    case .integers(let elements): (type, tensor.int64Data) = (.int64, elements)
    case .booleans(let elements): (type, tensor.int32Data) = (.bool, elements.map { $0 ? 1 : 0 })
    case .strings(let elements): (type, tensor.stringData) = (.string, elements.map { Data($0.utf8) })
    }
    tensor.dataType = Int32(type.rawValue)
    return tensor
  }
}
