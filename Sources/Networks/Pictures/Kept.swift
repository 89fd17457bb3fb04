import Synchronization

/// What is made of a layer's weights when it is first needed and then kept, for all copies of a layer whose weights are the same.
final class Kept<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)

  /// The value, made by `make` if there is none yet.
  func value(_ make: () -> Value) -> Value {
    value.withLock { kept in
      if let kept { return kept }
      let made = make()
      kept = made
      return made
    }
  }
}
