import RealModule

extension Operators {
  /// Sums, means and extremes along axes, and where the extremes are.
  static let reductions: [Operator] = [
    Operator("ReduceSum", inputs: .between(1, 2), operation: reduction { $0.reduce(0, +) }),
    Operator(
      "ReduceMean", inputs: .between(1, 2), picture: .mean,
      operation: reduction { $0.reduce(0, +) / Double($0.count) }),
    Operator("ReduceMax", inputs: .between(1, 2), operation: reduction { $0.reduce(-.infinity) { max($0, $1) } }),
    Operator("ReduceMin", inputs: .between(1, 2), operation: reduction { $0.reduce(.infinity) { min($0, $1) } }),
    Operator("ReduceProd", inputs: .between(1, 2), operation: reduction { $0.reduce(1, *) }),
    Operator("ReduceL1", inputs: .between(1, 2), operation: reduction { $0.reduce(0) { $0 + $1.magnitude } }),
    Operator("ReduceL2", inputs: .between(1, 2), operation: reduction { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }),
    Operator("ReduceSumSquare", inputs: .between(1, 2), operation: reduction { $0.reduce(0) { $0 + $1 * $1 } }),
    Operator(
      "ReduceLogSumExp", inputs: .between(1, 2),
      operation: reduction { values in
        let largest = values.max() ?? 0
        return largest + Double.log(values.reduce(0) { $0 + Double.exp($1 - largest) })
      }),
    Operator("ArgMax", inputs: 1, operation: extreme { $0 > $1 }),
    Operator("ArgMin", inputs: 1, operation: extreme { $0 < $1 }),
  ]

  private static func reduction(_ reduce: @escaping @Sendable ([Double]) -> Double) -> OperationMaker {
    { node in
      let given = try node.integers("axes")
      let keeps = try node.integer("keepdims", default: 1) != 0
      let isNothingWithoutAxes = try node.integer("noop_with_empty_axes", default: 0) != 0
      return { inputs in
        let input = try required(inputs, 0)
        let axes = try optional(inputs, 1)?.integers() ?? given ?? []
        if axes.isEmpty && isNothingWithoutAxes { return [input] }
        let rank = input.shape.count
        let reduced = Set(axes.isEmpty ? Array(0..<rank) : try axes.map { try axis($0, rank: rank) })
        let kept = (0..<rank).filter { !reduced.contains($0) }
        // The elements of one result stand together once the axes that go away are the last ones.
        let order = kept + reduced.sorted()
        let places = Self.places(input.shape, order: order)
        let elements = try input.doubles()
        let size = reduced.reduce(1) { $0 * input.shape[$1] }
        let count = kept.reduce(1) { $0 * input.shape[$1] }
        let results = (0..<count).map { index in
          reduce((index * size..<(index + 1) * size).map { elements[places[$0]] })
        }
        let shape = keeps ? (0..<rank).map { reduced.contains($0) ? 1 : input.shape[$0] } : kept.map { input.shape[$0] }
        switch input.elements {
        case .doubles: return [ONNXTensor(shape: shape, elements: .doubles(results))]
        case .integers: return [ONNXTensor(shape, results.map { Int64(clamping: $0) })]
        default: return [ONNXTensor(shape, results.map { Float($0) })]
        }
      }
    }
  }

  private static func extreme(_ beats: @escaping @Sendable (Double, Double) -> Bool) -> OperationMaker {
    { node in
      let axis = try node.integer("axis", default: 0)
      let keeps = try node.integer("keepdims", default: 1) != 0
      let takesLast = try node.integer("select_last_index", default: 0) != 0
      return { inputs in
        let input = try required(inputs, 0)
        let axis = try Self.axis(axis, rank: input.shape.count)
        let (outer, length, inner) = split(input.shape, at: axis)
        guard length > 0 else { throw ONNXError.malformed("an axis without elements has no extreme") }
        let elements = try input.doubles()
        var found: [Int64] = []
        for row in 0..<outer {
          for place in 0..<inner {
            func element(_ index: Int) -> Double { elements[(row * length + index) * inner + place] }
            var best = 0
            for index in 1..<max(1, length)
            where beats(element(index), element(best)) || takesLast && element(index) == element(best) {
              best = index
            }
            found.append(Int64(best))
          }
        }
        var shape = input.shape
        if keeps { shape[axis] = 1 } else { shape.remove(at: axis) }
        return [ONNXTensor(shape, found)]
      }
    }
  }
}
