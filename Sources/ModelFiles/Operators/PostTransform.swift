import RealModule

/// What a classic model's operator does with the sums of a row before it gives them away.
enum PostTransform: String, Sendable {
  case none = "NONE"
  case logistic = "LOGISTIC"
  case softmax = "SOFTMAX"
  case softmaxZero = "SOFTMAX_ZERO"
  case probit = "PROBIT"

  /// The setting of a node; a number in the layout of operator set 5.
  init(_ node: ONNXNode) throws {
    if case .integer(let number)? = node.attributes["post_transform"] {
      let all: [PostTransform] = [.none, .softmax, .logistic, .softmaxZero, .probit]
      guard all.indices.contains(Int(number)) else { throw node.invalid("the post transform \(number)") }
      self = all[Int(number)]
      return
    }
    let name = try node.string("post_transform", default: "NONE")
    guard let transform = PostTransform(rawValue: name) else { throw node.invalid("the post transform \(name)") }
    self = transform
  }

  /// Changes a row's values in place.
  func apply(to row: inout ArraySlice<Double>) {
    switch self {
    case .none: break
    case .logistic: for index in row.indices { row[index] = Operators.logistic(row[index]) }
    case .softmax, .softmaxZero:
      // Zeros stay zeros and do not count, in the second form.
      let counted = row.indices.filter { self == .softmax || row[$0].magnitude > 1e-7 }
      let largest = row.max() ?? 0
      var sum = 0.0
      for index in counted {
        row[index] = Double.exp(row[index] - largest)
        sum += row[index]
      }
      for index in counted { row[index] /= sum }
    case .probit:
      for index in row.indices { row[index] = 2.0.squareRoot() * Self.inverseErrorFunction(2 * row[index] - 1) }
    }
  }

  /// Winitzki's approximation with a = 0.147, which is what runtimes compute for this transform.
  private static func inverseErrorFunction(_ x: Double) -> Double {
    let logarithm = Double.log((1 - x) * (1 + x))
    let first = 2 / (Double.pi * 0.147) + 0.5 * logarithm
    let root = (-first + (first * first - logarithm / 0.147).squareRoot()).squareRoot()
    return x < 0 ? -root : root
  }
}
