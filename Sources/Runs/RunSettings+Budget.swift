public import Tensors

extension RunSettings {
  /// A budget from now on: so many seconds at most, ended by the observer, who hears of the progress where the work is
  /// named.
  public func budget(seconds: Double?, showing work: String? = nil) -> Budget {
    Budget(
      deadline: seconds.map { .now + .seconds($0) }, progress: work.flatMap { observer.progress($0) },
      isInterrupted: observer.isInterrupted)
  }
}
