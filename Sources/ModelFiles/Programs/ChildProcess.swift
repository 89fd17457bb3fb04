import Glibc
import Synchronization

/// A program that runs beside this one, with pipes to its standard streams.
///
/// It is a group of processes of its own, so that all that it started ends with it.
struct ChildProcess: ~Copyable {
  /// The program's name, for messages.
  let name: String
  private let identifier: pid_t
  private var input: Int32
  private var output: Int32
  private var errors: Int32
  private var isReaped = false
  /// What has come from standard output and was not taken yet.
  private(set) var received: [UInt8] = []
  private var complaints: [UInt8] = []
  private(set) var isOutputClosed = false

  /// Held from the making of pipes until they are marked, so that no program that is started meanwhile keeps their ends
  /// open.
  private static let starting = Mutex(())

  /// Starts a program, which is looked for as a shell would.
  /// - Throws: `ProgramError.missing` or `ProgramError.cannotStart`
  init(_ words: [String]) throws {
    guard let name = words.first, !words.contains(where: { $0.utf8.contains(0) }) else {
      throw ProgramError.badCommand(words.joined(separator: " "))
    }
    let (pipes, identifier) = try Self.starting.withLock { _ in try Self.start(words, name) }
    self.name = name
    self.identifier = identifier
    for end in pipes { _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK) }
    (input, output, errors) = (pipes[0], pipes[1], pipes[2])
  }

  /// Starts the program; our ends of the pipes to its input and from its output and its errors, and its number.
  private static func start(_ words: [String], _ name: String) throws -> (pipes: [Int32], identifier: pid_t) {
    var pipes: [[Int32]] = []
    for _ in 0..<3 {
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else {
        for end in pipes.joined() { close(end) }
        throw ProgramError.cannotStart(program: name, reason: String(cString: strerror(errno)))
      }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      pipes.append(ends)
    }
    let theirs = [pipes[0][0], pipes[1][1], pipes[2][1]]
    let ours = [pipes[0][1], pipes[1][0], pipes[2][0]]
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    for (standard, end) in theirs.enumerated() { posix_spawn_file_actions_adddup2(&actions, end, Int32(standard)) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigaddset(&signals, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    var identifier: pid_t = 0
    let status = posix_spawnp(&identifier, name, &actions, &attributes, arguments, environ)
    for argument in arguments { free(argument) }
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
    for end in theirs { close(end) }
    guard status == 0 else {
      for end in ours { close(end) }
      throw status == ENOENT
        ? ProgramError.missing(program: name)
        : ProgramError.cannotStart(program: name, reason: String(cString: strerror(status)))
    }
    return (ours, identifier)
  }

  deinit {
    for end in [input, output, errors] where end >= 0 { close(end) }
    if !isReaped {
      kill(-identifier, SIGKILL)
      var status: Int32 = 0
      waitpid(identifier, &status, 0)
    }
  }

  /// The last line on its standard error that is not empty.
  var lastWords: String {
    let lines = complaints.split(separator: UInt8(ascii: "\n"))
    return String(decoding: lines.last?.prefix(300) ?? [], as: UTF8.self)
  }

  /// Seconds of a clock that only goes forward.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Writes bytes to its input and reads what comes meanwhile, until `isDone` says so of what was received, or until
  /// its output is closed.
  /// - Parameters:
  ///   - bytes: what to write.
  ///   - closing: whether its input ends after them.
  ///   - limit: the most bytes that are taken from it.
  ///   - deadline: by the clock `now`.
  ///   - isDone: whether what was received is enough.
  /// - Returns: whether it was done in time and kept the limit.
  mutating func exchange(
    _ bytes: [UInt8], closing: Bool, limit: Int, deadline: Double, isDone: ([UInt8]) -> Bool
  ) -> Bool {
    var sent = 0
    while true {
      if sent == bytes.count, closing, input >= 0 {
        close(input)
        input = -1
      }
      if isOutputClosed || (sent == bytes.count && isDone(received)) { return true }
      let left = deadline - Self.now
      if left <= 0 || received.count > limit { return false }
      var polled = [
        pollfd(fd: sent < bytes.count ? input : -1, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: output, events: Int16(POLLIN), revents: 0), pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
      ]
      poll(&polled, 3, Int32(min(left * 1000 + 1, 1e6)))
      if polled[0].revents != 0 { sent = send(bytes, from: sent) }
      if polled[1].revents != 0, let read = Self.read(output) {
        received += read
        if read.isEmpty { isOutputClosed = true }
      }
      if polled[2].revents != 0, let read = Self.read(errors) {
        complaints = (complaints + read).suffix(4096)
        if read.isEmpty {
          close(errors)
          errors = -1
        }
      }
    }
  }

  /// What was received up to the given count, which is taken.
  mutating func take(_ count: Int) -> [UInt8] {
    let taken = Array(received.prefix(count))
    received.removeFirst(min(count, received.count))
    return taken
  }

  /// Waits for its end; nil where it ended with status 0, else in words how it ended.
  mutating func end(deadline: Double) -> String? {
    var status: Int32 = 0
    while true {
      let ended = waitpid(identifier, &status, WNOHANG)
      if ended == identifier || ended < 0 && errno != EINTR { break }
      if Self.now > deadline {
        kill(-identifier, SIGKILL)
        waitpid(identifier, &status, 0)
        break
      }
      usleep(1000)
    }
    isReaped = true
    while errors >= 0, let read = Self.read(errors), !read.isEmpty { complaints = (complaints + read).suffix(4096) }
    if status & 0x7f != 0 { return "was ended by signal \(status & 0x7f)" }
    let code = status >> 8 & 0xff
    return code == 0 ? nil : "ended with status \(code)"
  }

  /// Writes what the pipe takes; a closed pipe takes all.
  private func send(_ bytes: [UInt8], from start: Int) -> Int {
    // Writing to a program that has gone must not end this one.
    var pipeSignal = sigset_t()
    var before = sigset_t()
    sigemptyset(&pipeSignal)
    sigaddset(&pipeSignal, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &pipeSignal, &before)
    let written = bytes.withUnsafeBytes { buffer in
      write(input, buffer.baseAddress.map { $0 + start }, min(buffer.count - start, 1 << 16))
    }
    let reason = errno
    if written < 0, reason == EPIPE {
      var none = timespec()
      sigtimedwait(&pipeSignal, nil, &none)
    }
    pthread_sigmask(SIG_SETMASK, &before, nil)
    if written >= 0 { return start + written }
    return reason == EAGAIN || reason == EINTR ? start : bytes.count
  }

  /// What can be read now: nothing at its end, nil where there is nothing yet.
  private static func read(_ descriptor: Int32) -> [UInt8]? {
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, initialized in
      count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      initialized = max(0, count)
    }
    if count < 0 { return errno == EAGAIN || errno == EINTR ? nil : [] }
    return bytes
  }
}
