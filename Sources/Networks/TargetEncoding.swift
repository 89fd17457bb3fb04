public import Learning
import RealModule

/// The way from a target to what a network or linear model is trained on, and from its outputs to predictions.
public enum TargetEncoding: Sendable, Equatable {
  /// So many classes: an output for each, whose softmax is the probability.
  case classes(Int)
  /// A number: one output, the standardised number.
  case number(Standardization)

  /// The encoding that suits known targets; equal numbers are shifted only.
  /// - Throws: `FitError.noRows` and `FitError.infiniteTarget`.
  public init(_ target: Target) throws {
    if target.count == 0 { throw FitError.noRows }
    switch target {
    case .classes(_, let names): self = .classes(names.count)
    case .values(let values):
      if let row = values.firstIndex(where: \.isInfinite) { throw FitError.infiniteTarget(row: row + 1) }
      self = .number(Standardization(values) ?? Standardization(mean: values[0], scale: 1))
    }
  }

  /// The number of outputs.
  public var outputs: Int {
    switch self {
    case .classes(let count): count
    case .number: 1
    }
  }

  /// The wanted outputs, `[n, outputs]`: 1 for the row's class and 0 for the others, or the standardised number.
  func encode<Scalar: BinaryFloatingPoint>(_ target: Target) -> [Scalar] {
    switch (self, target) {
    case (.classes(let count), .classes(let codes, _)):
      var result = [Scalar](repeating: 0, count: codes.count * count)
      for (row, code) in codes.enumerated() { result[row * count + code] = 1 }
      return result
    case (.number(let standardization), .values(let values)):
      return values.map { Scalar(standardization.standardize($0)) }
    default: preconditionFailure("TargetEncoding: \(self) for another kind of target")
    }
  }

  /// Turns the outputs for one row into its prediction: the softmax of logits, or the number in its own units.
  func decode(_ outputs: inout ArraySlice<Double>) {
    switch self {
    case .classes:
      let largest = outputs.max() ?? 0
      var sum = 0.0
      for index in outputs.indices {
        outputs[index] = Double.exp(outputs[index] - largest)
        sum += outputs[index]
      }
      for index in outputs.indices { outputs[index] /= sum }
    case .number(let standardization):
      for index in outputs.indices { outputs[index] = standardization.restore(outputs[index]) }
    }
  }
}
