import Foundation

/// The files that the scripts of Tests/References wrote.
enum References {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "References")

  static func read<Document: Decodable>(_ name: String, as type: Document.Type) throws -> Document {
    try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: name)))
  }

  /// A fetched file, or nil where it is absent: then the test says that it was skipped, and fails where data are required.
  static func fetched(_ path: String) -> [UInt8]? {
    let file = folder.deletingLastPathComponent().deletingLastPathComponent().appending(path: "Data/fetched")
      .appending(path: path)
    if let data = try? Data(contentsOf: file) { return Array(data) }
    precondition(
      ProcessInfo.processInfo.environment["XAI_TAB_REQUIRE_DATA"] != "1", "Data/fetched/\(path) is required and absent")
    print("skipped: Data/fetched/\(path) is absent; Scripts/get-data fetches it")
    return nil
  }
}
