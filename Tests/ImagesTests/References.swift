import Foundation

/// The files that the scripts of Tests/References wrote.
enum References {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "References")

  static func read<Document: Decodable>(_ name: String, as type: Document.Type) throws -> Document {
    try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: name)))
  }

  /// The bytes of a file of Data/fetched; a test that needs it has the trait `data`.
  static func fetched(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: fetchedFile(path))) }

  /// A file of Data/fetched.
  static func fetchedFile(_ path: String) -> URL {
    folder.deletingLastPathComponent().deletingLastPathComponent().appending(path: "Data/fetched").appending(path: path)
  }
}
