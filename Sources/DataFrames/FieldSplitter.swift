import CLibCSV

/// What takes the fields of a CSV text, one after the other.
///
/// The two functions are libcsv's own callbacks, with a pointer to the receiver as the last argument, so that nothing
/// stands between libcsv and the code that reads a cell.
protocol FieldReceiver {
  /// Whether more is wanted.
  var goesOn: Bool { get }
  /// Takes the bytes of one field, which are gone afterwards.
  static var onField: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void { get }
  /// Takes the end of a record.
  static var onRecord: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void { get }
}

/// Splitting CSV text into fields with libcsv, which takes quotes away, joins doubled ones and trims blanks that
/// stand outside quotes.
enum FieldSplitter {
  /// How a text came to its end.
  enum Ending {
    /// At the end of a record.
    case complete
    /// In a quoted field, whose rest was given as a field all the same.
    case insideQuotes
    /// Where the receiver wanted no more.
    case stopped
    /// Where memory for a field ran out.
    case outOfMemory
  }

  /// The bytes between two looks at whether to go on.
  private static let chunk = 1 << 18

  /// Gives all fields of `text` to the receiver. When it wants no more, up to a quarter of a megabyte may still come.
  static func split<Receiver: FieldReceiver>(
    _ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8, into receiver: inout Receiver
  ) -> Ending {
    var parser = csv_parser()
    csv_init(&parser, 0)
    defer { csv_free(&parser) }
    csv_set_delim(&parser, delimiter)
    csv_set_blk_size(&parser, 1 << 12)
    return withUnsafeMutablePointer(to: &receiver) { receiver in
      var position = 0
      while position < text.count, receiver.pointee.goesOn {
        let count = min(chunk, text.count - position)
        let start = text.baseAddress.map { $0 + position }
        guard csv_parse(&parser, start, count, Receiver.onField, Receiver.onRecord, receiver) == count else {
          return .outOfMemory
        }
        position += count
      }
      guard receiver.pointee.goesOn else { return .stopped }
      let fieldBegun: Int32 = 2
      let isInsideQuotes = parser.pstate == fieldBegun && parser.quoted != 0
      csv_fini(&parser, Receiver.onField, Receiver.onRecord, receiver)
      return isInsideQuotes ? .insideQuotes : .complete
    }
  }
}
