import ArgumentParser
import DataFrames
import Tensors

/// Which file to read and how.
struct DataOptions: ParsableArguments {
  @Argument(help: "A CSV file or IDX pictures, plain or gzip; '-' is standard input.")
  var data: String

  @Option(
    help: ArgumentHelp(
      "The IDX file with the labels of IDX pictures, which become the last column, label.",
      valueName: "file"))
  var labels: String?

  @Option(help: "The character between fields (',', ';', '|', 'tab'); found out if not given.")
  var delimiter: Delimiter?

  @Flag(help: "The first line is data, not names.")
  var noHeader = false

  @Option(help: ArgumentHelp("Keep only these columns, the target among them.", valueName: "names"))
  var columns: NameList?

  @Option(help: ArgumentHelp("Leave these columns out.", valueName: "names"))
  var drop: NameList?

  @Option(help: ArgumentHelp("Read these columns as categories.", valueName: "names"))
  var categorical: NameList?

  @Option(help: ArgumentHelp("Read these columns as numbers.", valueName: "names"))
  var numeric: NameList?

  @Option(help: ArgumentHelp("The words that mean a missing cell, instead of the built-in ones.", valueName: "words"))
  var na: NameList?

  @Flag(help: "The file's rows are the columns.")
  var transpose = false

  @Flag(help: "Leave out and count records with a wrong number of fields, or no number in a column of --numeric.")
  var skipBad = false

  /// The table, with the columns that were asked for. Whether the file is CSV or IDX is found out from its first bytes.
  /// - Throws: `FileError`, `CSVError`, `IDXError` or `ColumnError`, and `UsageError` for options that do not go with
  ///   the kind of file.
  func read(workers: Workers) throws -> DataFrame {
    if labels == "-", data == "-" {
      throw UsageError.contradiction("pictures and labels cannot both come from standard input")
    }
    let file = try DataFile(path: data, workers: workers)
    let frame = try file.isIDX ? readPictures(file, workers) : readText(file, workers)
    return try frame.selecting(keep: columns?.names, drop: drop?.names ?? [])
  }

  private func readText(_ file: DataFile, _ workers: Workers) throws -> DataFrame {
    if labels != nil {
      throw UsageError.contradiction("--labels goes with IDX pictures, and \(data) is none")
    }
    return try CSVReader(options: readerOptions).read(file, workers: workers)
  }

  /// What the options say of a CSV file.
  var readerOptions: CSVReader.Options {
    CSVReader.Options(
      delimiter: delimiter?.byte, hasHeader: noHeader ? false : nil, missingMarkers: na?.names,
      numeric: numeric?.names ?? [], categorical: categorical?.names ?? [], transpose: transpose,
      skipsBadRecords: skipBad)
  }

  private func readPictures(_ file: DataFile, _ workers: Workers) throws -> DataFrame {
    let forText = [
      ("--delimiter", delimiter != nil), ("--no-header", noHeader), ("--categorical", categorical != nil),
      ("--numeric", numeric != nil), ("--na", na != nil), ("--transpose", transpose), ("--skip-bad", skipBad),
    ]
    if let option = forText.first(where: { $0.1 })?.0 {
      throw UsageError.contradiction("\(option) goes with a CSV file, and \(data) holds IDX pictures")
    }
    return try IDXReader().read(
      file, labels: labels.map { try DataFile(path: $0, workers: workers) }, workers: workers)
  }

  /// Whether the rows can be read part by part.
  var isStreamable: Bool {
    labels == nil && !transpose && columns == nil && drop == nil && RecordStream.isStreamable(data)
  }

  /// Whether the user spoke of a column by name, so that it is not set aside.
  func names(_ column: String) -> Bool {
    [columns, categorical, numeric].contains { $0?.names.contains(column) ?? false }
  }
}

/// Names, separated by commas; a name that holds a comma or a quote stands in double quotes, as in a CSV file.
struct NameList: ExpressibleByArgument, Equatable {
  var names: [String]

  init?(argument: String) {
    names = []
    var name = ""
    var isQuoted = false
    var rest = argument[...]
    while let character = rest.popFirst() {
      if isQuoted {
        if character != "\"" {
          name.append(character)
        } else if rest.first == "\"" {
          name.append("\"")
          rest.removeFirst()
        } else {
          isQuoted = false
        }
      } else if character == "\"" && name.isEmpty {
        isQuoted = true
      } else if character == "," {
        names.append(name)
        name = ""
      } else {
        name.append(character)
      }
    }
    if isQuoted { return nil }
    names.append(name)
  }
}

/// The byte between fields.
struct Delimiter: ExpressibleByArgument, Equatable {
  var byte: UInt8

  init?(argument: String) {
    switch argument {
    case "tab", "\\t": byte = UInt8(ascii: "\t")
    default:
      guard argument.utf8.count == 1, let only = argument.utf8.first, only != UInt8(ascii: "\""),
        only != UInt8(ascii: "\n"), only != UInt8(ascii: "\r")
      else { return nil }
      byte = only
    }
  }
}
