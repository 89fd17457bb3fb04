import Tensors

/// How far a map may change while the picture hardly does: max |A(x + δ) − A(x)| / |A(x)| over some δ whose elements
/// are uniform in ±0.02 (Yeh et al., arXiv 1901.09392, definition 3.1, with captum's defaults).
public struct MaxSensitivity: Sendable {
  /// The number of δ.
  public var samples = 10
  /// The largest element of δ, in the input's own space.
  public var radius = 0.02
  /// The seed of the δ.
  public var seed: UInt64 = 0

  /// captum's defaults.
  public init() {}

  /// The largest relative change from a map to others; NaN where the map is 0 everywhere.
  public static func value(_ map: [Float], others: [[Float]]) -> Double {
    let size = map.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    guard size > 0 else { return .nan }
    return others.reduce(0) { largest, other in
      precondition(other.count == map.count, "MaxSensitivity: maps of \(map.count) and \(other.count) values")
      let change = zip(map, other).reduce(0) { $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1)) }
      return max(largest, change.squareRoot() / size)
    }
  }

  /// The sensitivity of a method's map of a subject.
  /// - Throws: `SaliencyError`, and what keeps the model from answering.
  public func value(_ method: any SaliencyMethod, _ subject: Subject, map: SaliencyMap) throws -> Double {
    var largest = 0.0
    for sample in 0..<samples {
      var generator = SeededGenerator(seed: seed, stream: UInt64(sample), purpose: .noise)
      let shifted = subject.input.map { $0 + Float(radius * (2 * generator.uniform() - 1)) }
      let other = try method.explain(subject.with(shifted)).values
      // Not the larger of the two where one is undefined.
      let change = Self.value(map.values, others: [other])
      if change.isNaN { return change }
      largest = max(largest, change)
    }
    return largest
  }
}
