/// Where a table came from and how it was read: the facts that the command says on standard error and that
/// every result carries.
public struct Source: Sendable, Equatable {
  /// The path as it was given, or `-` for standard input.
  public var path: String
  /// SHA-256 of the bytes as they stand in the file (of the compressed ones, if it is compressed), in hex.
  public var sha256: String
  /// The number of data rows in the file.
  public var rows: Int
  /// The number of columns in the file, before any is dropped.
  public var columns: Int
  /// What kind of file it is.
  public var format: Format
  /// Whether the bytes were gzip.
  public var isCompressed: Bool
  /// The number of missing cells, over all columns of the file.
  public var missingCells: Int
  /// The number of bad records that were left out and are no rows, if the user wanted that.
  public var skippedRecords: Int
  /// What a user should know of how the file was read, in the order in which it was found.
  public var notes: [ReadNote]

  /// What kind of file a table came from.
  public enum Format: Sendable, Equatable {
    /// Text in records and fields.
    case csv(CSVLayout)
    /// Pictures in the IDX format.
    case idx(IDXLayout)
  }

  /// The facts of a table.
  public init(
    path: String, sha256: String, rows: Int, columns: Int, format: Format, isCompressed: Bool, missingCells: Int,
    skippedRecords: Int = 0, notes: [ReadNote]
  ) {
    self.path = path
    self.sha256 = sha256
    self.rows = rows
    self.columns = columns
    self.format = format
    self.isCompressed = isCompressed
    self.missingCells = missingCells
    self.skippedRecords = skippedRecords
    self.notes = notes
  }

  /// How the text was read; nil for a file of pictures.
  public var csv: CSVLayout? {
    if case .csv(let layout) = format { layout } else { nil }
  }
}

/// How a CSV text is laid out.
public struct CSVLayout: Sendable, Equatable {
  /// The byte between fields.
  public var delimiter: UInt8
  /// Whether the first record holds the names.
  public var hasHeader: Bool
  /// The encoding of the text.
  public var encoding: TextEncoding

  /// A layout.
  public init(delimiter: UInt8, hasHeader: Bool, encoding: TextEncoding) {
    self.delimiter = delimiter
    self.hasHeader = hasHeader
    self.encoding = encoding
  }
}

/// How a file of IDX pictures is laid out, and where their labels are from.
public struct IDXLayout: Sendable, Equatable {
  /// The rows of a picture.
  public var height: Int
  /// The columns of a picture.
  public var width: Int
  /// The file of labels, if there is one.
  public var labels: LabelFile?

  /// The file that the column of labels is from.
  public struct LabelFile: Sendable, Equatable {
    /// The path as it was given.
    public var path: String
    /// SHA-256 of the bytes as they stand in the file, in hex.
    public var sha256: String

    /// A file of labels.
    public init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }
  }

  /// A layout.
  public init(height: Int, width: Int, labels: LabelFile?) {
    self.height = height
    self.width = width
    self.labels = labels
  }
}

/// How the bytes of a file stand for text.
public enum TextEncoding: String, Sendable, Equatable {
  /// UTF-8, with or without a byte order mark.
  case utf8 = "UTF-8"
  /// UTF-16 with a little-endian byte order mark.
  case utf16LittleEndian = "UTF-16LE"
  /// UTF-16 with a big-endian byte order mark.
  case utf16BigEndian = "UTF-16BE"
  /// Windows-1252, taken for what is not valid UTF-8.
  case windows1252 = "Windows-1252"
}
