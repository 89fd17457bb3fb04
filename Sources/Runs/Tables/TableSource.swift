public import DataFrames
public import Tensors

/// Which file holds a table, and how it is read.
public struct TableSource: Sendable {
  /// The path of a CSV file or of IDX pictures, plain or gzip; `-` is standard input.
  public var path: String
  /// The path of the IDX file with the labels of IDX pictures; they become the last column.
  public var labels: String?
  /// What is given of a CSV file; the rest is found out.
  public var reader: CSVReader.Options
  /// The columns to keep, the target among them; nil keeps all.
  public var kept: [String]?
  /// The columns to leave out.
  public var dropped: [String]

  /// A file of which nothing but the path is given.
  public init(
    path: String, labels: String? = nil, reader: CSVReader.Options = CSVReader.Options(), kept: [String]? = nil,
    dropped: [String] = []
  ) {
    self.path = path
    self.labels = labels
    self.reader = reader
    self.kept = kept
    self.dropped = dropped
  }

  /// The paths of all files that are read.
  public var paths: [String] { [path] + (labels.map { [$0] } ?? []) }

  /// The table, with the columns that are wanted. Whether the file is CSV or IDX is found out from its first bytes.
  /// - Throws: `FileError`, `CSVError`, `IDXError` or `ColumnError`, and `UsageError` for settings that do not go with
  ///   the kind of file.
  public func read(workers: Workers) throws -> DataFrame {
    if labels == "-", path == "-" {
      throw UsageError.contradiction("pictures and labels cannot both come from standard input")
    }
    let file = try DataFile(path: path, workers: workers)
    let frame = try file.isIDX ? readPictures(file, workers) : readText(file, workers)
    return try frame.selecting(keep: kept, drop: dropped)
  }

  private func readText(_ file: DataFile, _ workers: Workers) throws -> DataFrame {
    if labels != nil {
      throw UsageError.contradiction("--labels goes with IDX pictures, and \(path) is none")
    }
    return try CSVReader(options: reader).read(file, workers: workers)
  }

  private func readPictures(_ file: DataFile, _ workers: Workers) throws -> DataFrame {
    let forText = [
      ("--delimiter", reader.delimiter != nil), ("--no-header", reader.hasHeader == false),
      ("--categorical", !reader.categorical.isEmpty), ("--numeric", !reader.numeric.isEmpty),
      ("--na", reader.missingMarkers != nil), ("--transpose", reader.transpose), ("--skip-bad", reader.skipsBadRecords),
    ]
    if let option = forText.first(where: { $0.1 })?.0 {
      throw UsageError.contradiction("\(option) goes with a CSV file, and \(path) holds IDX pictures")
    }
    return try IDXReader().read(
      file, labels: labels.map { try DataFile(path: $0, workers: workers) }, workers: workers)
  }

  /// Whether the rows can be read part by part.
  public var isStreamable: Bool {
    labels == nil && !reader.transpose && kept == nil && dropped.isEmpty && RecordStream.isStreamable(path)
  }

  /// Whether a column is spoken of by name, so that it is not set aside.
  public func names(_ column: String) -> Bool {
    (kept ?? []).contains(column) || reader.categorical.contains(column) || reader.numeric.contains(column)
  }
}
