public import Images

extension RunSettings {
  /// A budget from now on: so many seconds at most, ended by the observer, who also hears of the progress.
  public func budget(seconds: Double?, showing work: String) -> Budget {
    Budget(
      deadline: seconds.map { .now + .seconds($0) }, progress: observer.progress(work),
      isInterrupted: observer.isInterrupted)
  }
}
