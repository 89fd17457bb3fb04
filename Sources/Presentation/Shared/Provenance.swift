import FoundationEssentials
import Runs

/// What a result says of its own making.
public enum Provenance {
  /// The version of xai-tab.
  public static let version = Release.version

  /// Whether equal input must make equal bytes: SOURCE_DATE_EPOCH is set.
  public static var isReproducible: Bool { !Environment.value("SOURCE_DATE_EPOCH").isEmpty }

  /// The command line, quoted as a shell would need it; where equal input must make equal bytes, without what has no
  /// say in the page: how many threads there are and where it is written.
  public static var command: String {
    let words = Array(CommandLine.arguments.dropFirst())
    return (["xai-tab"] + (isReproducible ? withoutPlace(words) : words)).map { word in
      let isPlain =
        !word.isEmpty
        && word.utf8.allSatisfy { byte in
          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./,=+:@%".utf8.contains(byte)
        }
      return isPlain
        ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }.joined(separator: " ")
  }

  private static func withoutPlace(_ words: [String]) -> [String] {
    let named = ["--threads", "--html", "--output", "-o"]
    var kept: [String] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      if named.contains(word) {
        _ = rest.popFirst()
      } else if word != "--quiet", !named.contains(where: { word.hasPrefix($0 + "=") }) {
        kept.append(word)
      }
    }
    return kept
  }

  /// The time of a page, as ISO 8601 in UTC: now, or that of SOURCE_DATE_EPOCH, with which equal input makes equal
  /// bytes.
  public static var time: String {
    let epoch = Double(Environment.value("SOURCE_DATE_EPOCH"))
    return (epoch.map { Date(timeIntervalSince1970: $0) } ?? Date()).formatted(.iso8601)
  }
}
