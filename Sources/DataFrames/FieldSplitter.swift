import CLibCSV

/// Splitting CSV text into fields with libcsv, which takes quotes away, joins doubled ones and trims blanks that
/// stand outside quotes.
enum FieldSplitter {
  /// How a text came to its end.
  enum Ending {
    /// At the end of a record.
    case complete
    /// In a quoted field, whose rest was given as a field all the same.
    case insideQuotes
    /// Where the caller asked to stop.
    case stopped
    /// Where memory for a field ran out.
    case outOfMemory
  }

  /// The bytes between two looks at whether to go on.
  private static let chunk = 1 << 18

  /// Gives each field of `text` to `field` and says the end of each record to `record`, whose answer is whether to go
  /// on; after it says no, up to a quarter of a megabyte may still be given.
  static func split(
    _ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8,
    field: (UnsafeBufferPointer<UInt8>) -> Void, record: () -> Bool
  ) -> Ending {
    withoutActuallyEscaping(field) { field in
      withoutActuallyEscaping(record) { record in
        var receiver = Receiver(field: field, record: record)
        return withUnsafeMutablePointer(to: &receiver) { run(text, delimiter: delimiter, receiver: $0) }
      }
    }
  }

  private static func run(
    _ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8, receiver: UnsafeMutablePointer<Receiver>
  ) -> Ending {
    let onField: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
      bytes, count, to in
      let start = UnsafePointer(bytes?.assumingMemoryBound(to: UInt8.self))
      to?.assumingMemoryBound(to: Receiver.self).pointee.field(UnsafeBufferPointer(start: start, count: count))
    }
    let onRecord: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void = { _, to in
      guard let receiver = to?.assumingMemoryBound(to: Receiver.self) else { return }
      if !receiver.pointee.record() { receiver.pointee.goesOn = false }
    }
    var parser = csv_parser()
    csv_init(&parser, 0)
    defer { csv_free(&parser) }
    csv_set_delim(&parser, delimiter)
    csv_set_blk_size(&parser, 1 << 12)
    var position = 0
    while position < text.count, receiver.pointee.goesOn {
      let count = min(chunk, text.count - position)
      let start = text.baseAddress.map { $0 + position }
      guard csv_parse(&parser, start, count, onField, onRecord, receiver) == count else { return .outOfMemory }
      position += count
    }
    guard receiver.pointee.goesOn else { return .stopped }
    let fieldBegun: Int32 = 2
    let isInsideQuotes = parser.pstate == fieldBegun && parser.quoted != 0
    csv_fini(&parser, onField, onRecord, receiver)
    return isInsideQuotes ? .insideQuotes : .complete
  }

  /// Where libcsv's calls arrive.
  private struct Receiver {
    let field: (UnsafeBufferPointer<UInt8>) -> Void
    let record: () -> Bool
    var goesOn = true
  }
}
