/// The cells of some records as text, in one block of bytes.
struct CellGrid: FieldReceiver {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var recordEnds: [Int] = []
  /// All is wanted.
  let goesOn = true
  /// How the text came to its end.
  private(set) var ending = FieldSplitter.Ending.complete

  /// The cells of all records in `text`.
  init(_ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8) {
    bytes.reserveCapacity(text.count)
    ending = FieldSplitter.split(text, delimiter: delimiter, into: &self)
  }

  static let onField: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
    start, count, grid in
    guard let grid = grid?.assumingMemoryBound(to: CellGrid.self) else { return }
    grid.pointee.bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: count))
    grid.pointee.ends.append(grid.pointee.bytes.count)
  }

  static let onRecord: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void = { _, grid in
    guard let grid = grid?.assumingMemoryBound(to: CellGrid.self) else { return }
    grid.pointee.recordEnds.append(grid.pointee.ends.count)
  }

  /// The number of records.
  var recordCount: Int { recordEnds.count }

  /// The number of fields of a record.
  func fieldCount(_ record: Int) -> Int {
    recordEnds[record] - firstCell(record)
  }

  /// The bytes of a cell.
  func cell(_ record: Int, _ field: Int) -> ArraySlice<UInt8> {
    let index = firstCell(record) + field
    return bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// The text of a cell, without the blanks around it.
  func text(_ record: Int, _ field: Int) -> String {
    cell(record, field).withUnsafeBufferPointer { String(decoding: CellText.trimmed($0), as: UTF8.self) }
  }

  private func firstCell(_ record: Int) -> Int {
    record == 0 ? 0 : recordEnds[record - 1]
  }
}
