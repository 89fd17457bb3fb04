public import Runs

/// A form in which a rule set is printed.
///
/// A form is one file, a conformance and a line in `RuleFormats.all`.
public protocol RuleFormat: SendableMetatype {
  /// What it is called on the command line.
  static var name: String { get }
  /// The rules of a run in this form.
  /// - Throws: `EncodingError` where they cannot be written so.
  static func text(_ run: RulesRun) throws -> String
}

/// All forms in which a rule set is printed, the usual one first.
public enum RuleFormats {
  /// The forms.
  public static let all: [any RuleFormat.Type] = [
    RulesText.self,
    RulesJSON.self,
    RulesSQL.self,
  ]
}
