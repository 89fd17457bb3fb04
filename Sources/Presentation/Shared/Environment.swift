import FoundationEssentials

/// The environment of the process.
public enum Environment {
  /// The value of a variable, or the empty text.
  public static func value(_ name: String) -> String {
    ProcessInfo.processInfo.environment[name] ?? ""
  }
}
