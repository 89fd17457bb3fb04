import DataFrames
public import Reports
public import Runs

/// Pages that are written beside a result.
public enum PageFile {
  /// The most bytes of a page.
  static let byteLimit = 5_000_000

  /// Writes the page of a result; the observer hears what the page lacks.
  /// - Throws: `FileError.cannotWrite`.
  public static func write(_ result: some PagedResult, to path: String, _ settings: RunSettings) throws {
    var figures = Figures()
    try write(result.page(&figures), figures, to: path, settings)
  }

  /// Writes a page, without its longest parts where it would be too large; the observer hears what it lacks.
  /// - Throws: `FileError.cannotWrite`.
  public static func write(_ page: Page, _ figures: Figures, to path: String, _ settings: RunSettings) throws {
    if let reason = figures.missing { settings.note("warning: \(reason); the page has its tables alone") }
    let (html, left) = try page.html(limit: byteLimit)
    if !left.isEmpty {
      settings.note("warning: left out, as the page would be too large: \(left.joined(separator: ", "))")
    }
    try AtomicFile.write(html, to: path)
  }
}
