import Foundation
import Testing

/// What tests need that a machine may not have. Where it is absent they count as skipped; where XAI_TAB_REQUIRE_DATA=1
/// requires data and the browser, they run all the same, and fail.
enum Requirements {
  /// Whether what Scripts make ready has to be there.
  static let areStrict = ProcessInfo.processInfo.environment["XAI_TAB_REQUIRE_DATA"] == "1"

  /// Whether a program can be run.
  static func isProgram(_ path: String) -> Bool { FileManager.default.isExecutableFile(atPath: path) }
}

extension Trait where Self == ConditionTrait {
  /// For a test of files of Data/fetched.
  static func data(_ paths: String...) -> Self {
    let absent = paths.filter { !Program.isFetched($0) }.map { "Data/fetched/\($0)" }
    return .enabled(
      if: absent.isEmpty || Requirements.areStrict,
      "\(absent.joined(separator: ", ")) absent; Scripts/get-data fetches them")
  }

  /// For a test that asks Python with some packages.
  static func python(_ packages: String...) -> Self {
    .enabled("python3 with \(packages.joined(separator: ", ")) is missing") { Python.has(packages) }
  }

  /// For a test that looks at pages in a browser.
  static var browser: Self {
    .enabled(
      if: Requirements.areStrict || Requirements.isProgram(Browser.python) && Requirements.isProgram(Browser.program),
      "there is no browser; Scripts/browser makes it ready")
  }
}

/// The browser that Scripts/browser makes ready.
enum Browser {
  static let program = "/usr/bin/chromium"
  /// The Python that drives it.
  static let python = Program.root.appending(path: ".build/browser/bin/python").path
}
