import Glibc
import Synchronization

/// A bar on standard error, where that is a terminal, for work that takes more than a second. It leaves nothing behind.
final class ProgressBar: Sendable {
  private let work: String
  /// Whether the share is shown in place of the counts.
  private let shares: Bool
  private let times = Mutex(Times(start: .now, lastDrawn: nil))

  private struct Times {
    /// When the piece of work began, or the one before it ended.
    var start: ContinuousClock.Instant
    /// When the bar was last drawn; nil where it does not stand.
    var lastDrawn: ContinuousClock.Instant?
  }

  /// A bar for the named work; nil where nobody would see it.
  init?(_ work: String, shares: Bool = false) {
    guard isatty(STDERR_FILENO) == 1 else { return nil }
    self.work = work
    self.shares = shares
  }

  /// Says how much is done; the last part takes the bar away.
  func show(_ done: Int, of total: Int) {
    let now = ContinuousClock.now
    times.withLock { times in
      if done == total {
        if times.lastDrawn != nil { Terminal.status("\r\u{1B}[K") }
        times = Times(start: now, lastDrawn: nil)
      } else if now - times.start > .seconds(1), times.lastDrawn.map({ now - $0 > .milliseconds(100) }) ?? true {
        let length = done * 30 / total
        let bar = String(repeating: "=", count: length) + String(repeating: " ", count: 30 - length)
        let left = (now - times.start) / .seconds(1) * Double(total - done) / Double(max(1, done))
        let time = done == 0 ? "" : left < 90 ? ", \(Int(left)) s left" : ", \(Int(left / 60)) min left"
        let state = shares ? "\(done * 100 / total) %" : "\(done) of \(total)"
        Terminal.status("\r\(work) [\(bar)] \(state)\(time)\u{1B}[K")
        times.lastDrawn = now
      }
    }
  }
}
