import DataFrames
import Surrogates

/// Conditions and cells in words.
enum ConditionText {
  /// A condition on a feature, such as `53 < age <= 61`, `thal = normal` or `sex is missing`.
  ///
  /// A bound has four significant digits, and more where they are needed for `value` to satisfy what is printed.
  static func text(_ condition: Condition, _ feature: Feature, value: Double) -> String {
    switch condition {
    case .isMissing:
      return "\(feature.name) is missing"
    case .perDeviation(let deviation):
      return "\(feature.name) per \(NumberText.significant(deviation, 3))"
    case .isCategory(let code):
      return "\(feature.name) = \(word(code, feature))"
    case .isBetween(let lower, let upper):
      var digits = 4
      while digits < 17 {
        let low = lower.flatMap { Double(NumberText.significant($0, digits)) }
        let high = upper.flatMap { Double(NumberText.significant($0, digits)) }
        if low.map({ $0 < value }) ?? true, high.map({ value <= $0 }) ?? true { break }
        digits += 1
      }
      switch (lower, upper) {
      case (nil, nil): return "\(feature.name) has a value"
      case (let lower?, nil): return "\(feature.name) > \(NumberText.significant(lower, digits))"
      case (nil, let upper?): return "\(feature.name) <= \(NumberText.significant(upper, digits))"
      case (let lower?, let upper?):
        return
          "\(NumberText.significant(lower, digits)) < \(feature.name) <= \(NumberText.significant(upper, digits))"
      }
    }
  }

  /// A cell as the user's file has it; nil where it is missing.
  static func cell(_ value: Double, _ feature: Feature) -> String? {
    if value.isNaN { return nil }
    switch feature.kind {
    case .number: return NumberText.exact(value)
    case .category: return word(Int(value), feature)
    }
  }

  private static func word(_ code: Int, _ feature: Feature) -> String {
    guard case .category(let levels) = feature.kind, levels.indices.contains(code) else { return "?" }
    return levels[code]
  }
}
