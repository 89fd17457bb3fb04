import DataFrames
import Reports

/// Pages that commands write beside their result.
enum PageFile {
  /// The most bytes of a page.
  static let byteLimit = 5_000_000

  /// Writes the page of a result.
  /// - Throws: `FileError.cannotWrite`.
  static func write(_ result: some PagedResult, to path: String, _ options: RunOptions) throws {
    var figures = Figures()
    try write(result.page(&figures), figures, to: path, options)
  }

  /// Writes a page, without its longest parts where it would be too large, and says what it lacks.
  /// - Throws: `FileError.cannotWrite`.
  static func write(_ page: Page, _ figures: Figures, to path: String, _ options: RunOptions) throws {
    if let reason = figures.missing { options.note("warning: \(reason); the page has its tables alone") }
    let (html, left) = try page.html(limit: byteLimit)
    if !left.isEmpty {
      options.note("warning: left out, as the page would be too large: \(left.joined(separator: ", "))")
    }
    try AtomicFile.write(html, to: path)
  }
}
