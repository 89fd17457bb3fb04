import DataFrames
import Reports

/// Pages that commands write beside their result.
enum PageFile {
  /// Writes the page of a result.
  /// - Throws: `FileError.cannotWrite`.
  static func write(_ result: some PagedResult, to path: String, _ options: RunOptions) throws {
    var figures = Figures()
    let page = result.page(&figures)
    if let reason = figures.missing { options.note("warning: \(reason); the page has its tables alone") }
    try AtomicFile.write(try page.html(), to: path)
  }
}
