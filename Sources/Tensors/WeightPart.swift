import CKernels

/// Which function of the weights of a linear map stands in their place, weight by weight.
public enum WeightPart: Sendable, Equatable, CaseIterable {
  /// w.
  case all
  /// max(w, 0).
  case positive
  /// min(w, 0).
  case negative
  /// max(−w, 0).
  case negated
  /// w².
  case squared
  /// 1.
  case one

  /// The function's value.
  @inlinable
  public func of(_ weight: Float) -> Float {
    switch self {
    case .all: weight
    case .positive: max(weight, 0)
    case .negative: min(weight, 0)
    case .negated: max(-weight, 0)
    case .squared: weight * weight
    case .one: 1
    }
  }

  /// The same for the kernels in C.
  var kernel: xai_part {
    switch self {
    case .all: xai_part_all
    case .positive: xai_part_positive
    case .negative: xai_part_negative
    case .negated: xai_part_negated
    case .squared: xai_part_squared
    case .one: xai_part_one
    }
  }
}
