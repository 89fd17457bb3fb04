public import Tensors

/// How a run computes and who hears of it, whatever it does.
public struct RunSettings: Sendable {
  /// The seed of all random numbers.
  public var seed: UInt64
  /// The number of threads; no number of a result depends on it.
  public var threads: Int
  /// Who hears of the run while it goes on.
  public var observer: RunObserver

  /// Settings with which a run is silent.
  public init(seed: UInt64 = 0, threads: Int = 1, observer: RunObserver = RunObserver()) {
    self.seed = seed
    self.threads = max(1, threads)
    self.observer = observer
  }

  /// The threads.
  public var workers: Workers { Workers(count: threads) }

  /// The threads, with the observer hearing how far a named piece of work is.
  public func workers(showing work: String) -> Workers {
    guard let progress = observer.progress(work) else { return workers }
    return Workers(count: threads, progress: progress)
  }

  /// Tells the observer something beside the result.
  public func note(_ text: @autoclosure () -> String) {
    if let note = observer.note { note(text()) }
  }
}

/// Who hears of a run while it goes on, and may ask it to end. By default nobody listens and nobody asks.
public struct RunObserver: Sendable {
  /// Hears what a user should know beside the result.
  public var note: (@Sendable (String) -> Void)?
  /// Makes the listener to the progress of a named piece of work; nil where nobody would see it.
  public var progress: @Sendable (_ work: String) -> Workers.Progress?
  /// Whether the run is asked to end with what it has.
  public var isInterrupted: @Sendable () -> Bool

  /// An observer from its parts.
  public init(
    note: (@Sendable (String) -> Void)? = nil,
    progress: @escaping @Sendable (_ work: String) -> Workers.Progress? = { _ in nil },
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    self.note = note
    self.progress = progress
    self.isInterrupted = isInterrupted
  }
}
