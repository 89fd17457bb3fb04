extension ONNXNode {
  /// The operator, named with its domain where it has one.
  var key: String { domain.isEmpty ? kind : "\(domain).\(kind)" }

  /// The error that this node cannot be run, and why.
  public func invalid(_ reason: String) -> ONNXError {
    .invalidNode(name: name, operator: key, opset: opset, reason: reason)
  }

  /// The error that the node's operator is not known.
  var unsupported: ONNXError { .unsupportedOperator(name: kind, domain: domain, node: name, opset: opset) }

  private func wrongType(_ key: String) -> ONNXError { invalid("the attribute \(key) is of another type") }

  /// A whole number.
  /// - Throws: `ONNXError.invalidNode` where the attribute is of another type.
  public func integer(_ key: String, default missing: Int) throws -> Int {
    switch attributes[key] {
    case nil: return missing
    case .integer(let value)?: return Int(value)
    default: throw wrongType(key)
    }
  }

  /// A number.
  /// - Throws: `ONNXError.invalidNode` where the attribute is of another type.
  public func float(_ key: String, default missing: Float) throws -> Float {
    switch attributes[key] {
    case nil: return missing
    case .float(let value)?: return value
    default: throw wrongType(key)
    }
  }

  /// A text.
  /// - Throws: `ONNXError.invalidNode` where the attribute is of another type.
  public func string(_ key: String, default missing: String) throws -> String {
    switch attributes[key] {
    case nil: return missing
    case .string(let value)?: return value
    default: throw wrongType(key)
    }
  }

  /// Whole numbers; nil where there is no such attribute.
  /// - Throws: `ONNXError.invalidNode` where the attribute is of another type.
  public func integers(_ key: String) throws -> [Int]? {
    switch attributes[key] {
    case nil: return nil
    case .integers(let values)?: return values.map { Int($0) }
    case .tensor(let tensor)?: return try tensor.integers()
    default: throw wrongType(key)
    }
  }

  /// Numbers; nil where there is no such attribute.
  /// - Throws: `ONNXError.invalidNode` where the attribute is of another type.
  public func floats(_ key: String) throws -> [Float]? {
    switch attributes[key] {
    case nil: return nil
    case .floats(let values)?: return values
    default: throw wrongType(key)
    }
  }

  /// Numbers from `key`, or from the tensor `key_as_tensor` that may hold them in double precision; nil where there is
  /// neither.
  /// - Throws: `ONNXError.invalidNode` where the attribute is of another type.
  public func numbers(_ key: String) throws -> [Double]? {
    if case .tensor(let tensor)? = attributes["\(key)_as_tensor"] ?? attributes[key] { return try tensor.doubles() }
    return try floats(key)?.map { Double($0) }
  }

  /// Texts; nil where there is no such attribute.
  /// - Throws: `ONNXError.invalidNode` where the attribute is of another type.
  public func strings(_ key: String) throws -> [String]? {
    switch attributes[key] {
    case nil: return nil
    case .strings(let values)?: return values
    default: throw wrongType(key)
    }
  }

  /// A tensor; nil where there is no such attribute.
  /// - Throws: `ONNXError.invalidNode` where the attribute is of another type.
  public func tensor(_ key: String) throws -> ONNXTensor? {
    switch attributes[key] {
    case nil: return nil
    case .tensor(let value)?: return value
    default: throw wrongType(key)
    }
  }
}
