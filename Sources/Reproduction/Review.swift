import DataFrames
import FoundationEssentials
import Presentation
import Reports
public import Runs

/// The table and the figures of the review, done again on the data at hand.
public struct Review: Sendable {
  private let parts: [any ReviewPart.Type]
  private let folders: [String]
  private let isQuick: Bool
  private let settings: RunSettings

  /// The names of all parts, in the review's order.
  public static var partNames: [String] { ReviewParts.all.map { $0.name } }

  /// Some parts of the review.
  /// - Parameters:
  ///   - names: the parts; all where none is named.
  ///   - folder: a folder to look for data in before the usual ones.
  ///   - isQuick: whether counts are small, for minutes instead of up to half an hour.
  ///   - settings: how it is run.
  /// - Throws: `UsageError.unknownPart`, and `FileError.notFound` for a folder that there is not.
  public init(_ names: [String], data folder: String?, isQuick: Bool, _ settings: RunSettings) throws {
    // Each once, in the review's order.
    let wanted = Set(try names.map { try ReviewParts.named($0).name })
    parts = ReviewParts.all.filter { names.isEmpty || wanted.contains($0.name) }
    if let folder, !FileManager.default.fileExists(atPath: folder) { throw FileError.notFound(path: folder) }
    folders = (folder.map { [$0] } ?? []) + Bench.usualFolders
    self.isQuick = isQuick
    self.settings = settings
  }

  /// Runs the parts one after the other and writes a page for each, and one that leads to all; ends early where the
  /// observer asks.
  /// - Parameter folder: where the pages go; it is made where there is none.
  /// - Returns: the statements with their verdicts.
  /// - Throws: `FileError.cannotWrite`, and whatever but missing data keeps a part from being run.
  public func reproduce(into folder: String) throws -> ReproducedReview {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw FileError.cannotWrite(path: folder, reason: "the folder cannot be made")
    }
    var bench = Bench(folders: folders, isQuick: isQuick, run: settings)
    var results: [Reproduced] = []
    let clock = ContinuousClock()
    for part in parts where !settings.observer.isInterrupted() {
      settings.note("\(part.name): \(part.title)")
      var result = Reproduced(part)
      let time = try clock.measure { try result.attempt { try part.reproduce(&bench, &$0) } }
      result.seconds = time / .seconds(1)
      for file in result.missing { settings.note("\(part.name): \(file)") }
      var figures = Figures()
      let page = ReproducedPage.page(result, isQuick: isQuick, settings, &figures)
      if let reason = figures.missing { settings.note("warning: \(reason); the page has its tables alone") }
      try AtomicFile.write(try page.html(), to: "\(folder)/\(part.name).html")
      results.append(result)
    }
    let index = ReproducedPage.index(results, isQuick: isQuick, settings)
    try AtomicFile.write(try index.html(), to: "\(folder)/index.html")
    return ReproducedReview(
      json: ReproduceJSON(results, isQuick: isQuick, seed: settings.seed, folder: folder),
      text: ReproduceText.text(results, folder: folder),
      incompleteParts: results.filter { !$0.missing.isEmpty }.map(\.name))
  }
}

/// What came of parts of the review.
public struct ReproducedReview: Sendable {
  /// The statements, for JSON.
  public let json: ReproduceJSON
  /// The statements, for a terminal.
  public let text: String
  /// The names of the parts that could not be run, or not wholly, because data are missing.
  public let incompleteParts: [String]
}
