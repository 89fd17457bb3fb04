import Glibc
import Synchronization

/// Ctrl-C and a friendly kill, for work that stops where it can and keeps what it has. The second one ends the program
/// at once.
enum Interruption {
  private static let number = Atomic<Int32>(0)

  /// From now on the signals are noted, also where the program was started by one that holds them back.
  static func listen() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interruption.number.store(number, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }

  /// Whether the program was asked to end.
  static var isAsked: Bool { number.load(ordering: .relaxed) != 0 }

  /// Ends the program by the signal, as one that does not listen would, where it was asked to.
  static func endIfAsked() {
    let number = number.load(ordering: .relaxed)
    if number != 0 {
      signal(number, SIG_DFL)
      raise(number)
    }
  }
}
