import Tensors

@testable import DataFrames

/// Reads a text as the file `t.csv`.
func frame(
  _ text: String, _ options: CSVReader.Options = .init(), pieceSize: Int = 1 << 20, threads: Int = 1
) throws -> DataFrame {
  try frame(Array(text.utf8), options, pieceSize: pieceSize, threads: threads)
}

/// Reads bytes as the file `t.csv`.
func frame(
  _ bytes: [UInt8], _ options: CSVReader.Options = .init(), pieceSize: Int = 1 << 20, threads: Int = 1
) throws -> DataFrame {
  try CSVReader(options: options, pieceSize: pieceSize)
    .read(bytes: bytes, name: "t.csv", workers: Workers(count: threads))
}

extension DataFrame {
  /// The cells of a column as text: words as they are, numbers as Swift prints them, `-` where missing.
  func cells(_ name: String) -> [String] {
    guard let column = self[name] else { return ["no column \(name)"] }
    return (0..<rowCount).map { row in
      if column.isMissing(row) { return "-" }
      switch column.values {
      case .numbers(let numbers): return "\(numbers[row])"
      case .words(let codes, let levels): return levels[Int(codes[row])]
      }
    }
  }

  /// Whether the column is numbers.
  func isNumeric(_ name: String) -> Bool {
    if case .numbers? = self[name]?.values { true } else { false }
  }
}

/// Runs `body` on the bytes of a text.
func scanning<Result>(
  _ text: String, delimiter: Character = ",", _ body: (RecordScanner) throws -> Result
) rethrows -> Result {
  try Array(text.utf8).withUnsafeBufferPointer {
    try body(RecordScanner(text: $0, start: 0, delimiter: delimiter.asciiValue ?? 0))
  }
}
