import Synchronization

/// What is made of a layer's weights when it is needed and then kept, for all copies of a layer whose weights are the
/// same.
final class Kept<Value: Sendable>: Sendable {
  private let state: Mutex<(uses: Int, value: Value?)>
  private let first: Int

  /// Nothing yet.
  /// - Parameter first: the number of the use from which on the value is kept; what many runs need but once is not
  ///   worth its memory.
  init(fromUse first: Int = 1) {
    self.first = first
    state = Mutex((0, nil))
  }

  /// The value, made by `make` if none is kept.
  func value(_ make: () -> Value) -> Value {
    state.withLock { state in
      if let value = state.value { return value }
      state.uses += 1
      let value = make()
      if state.uses >= first { state.value = value }
      return value
    }
  }
}
