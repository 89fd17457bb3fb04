/// A dense array of any of the element types that a graph of ONNX operators works on, the last axis running fastest.
public struct ONNXTensor: Sendable, Equatable {
  /// The elements; all kinds of whole numbers are kept as 64-bit ones, half-precision numbers as `Float`.
  public enum Elements: Sendable, Equatable {
    /// Single-precision numbers.
    case floats([Float])
    /// Double-precision numbers.
    case doubles([Double])
    /// Whole numbers.
    case integers([Int64])
    /// Truth values.
    case booleans([Bool])
    /// Texts.
    case strings([String])

    /// The number of elements.
    public var count: Int {
      switch self {
      case .floats(let elements): elements.count
      case .doubles(let elements): elements.count
      case .integers(let elements): elements.count
      case .booleans(let elements): elements.count
      case .strings(let elements): elements.count
      }
    }

    /// The type in a word.
    public var typeName: String {
      switch self {
      case .floats: "float"
      case .doubles: "double"
      case .integers: "int64"
      case .booleans: "bool"
      case .strings: "string"
      }
    }
  }

  /// The most elements of a tensor.
  public static let largestCount = 1 << 27

  /// The length of each axis.
  public let shape: [Int]
  /// All elements.
  public let elements: Elements

  /// A tensor whose shape and elements are known to agree.
  public init(shape: [Int], elements: Elements) {
    precondition(elements.count == shape.reduce(1, *), "ONNXTensor: \(elements.count) elements do not fill \(shape)")
    self.shape = shape
    self.elements = elements
  }

  /// A tensor of single-precision numbers.
  public init(_ shape: [Int], _ elements: [Float]) { self.init(shape: shape, elements: .floats(elements)) }

  /// A tensor of whole numbers.
  public init(_ shape: [Int], _ elements: [Int64]) { self.init(shape: shape, elements: .integers(elements)) }

  /// The number of elements of a shape.
  /// - Throws: `ONNXError.malformed` for a negative length, `ONNXError.tooLarge` beyond `largestCount`.
  public static func count(_ shape: [Int]) throws -> Int {
    var count = 1
    for length in shape {
      guard length >= 0 else { throw ONNXError.malformed("a tensor of the shape \(shape)") }
      let (product, overflows) = count.multipliedReportingOverflow(by: length)
      guard !overflows, product <= largestCount else { throw ONNXError.tooLarge("a tensor of the shape \(shape)") }
      count = product
    }
    return count
  }

  /// The number of elements.
  public var count: Int { elements.count }

  /// The same elements in another shape of as many elements.
  /// - Throws: `ONNXError.malformed`
  public func reshaped(_ shape: [Int]) throws -> ONNXTensor {
    guard try Self.count(shape) == count else {
      throw ONNXError.malformed("\(count) elements do not fill the shape \(shape)")
    }
    return ONNXTensor(shape: shape, elements: elements)
  }

  /// The elements at the given places, each of which is known to be there, in a shape of as many.
  func gathering(_ places: [Int], shape: [Int]) -> ONNXTensor {
    switch elements {
    case .floats(let all): ONNXTensor(shape: shape, elements: .floats(places.map { all[$0] }))
    case .doubles(let all): ONNXTensor(shape: shape, elements: .doubles(places.map { all[$0] }))
    case .integers(let all): ONNXTensor(shape: shape, elements: .integers(places.map { all[$0] }))
    case .booleans(let all): ONNXTensor(shape: shape, elements: .booleans(places.map { all[$0] }))
    case .strings(let all): ONNXTensor(shape: shape, elements: .strings(places.map { all[$0] }))
    }
  }

  /// The elements as single-precision numbers; whole numbers and truth values are converted.
  /// - Throws: `ONNXError.malformed` for texts.
  public func floats() throws -> [Float] {
    switch elements {
    case .floats(let elements): return elements
    case .doubles(let elements): return elements.map { Float($0) }
    case .integers(let elements): return elements.map { Float($0) }
    case .booleans(let elements): return elements.map { $0 ? 1 : 0 }
    case .strings: throw ONNXError.malformed("texts stand where numbers are needed")
    }
  }

  /// The elements as double-precision numbers; whole numbers and truth values are converted.
  /// - Throws: `ONNXError.malformed` for texts.
  public func doubles() throws -> [Double] {
    switch elements {
    case .floats(let elements): return elements.map { Double($0) }
    case .doubles(let elements): return elements
    case .integers(let elements): return elements.map { Double($0) }
    case .booleans(let elements): return elements.map { $0 ? 1 : 0 }
    case .strings: throw ONNXError.malformed("texts stand where numbers are needed")
    }
  }

  /// The elements, which must be whole numbers, as sizes and indices.
  /// - Throws: `ONNXError.malformed` for other elements.
  public func integers() throws -> [Int] {
    switch elements {
    case .integers(let elements): return elements.map { Int($0) }
    case .booleans(let elements): return elements.map { $0 ? 1 : 0 }
    default: throw ONNXError.malformed("\(elements.typeName) elements stand where whole numbers are needed")
    }
  }

  /// The elements, which must be truth values.
  /// - Throws: `ONNXError.malformed` for other elements.
  public func booleans() throws -> [Bool] {
    switch elements {
    case .booleans(let elements): return elements
    case .integers(let elements): return elements.map { $0 != 0 }
    default: throw ONNXError.malformed("\(elements.typeName) elements stand where truth values are needed")
    }
  }
}
