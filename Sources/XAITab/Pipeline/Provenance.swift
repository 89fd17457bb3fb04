import FoundationEssentials

/// What a result says of its own making.
enum Provenance {
  /// The version of xai-tab.
  static let version = "0.1.0"

  /// Whether equal input must make equal bytes: SOURCE_DATE_EPOCH is set.
  static var isReproducible: Bool { !Terminal.environment("SOURCE_DATE_EPOCH").isEmpty }

  /// The command line, quoted as a shell would need it.
  static var command: String {
    (["xai-tab"] + CommandLine.arguments.dropFirst()).map { word in
      let isPlain =
        !word.isEmpty
        && word.utf8.allSatisfy { byte in
          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./,=+:@%".utf8.contains(byte)
        }
      return isPlain
        ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }.joined(separator: " ")
  }

  /// The time of a page, as ISO 8601 in UTC: now, or that of SOURCE_DATE_EPOCH, with which equal input makes equal bytes.
  static var time: String {
    let epoch = Double(Terminal.environment("SOURCE_DATE_EPOCH"))
    return (epoch.map { Date(timeIntervalSince1970: $0) } ?? Date()).formatted(.iso8601)
  }
}
