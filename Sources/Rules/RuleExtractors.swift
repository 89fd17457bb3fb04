/// All ways to rules, in the order in which they are shown.
public enum RuleExtractors {
  /// The ways.
  public static let all: [any RuleExtractor] = [
    C45Leaves(),
    C45Rules(),
    baseline,
    DeepRED(),
    ANNDT(),
    HypInv(),
    ECLAIRE(),
    ForestRules(),
  ]

  /// The way that all others to a model's rules are measured beside.
  public static let baseline = Pedagogical()

  /// The way of the given name; nil where there is none.
  public static func named(_ name: String) -> (any RuleExtractor)? { all.first { $0.name == name } }
}
