/// How long a piece of work may take, and who hears how far it is.
///
/// A method that takes many steps asks `ending` before each of them but the first, stops where that is not nil, and
/// returns the best that it has, with the `Effort` that went into it. The numbers of steps that were taken have no say
/// in the steps themselves.
public struct Budget: Sendable {
  /// Is told how many steps are done, and of how many.
  public typealias Progress = @Sendable (_ done: Int, _ total: Int) -> Void

  /// When no further step should begin; nil: at any time one may.
  public private(set) var deadline: ContinuousClock.Instant?
  private let isInterrupted: @Sendable () -> Bool
  private var progress: Progress?

  /// No limit, and nobody who listens.
  public static let unlimited = Budget()

  /// A budget.
  /// - Parameters:
  ///   - deadline: when no further step should begin; nil: any time.
  ///   - progress: hears how many steps are done.
  ///   - isInterrupted: whether somebody asked to stop; is asked from the threads that do the work.
  public init(
    deadline: ContinuousClock.Instant? = nil, progress: Progress? = nil,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    self.deadline = deadline
    self.progress = progress
    self.isInterrupted = isInterrupted
  }

  /// Why no further step should begin; nil where one may.
  public var ending: Effort.Ending? {
    if isInterrupted() { return .interrupted }
    if let deadline, ContinuousClock.now >= deadline { return .timeLimit }
    return nil
  }

  /// Whether no further step should begin.
  public var isSpent: Bool { ending != nil }

  /// The same budget, which ends when a share of the time between a start and its own deadline is over.
  public func first(_ share: Double, since start: ContinuousClock.Instant = .now) -> Budget {
    var part = self
    part.deadline = deadline.map { start.advanced(by: start.duration(to: $0) * share) }
    return part
  }

  /// The same budget for the steps of a larger piece of work: nobody hears how many are done.
  public var silent: Budget {
    var silent = self
    silent.progress = nil
    return silent
  }

  // Both loops are inlinable: where a call is not, Swift 6.3's optimiser frees too early what two copies of one value
  // share, if a closure changes both.

  /// Takes steps one after another, the first in any case and the others while they may begin, and says how many are
  /// done.
  /// - Parameters:
  ///   - planned: how many there are.
  ///   - unit: what a step is, in the plural.
  ///   - body: takes a step; its number begins at 0.
  /// - Returns: what went into them.
  /// - Throws: what `body` throws.
  @inlinable
  public func steps(_ planned: Int, unit: String, _ body: (_ step: Int) throws -> Void) rethrows -> Effort {
    try blocks(planned, of: 1, unit: unit) { try body($0.lowerBound) }
  }

  /// Takes steps some at a time, the first of them in any case and the others while they may begin, and says how many
  /// are done.
  /// - Parameters:
  ///   - planned: how many there are.
  ///   - size: how many are taken at once.
  ///   - unit: what a step is, in the plural.
  ///   - body: takes the steps of a range of numbers that begin at 0.
  /// - Returns: what went into them.
  /// - Throws: what `body` throws.
  @inlinable
  public func blocks(
    _ planned: Int, of size: Int, unit: String, _ body: (_ steps: Range<Int>) throws -> Void
  ) rethrows -> Effort {
    for block in Workers.ranges(planned, size: size) {
      if block.lowerBound > 0, let ending {
        return Effort(done: block.lowerBound, planned: planned, unit: unit, ending: ending)
      }
      try body(block)
      report(done: block.upperBound, of: planned)
    }
    return Effort(done: planned, planned: planned, unit: unit, ending: .finished)
  }

  /// Says how many steps are done.
  public func report(done: Int, of total: Int) { progress?(done, total) }
}

/// What went into a result that many steps make better and better.
public struct Effort: Sendable, Equatable {
  /// Why the steps came to an end.
  public enum Ending: Sendable, Equatable {
    /// All were taken.
    case finished
    /// More would not have changed what was asked for.
    case settled
    /// The time was over.
    case timeLimit
    /// Somebody asked to stop.
    case interrupted
  }

  /// How many steps were taken.
  public let done: Int
  /// How many there could have been.
  public let planned: Int
  /// What a step is, in the plural.
  public let unit: String
  /// Why they came to an end.
  public let ending: Ending

  /// What went into a result.
  public init(done: Int, planned: Int, unit: String, ending: Ending) {
    self.done = done
    self.planned = planned
    self.unit = unit
    self.ending = ending
  }
}
