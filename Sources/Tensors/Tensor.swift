/// A dense array of `Float` with any number of axes, the last one running fastest.
///
/// The numbers of networks; the first axis is the batch where a tensor holds several examples.
public struct Tensor: Sendable, Equatable {
  /// The length of each axis.
  public let shape: [Int]
  /// All elements, the last axis running fastest.
  public var elements: [Float]

  /// A tensor over `elements`, whose count is the product of `shape`.
  public init(shape: [Int], elements: [Float]) {
    precondition(
      elements.count == shape.reduce(1, *), "Tensor: \(elements.count) elements do not fill \(shape)")
    self.shape = shape
    self.elements = elements
  }

  /// A tensor of the given shape with the same value everywhere.
  public init(shape: [Int], repeating value: Float = 0) {
    self.init(shape: shape, elements: [Float](repeating: value, count: shape.reduce(1, *)))
  }

  /// A tensor of the given shape whose elements `fill` sets, every one of them.
  @inlinable
  public init(shape: [Int], filledBy fill: (UnsafeMutableBufferPointer<Float>) -> Void) {
    let count = shape.reduce(1, *)
    self.init(
      shape: shape,
      elements: [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
        fill(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
        initialized = count
      })
  }

  /// The tensor of f(x) for each element x.
  @inlinable
  public func map(_ transform: (Float) -> Float) -> Tensor {
    elements.withUnsafeBufferPointer { source in
      Tensor(shape: shape) { target in
        for index in 0..<source.count { target[index] = transform(source[index]) }
      }
    }
  }

  /// The tensor of f(x, y) for the elements x of this tensor and y of another of the same shape.
  @inlinable
  public func map(with other: Tensor, _ transform: (Float, Float) -> Float) -> Tensor {
    precondition(shape == other.shape, "Tensor.map: shapes \(shape) and \(other.shape)")
    return elements.withUnsafeBufferPointer { first in
      other.elements.withUnsafeBufferPointer { second in
        Tensor(shape: shape) { target in
          for index in 0..<first.count { target[index] = transform(first[index], second[index]) }
        }
      }
    }
  }
}
