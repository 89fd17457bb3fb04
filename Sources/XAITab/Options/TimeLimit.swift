import ArgumentParser

/// The seconds of `--time-limit`, which several commands take.
enum TimeLimit {
  /// Some eleven days; far above, a point in time can no longer be counted.
  private static let most = 1e6

  /// - Throws: `ValidationError` for a limit that is no span of time.
  static func check(_ seconds: Double?) throws {
    if let seconds, !(seconds > 0 && seconds <= most) {
      throw ValidationError("--time-limit is above 0 and at most 1000000 seconds.")
    }
  }

  /// When a piece of work that begins now has to end; nil where it may take any time.
  static func deadline(_ seconds: Double?) -> ContinuousClock.Instant? { seconds.map { .now + .seconds($0) } }
}
