import Foundation
import Testing

extension Trait where Self == ConditionTrait {
  /// For a test of files of Data/fetched: it counts as skipped where they are absent, and fails where
  /// XAI_TAB_REQUIRE_DATA=1 requires them.
  static func data(_ paths: String...) -> Self {
    let absent = paths.filter { !FileManager.default.fileExists(atPath: References.fetchedFile($0).path) }
    return .enabled(
      if: absent.isEmpty || ProcessInfo.processInfo.environment["XAI_TAB_REQUIRE_DATA"] == "1",
      "\(absent.map { "Data/fetched/\($0)" }.joined(separator: ", ")) absent; Scripts/get-data fetches them")
  }
}
