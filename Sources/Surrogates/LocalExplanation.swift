/// Why a model gives one row its prediction: a weight for each condition that the row satisfies, for one output.
public struct LocalExplanation: Sendable, Equatable {
  /// The explained output: the index of a class, or 0 for a number.
  public let output: Int
  /// The surrogate's value where no shown condition holds.
  public let intercept: Double
  /// The surrogate's value for the row: the intercept plus the weights of all shown terms.
  public let localPrediction: Double
  /// The share of the model's variance in the neighbourhood that the shown terms explain; NaN where the model does
  /// not vary there.
  public let rSquared: Double
  /// The standard error of `rSquared`; 0 where it is exact.
  public let rSquaredError: Double
  /// The shown terms, the largest magnitudes first.
  public let terms: [Term]
  /// How sure the order of the first terms is.
  public let stability: Stability
  /// How far the largest weight of all columns is from 0; nil where weights are exact.
  public let evidence: Evidence?

  /// One condition and what it is worth.
  public struct Term: Sendable, Equatable {
    /// The feature's index.
    public let column: Int
    /// What the row's value satisfies.
    public let condition: Condition
    /// How much higher the model's output is, on average over the neighbourhood, where the condition holds.
    public let weight: Double
    /// The standard error of the weight; 0 where it is exact.
    public let standardError: Double
  }
}

/// The explanations of one row.
public struct ExplainedRow: Sendable, Equatable {
  /// The kernel width that was used.
  public let kernelWidth: Double
  /// The kernel widths that were tried, if the width was to be found.
  public let widthSearch: WidthSearch?
  /// The number of draws that the weights come from; 0 where they are exact.
  public let samples: Int
  /// One explanation for each output that was asked for, in that order.
  public let explanations: [LocalExplanation]
}
