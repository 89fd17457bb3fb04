/// Memory that several threads write, each its own places.
///
/// Reading and writing is by pointer and unchecked: whoever makes one sees to it that no place is written by two
/// threads, and that none is read before the threads that write it have ended.
public struct SharedBuffer: @unchecked Sendable {
  // Sound where its users keep to what is said above.
  /// The first element.
  public let start: UnsafeMutablePointer<Float>
  /// The number of elements.
  public let count: Int

  /// A buffer of at least one element.
  public init(_ buffer: UnsafeMutableBufferPointer<Float>) {
    guard let start = buffer.baseAddress else { preconditionFailure("SharedBuffer: an empty buffer") }
    self.start = start
    count = buffer.count
  }
}

/// Memory that several threads read.
public struct SharedNumbers: @unchecked Sendable {
  // Sound because nothing writes it while it is lent.
  /// The first element.
  public let start: UnsafePointer<Float>
  /// The number of elements.
  public let count: Int

  /// Numbers of at least one element.
  public init(_ buffer: UnsafeBufferPointer<Float>) {
    guard let start = buffer.baseAddress else { preconditionFailure("SharedNumbers: no numbers") }
    self.start = start
    count = buffer.count
  }
}

extension Tensor {
  /// A tensor whose elements parts `0 ..< parts` of a piece of work set, each its own places and all of them together.
  public init(
    shape: [Int], parts: Int, workers: Workers, _ part: @Sendable (_ index: Int, _ target: SharedBuffer) -> Void
  ) {
    self.init(shape: shape) { buffer in
      if buffer.isEmpty { return }
      let target = SharedBuffer(buffer)
      _ = workers.silent.map(count: parts) { part($0, target) }
    }
  }

  /// Lends the elements, at least one, to threads.
  public func withSharedNumbers<Result>(_ body: (SharedNumbers) throws -> Result) rethrows -> Result {
    try elements.withUnsafeBufferPointer { try body(SharedNumbers($0)) }
  }

  /// The elements that one part of `map(with:workers:_:)` takes.
  @usableFromInline static let mapBlock = 1 << 16

  /// As `map(with:_:)`, shared by threads.
  @inlinable
  public func map(
    with other: Tensor, workers: Workers, _ transform: @Sendable (Float, Float) -> Float
  ) -> Tensor {
    precondition(shape == other.shape, "Tensor.map: shapes \(shape) and \(other.shape)")
    if elements.isEmpty { return self }
    let block = Self.mapBlock
    return withSharedNumbers { first in
      other.withSharedNumbers { second in
        Tensor(shape: shape, parts: (first.count + block - 1) / block, workers: workers) { part, target in
          for index in part * block..<min((part + 1) * block, first.count) {
            target.start[index] = transform(first.start[index], second.start[index])
          }
        }
      }
    }
  }

  /// As `map(_:)`, shared by threads.
  @inlinable
  public func map(workers: Workers, _ transform: @Sendable (Float) -> Float) -> Tensor {
    if elements.isEmpty { return self }
    let block = Self.mapBlock
    return withSharedNumbers { source in
      Tensor(shape: shape, parts: (source.count + block - 1) / block, workers: workers) { part, target in
        for index in part * block..<min((part + 1) * block, source.count) {
          target.start[index] = transform(source.start[index])
        }
      }
    }
  }
}
