extension Operators {
  /// Other shapes for the same elements.
  static let shapes: [String: OperationMaker] = [
    "Identity": { _ in { inputs in [try required(inputs, 0)] } },
    "Dropout": { _ in { inputs in [try required(inputs, 0)] } },
    "Shape": { _ in
      { inputs in
        let shape = try required(inputs, 0).shape
        return [ONNXTensor([shape.count], shape.map { Int64($0) })]
      }
    },
    "Reshape": { node in
      let keepsZeros = try node.integer("allowzero", default: 0) != 0
      return { inputs in
        let input = try required(inputs, 0)
        var shape = try required(inputs, 1).integers()
        for axis in shape.indices where shape[axis] == 0 && !keepsZeros {
          guard axis < input.shape.count else { throw ONNXError.malformed("there is no axis \(axis) to keep") }
          shape[axis] = input.shape[axis]
        }
        guard shape.count(where: { $0 == -1 }) <= 1 else { throw ONNXError.malformed("the shape \(shape)") }
        if let open = shape.firstIndex(of: -1) {
          shape[open] = 1
          let rest = try ONNXTensor.count(shape)
          shape[open] = rest == 0 ? 0 : input.count / rest
        }
        return [try input.reshaped(shape)]
      }
    },
    "Flatten": { node in
      let axis = try node.integer("axis", default: 1)
      return { inputs in
        let input = try required(inputs, 0)
        let place = axis == input.shape.count ? axis : try Self.axis(axis, rank: input.shape.count)
        return [try input.reshaped([input.shape[..<place].reduce(1, *), input.shape[place...].reduce(1, *)])]
      }
    },
    "Squeeze": { node in
      let given = try node.integers("axes")
      return { inputs in
        let input = try required(inputs, 0)
        let axes = try (try optional(inputs, 1)?.integers() ?? given)?.map { try axis($0, rank: input.shape.count) }
        let removed = Set(axes ?? input.shape.indices.filter { input.shape[$0] == 1 })
        return [try input.reshaped(input.shape.indices.filter { !removed.contains($0) }.map { input.shape[$0] })]
      }
    },
    "Unsqueeze": { node in
      let given = try node.integers("axes")
      return { inputs in
        let input = try required(inputs, 0)
        guard let axes = try optional(inputs, 1)?.integers() ?? given, axes.count <= 8 else {
          throw ONNXError.malformed("no axes are given")
        }
        let rank = input.shape.count + axes.count
        let added = Set(try axes.map { try axis($0, rank: rank) })
        guard added.count == axes.count else { throw ONNXError.malformed("an axis is given twice") }
        var lengths = input.shape.makeIterator()
        return [try input.reshaped((0..<rank).map { added.contains($0) ? 1 : lengths.next() ?? 1 })]
      }
    },
    "Transpose": { node in
      let given = try node.integers("perm")
      return { inputs in
        let input = try required(inputs, 0)
        let order = given ?? Array(input.shape.indices.reversed())
        guard order.sorted() == Array(input.shape.indices) else {
          throw ONNXError.malformed("the order \(order) of \(input.shape.count) axes")
        }
        let shape = order.map { input.shape[$0] }
        var strides = [Int](repeating: 1, count: shape.count)
        for axis in input.shape.indices.dropLast().reversed() {
          strides[axis] = strides[axis + 1] * input.shape[axis + 1]
        }
        var places = [0]
        for axis in order {
          places = places.flatMap { start in (0..<input.shape[axis]).map { start + $0 * strides[axis] } }
        }
        return [input.gathering(places, shape: shape)]
      }
    },
    "Expand": { _ in
      { inputs in
        let input = try required(inputs, 0)
        let shape = try Broadcasting.shape(input.shape, try required(inputs, 1).integers())
        return [Broadcasting.expand(input, to: shape)]
      }
    },
  ]
}
