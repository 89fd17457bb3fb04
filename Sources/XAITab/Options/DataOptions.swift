import ArgumentParser
import DataFrames
import Runs

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

  /// The file, and how it is read.
  var source: TableSource {
    TableSource(
      path: data, labels: labels,
      reader: CSVReader.Options(
        delimiter: delimiter?.byte, hasHeader: noHeader ? false : nil, missingMarkers: na?.names,
        numeric: numeric?.names ?? [], categorical: categorical?.names ?? [], transpose: transpose,
        skipsBadRecords: skipBad),
      kept: columns?.names, dropped: drop?.names ?? [])
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
