import DataFrames
import Tensors

/// What a program says of some rows.
struct ProgramAnswer: Sendable {
  /// What is wrong with an answer.
  struct Failure: Error {
    let reason: String
  }

  /// The classes' names; nil for a number.
  let classNames: [String]?
  /// `[rows, classes]`, or one number a row.
  let values: [Double]

  /// The answer in CSV text of a header and `rowCount` records.
  /// - Throws: `Failure`
  init(_ bytes: [UInt8], rowCount: Int) throws {
    if bytes.allSatisfy({ $0 <= UInt8(ascii: " ") }) { throw Failure(reason: "it is empty") }
    let frame: DataFrame
    do {
      let options = CSVReader.Options(delimiter: UInt8(ascii: ","), hasHeader: true)
      frame = try CSVReader(options: options).read(try DataFile(bytes: bytes, path: "answer"), workers: .one)
    } catch let error as CSVError {
      throw Failure(reason: "\(error)")
    }
    let columns = frame.columns.count > 1 ? frame.columns.filter { $0.name != "class" } : frame.columns
    guard frame.rowCount == rowCount else {
      throw Failure(reason: "\(frame.rowCount) records for \(rowCount) rows")
    }
    var values = [Double](repeating: 0, count: rowCount * columns.count)
    for (place, column) in columns.enumerated() {
      guard case .numbers(let numbers) = column.values else {
        throw Failure(reason: "the column \"\(column.name)\" does not hold numbers")
      }
      for (row, number) in numbers.enumerated() {
        guard number.isFinite else { throw Failure(reason: "record \(row + 1) has no number in \"\(column.name)\"") }
        values[row * columns.count + place] = number
      }
    }
    self.values = values
    if columns.count == 1, columns[0].name == "value" {
      classNames = nil
      return
    }
    guard columns.count >= 2 else {
      throw Failure(reason: "the header must name the classes, or be the one word value")
    }
    classNames = columns.map(\.name)
    for row in 0..<rowCount {
      let shares = values[row * columns.count..<(row + 1) * columns.count]
      guard shares.allSatisfy({ $0 >= -1e-6 && $0 <= 1 + 1e-6 }), abs(shares.reduce(0, +) - 1) < 1e-3 else {
        throw Failure(reason: "record \(row + 1) holds no probabilities that sum to 1")
      }
    }
  }
}
