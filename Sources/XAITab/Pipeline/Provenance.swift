import FoundationEssentials

/// What a result says of its own making.
enum Provenance {
  /// The version of xai-tab.
  static let version = "0.1.0"

  /// The time of a page, as ISO 8601 in UTC: now, or that of SOURCE_DATE_EPOCH, with which equal input makes equal bytes.
  static var time: String {
    let epoch = Double(Terminal.environment("SOURCE_DATE_EPOCH"))
    return (epoch.map { Date(timeIntervalSince1970: $0) } ?? Date()).formatted(.iso8601)
  }
}
