import DataFrames
import FoundationEssentials
import Images
public import Tensors

/// The pictures of a folder, by their names.
public struct PictureFolder: Sendable {
  /// The path of the folder.
  public let path: String
  /// The names of the PNG and JPEG files, in order.
  public let names: [String]
  /// How many other files the folder has.
  public let others: Int

  private static let endings = [".png", ".jpg", ".jpeg"]

  /// Lists a folder.
  /// - Throws: `FileError.notFound`, and `UsageError` for what is no folder, or has no pictures.
  public init(_ path: String) throws {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw FileError.notFound(path: path)
    }
    guard isFolder else {
      throw UsageError.contradiction("\(path) is a file; image evaluate takes a folder of pictures")
    }
    let all: [String]
    do {
      all = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw FileError.unreadable(path: path, reason: "the folder cannot be listed")
    }
    let files = all.filter { !$0.hasPrefix(".") }
    names = files.filter { name in Self.endings.contains { name.lowercased().hasSuffix($0) } }.sorted()
    others = files.count - names.count
    self.path = path
    guard !names.isEmpty else {
      throw UsageError.contradiction("\(path) has no pictures: no file there ends in .png, .jpg or .jpeg")
    }
  }

  /// The path of a picture.
  public func path(of name: String) -> String { path.hasSuffix("/") ? path + name : path + "/" + name }

  /// The names of the pictures that can be read: each is, once, so that a bad one does not end a long run in its
  /// middle.
  /// - Parameters:
  ///   - skipsBad: whether those that cannot be read are left out; else the first one ends the run.
  ///   - workers: the threads that share the reading.
  ///   - say: hears of each that is left out.
  /// - Returns: their names, in order.
  /// - Throws: why a picture cannot be read.
  public func readable(skipsBad: Bool, workers: Workers, say: (String) -> Void) throws -> [String] {
    let failures = workers.map(count: names.count) { index -> (any Error)? in
      do {
        _ = try PictureInput(path(of: names[index]), row: nil, workers: .one)
        return nil
      } catch {
        return error
      }
    }
    var good: [String] = []
    for (name, failure) in zip(names, failures) {
      guard let failure else {
        good.append(name)
        continue
      }
      guard skipsBad else { throw failure }
      say("left out: \(Failure(failure).text)")
    }
    guard !good.isEmpty else { throw UsageError.contradiction("\(path) has no picture that can be read") }
    return good
  }
}
