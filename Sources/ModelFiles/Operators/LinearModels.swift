import Tensors

extension Operators {
  /// Linear models.
  static let linearModels: [Operator] = [
    Operator(classic("LinearRegressor"), inputs: 1, linearity: .sums) { node in
      let targets = try node.integer("targets", default: 1)
      let transform = try PostTransform(node)
      let (weights, intercepts) = try coefficients(node, outputs: targets)
      return { inputs in
        let (rows, sums) = try linear(required(inputs, 0), weights, intercepts, outputs: targets)
        return [ONNXTensor([rows, targets], transformed(sums, transform, width: targets))]
      }
    },
    Operator(classic("LinearClassifier"), inputs: 1, linearity: .sums, output: .probabilities) { node in
      let names = try ClassNames(node)
      let transform = try PostTransform(node)
      let weightCount = try node.floats("coefficients")?.count ?? 0
      let interceptCount = try node.floats("intercepts")?.count ?? 0
      let outputs = interceptCount > 0 ? interceptCount : max(1, names.count)
      let (weights, intercepts) = try coefficients(node, outputs: outputs)
      guard weightCount > 0, outputs == names.count || outputs == 1 && names.count == 2 else {
        throw node.invalid("\(outputs) rows of coefficients for \(names.count) classes")
      }
      return { inputs in
        var (rows, sums) = try linear(required(inputs, 0), weights, intercepts, outputs: outputs)
        if outputs == 1 { sums = sums.flatMap { transform == .logistic || transform == .none ? [-$0, $0] : [0, $0] } }
        let labels = names.labels(of: sums, rows: rows)
        return [labels, ONNXTensor([rows, names.count], transformed(sums, transform, width: names.count))]
      }
    },
  ]

  private static func coefficients(_ node: ONNXNode, outputs: Int) throws -> ([Double], [Double]) {
    let weights = try node.floats("coefficients") ?? []
    let intercepts = try node.floats("intercepts") ?? []
    guard outputs >= 1, outputs <= max(1, weights.count), weights.count % outputs == 0,
      intercepts.isEmpty || intercepts.count == outputs
    else {
      throw node.invalid("\(weights.count) coefficients and \(intercepts.count) intercepts for \(outputs) outputs")
    }
    return (
      weights.map { Double($0) },
      intercepts.isEmpty ? [Double](repeating: 0, count: outputs) : intercepts.map { Double($0) }
    )
  }

  /// x · wᵀ + b for each row x, w being `[outputs, columns]`.
  private static func linear(
    _ input: ONNXTensor, _ weights: [Double], _ intercepts: [Double], outputs: Int
  ) throws -> (rows: Int, sums: [Double]) {
    let width = weights.count / outputs
    let rows = input.shape.count == 1 ? 1 : input.shape.first ?? 0
    guard input.count == rows * width else {
      throw ONNXError.malformed("\(width) columns are needed, the shape is \(input.shape)")
    }
    let elements = try input.doubles()
    var sums: [Double] = []
    sums.reserveCapacity(rows * outputs)
    for row in 0..<rows {
      for output in 0..<outputs {
        var sum = intercepts[output]
        for column in 0..<width { sum += elements[row * width + column] * weights[output * width + column] }
        sums.append(sum)
      }
    }
    return (rows, sums)
  }

  /// The values of rows of the given width, changed row by row.
  static func transformed(_ values: [Double], _ transform: PostTransform, width: Int) -> [Float] {
    var values = values
    if transform != .none {
      for start in stride(from: 0, to: values.count, by: max(1, width)) {
        transform.apply(to: &values[start..<start + width])
      }
    }
    return values.map { Float($0) }
  }
}

/// The names of a classifier's classes.
struct ClassNames: Sendable {
  /// The names; whole numbers in their digits.
  let names: [String]
  private let codes: [Int]?

  /// The names that a classifier's node lists.
  init(_ node: ONNXNode) throws {
    codes = try node.integers("classlabels_int64s") ?? node.integers("classlabels_ints")
    names = try node.strings("classlabels_strings") ?? codes?.map { "\($0)" } ?? []
    guard names.count >= 1 else { throw node.invalid("the classes have no names") }
  }

  /// The number of classes.
  var count: Int { names.count }

  /// The names of the classes of the largest values of each row, the first among equals.
  func labels(of values: [Double], rows: Int) -> ONNXTensor {
    let best = (0..<rows).map { values[$0 * count..<($0 + 1) * count].argmax() }
    if let codes { return ONNXTensor([rows], best.map { Int64(codes[$0]) }) }
    return ONNXTensor(shape: [rows], elements: .strings(best.map { names[$0] }))
  }
}
