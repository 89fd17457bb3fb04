import Dispatch
import Synchronization

/// How many threads may share a piece of work.
///
/// Work is cut into numbered parts whose results are put in their places by number, so a result never
/// depends on the number of threads.
public struct Workers: Sendable {
  /// The number of threads, at least 1.
  public let count: Int
  /// Hears of each part that is done.
  private let progress: Progress?

  /// Is told, on any of the threads, how many parts of a piece of work are done, and of how many.
  public typealias Progress = @Sendable (_ done: Int, _ total: Int) -> Void

  /// A given number of threads.
  /// - Parameters:
  ///   - count: the number of threads, at least 1.
  ///   - progress: hears of each part that is done, for a progress bar; has no say in the result.
  public init(count: Int, progress: Progress? = nil) {
    precondition(count >= 1, "Workers: \(count) threads")
    self.count = count
    self.progress = progress
  }

  /// The calling thread alone.
  public static let one = Workers(count: 1)

  /// The same threads, whose progress nobody hears of, for the steps of a larger piece of work.
  public var silent: Workers { Workers(count: count) }

  /// Tells how many steps of a piece of work are done where they are not parts of one `map`.
  public func report(done: Int, of total: Int) { progress?(done, total) }

  /// Computes `part(0) ..< part(count)` on the threads and returns the results in order.
  ///
  /// Threads take the next part that is free, so parts may differ in size.
  public func map<Result: Sendable>(count parts: Int, _ part: @Sendable (Int) -> Result) -> [Result] {
    if count == 1 || parts <= 1 {
      return (0..<parts).map { index in
        let result = part(index)
        progress?(index + 1, parts)
        return result
      }
    }
    let next = Atomic(0)
    let done = Atomic(0)
    return [Result](unsafeUninitializedCapacity: parts) { buffer, initialized in
      let places = Places(buffer)
      DispatchQueue.concurrentPerform(iterations: min(count, parts)) { _ in
        while true {
          let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
          if index >= parts { return }
          places.initialize(index, to: part(index))
          progress?(done.wrappingAdd(1, ordering: .relaxed).newValue, parts)
        }
      }
      initialized = parts
    }
  }

  /// As `map(count:_:)`, for parts that can fail; the error of the lowest-numbered failing part is thrown.
  public func tryMap<Result: Sendable>(
    count parts: Int, _ part: @Sendable (Int) throws -> Result
  ) throws -> [Result] {
    try map(count: parts) { index in Swift.Result { try part(index) } }.map { try $0.get() }
  }

  /// Cuts 0..<`length` into consecutive ranges of at most `size`, the same for any number of threads.
  public static func ranges(_ length: Int, size: Int) -> [Range<Int>] {
    stride(from: 0, to: length, by: size).map { $0..<min($0 + size, length) }
  }

  /// Memory in which each place is written by one thread, once.
  private struct Places<Element>: @unchecked Sendable {
    // Sound because `map` gives each index to exactly one thread and reads only after all have ended.
    let buffer: UnsafeMutableBufferPointer<Element>

    init(_ buffer: UnsafeMutableBufferPointer<Element>) { self.buffer = buffer }

    func initialize(_ index: Int, to value: Element) {
      buffer.initializeElement(at: index, to: value)
    }
  }
}
