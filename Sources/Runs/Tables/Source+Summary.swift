public import DataFrames

extension DataFrame {
  /// How the file was read and what types were found, in one line.
  public var summary: String {
    let numbers = columns.count {
      if case .numbers = $0.values { true } else { false }
    }
    return source.summary + ", " + Plural.text(numbers, "column of numbers", "columns of numbers") + " and "
      + Plural.text(columns.count - numbers, "of categories", "of categories")
  }
}

extension Source {
  /// How the file was read, in one line.
  public var summary: String {
    let missing = Plural.text(missingCells, "missing cell", "missing cells")
    let size = Plural.text(rows, "row", "rows") + " x " + Plural.text(columns, "column", "columns")
    let kind =
      switch format {
      case .csv(let layout): layout.summary
      case .idx(let layout): layout.summary
      }
    return
      "\(path == "-" ? "standard input" : path): \(size), \(kind)\(isCompressed ? ", gzip" : ""), \(missing)"
  }
}

extension CSVLayout {
  /// Delimiter, encoding and header.
  public var summary: String {
    let separator = delimiter == UInt8(ascii: "\t") ? "tab" : "'\(Character(UnicodeScalar(delimiter)))'"
    return "\(separator), \(encoding.rawValue), \(hasHeader ? "header" : "no header")"
  }
}

extension IDXLayout {
  /// The pictures and where their labels are from.
  fileprivate var summary: String {
    "IDX pictures of \(height) x \(width) pixels, "
      + (labels.map { "labels from \($0.path == "-" ? "standard input" : $0.path)" } ?? "no labels")
  }
}

extension Source {
  /// The file's name without its folders.
  public var name: String { Self.name(ofPath: path) }

  /// A path without its folders; what `-` stands for.
  public static func name(ofPath path: String) -> String {
    path == "-" ? "standard input" : path.split(separator: "/").last.map { String($0) } ?? path
  }
}
