import Tensors

/// The text of a CSV file, ready to be parted: in UTF-8, without what stands before the first record.
struct CSVText {
  /// The file's name, for errors.
  let file: String
  /// The text in UTF-8.
  var bytes: [UInt8]
  /// Where the first record may begin.
  var start: Int
  /// What the text was before.
  let encoding: TextEncoding
  /// What was found on the way.
  var notes: [ReadNote]
  /// In a transposed text, the line of the file's record that each column was.
  var linesOfColumns: [Int]?

  /// Decodes what stands in the file.
  /// - Throws: `CSVError.noRows` for a file without any text.
  init(_ data: DataFile, workers: Workers) throws {
    file = data.path
    let decoded = TextDecoder.decode(data.content, workers: workers)
    bytes = decoded.text
    encoding = decoded.encoding
    notes = []
    if let invalid = decoded.firstInvalid {
      let line = data.content.withUnsafeBufferPointer {
        RecordScanner(text: $0, start: 0, delimiter: UInt8(ascii: ",")).line(at: invalid)
      }
      notes.append(.notUTF8(line: line))
    }
    let comments: Int
    (start, comments) = bytes.withUnsafeBufferPointer { Self.behindComments($0, from: decoded.start) }
    if comments > 0 { notes.append(.skippedComments(count: comments)) }
    let isBlank = bytes[start...].allSatisfy { $0 == 0x20 || $0 == 0x09 || RecordScanner.isLineEnd($0) }
    if isBlank { throw CSVError.noRows(file: file) }
  }

  /// Where the lines at the top end that begin with `#`, and how many they are; empty lines among them are passed over.
  private static func behindComments(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> (start: Int, count: Int) {
    var position = start
    var end = start
    var count = 0
    while position < text.count {
      if RecordScanner.isLineEnd(text[position]) {
        position += 1
        continue
      }
      guard text[position] == UInt8(ascii: "#") else { break }
      while position < text.count, !RecordScanner.isLineEnd(text[position]) { position += 1 }
      count += 1
      end = position
    }
    return (end, count)
  }
}
