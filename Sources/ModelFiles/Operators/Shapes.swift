import Networks

extension Operators {
  /// Other shapes for the same elements.
  static let shapes: [Operator] = [
    Operator("Identity", inputs: 1, linearity: .copy, columns: .same, output: .same, picture: .same) { _ in
      { inputs in [try required(inputs, 0)] }
    },
    Operator("Dropout", inputs: .between(1, 3), linearity: .affine, columns: .same, picture: .same) { _ in
      { inputs in [try required(inputs, 0)] }
    },
    Operator("Shape", inputs: 1, linearity: .shape) { _ in
      { inputs in
        let shape = try required(inputs, 0).shape
        return [ONNXTensor([shape.count], shape.map { Int64($0) })]
      }
    },
    Operator("Reshape", inputs: 2, linearity: .affine, columns: reshapedColumns, output: .same, picture: .reshape) {
      node in
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
    Operator("Flatten", inputs: 1, linearity: .affine, columns: flattenedColumns, output: .same, picture: .flatten) {
      node in
      let axis = try node.integer("axis", default: 1)
      return { inputs in
        let input = try required(inputs, 0)
        let place = axis == input.shape.count ? axis : try Self.axis(axis, rank: input.shape.count)
        return [try input.reshaped([input.shape[..<place].reduce(1, *), input.shape[place...].reduce(1, *)])]
      }
    },
    Operator(
      "Squeeze", inputs: .between(1, 2), linearity: .affine, columns: squeezedColumns, picture: .layer(Reshape.flatten)
    ) { node in
      let given = try node.integers("axes")
      return { inputs in
        let input = try required(inputs, 0)
        let axes = try (try optional(inputs, 1)?.integers() ?? given)?.map { try axis($0, rank: input.shape.count) }
        let removed = Set(axes ?? input.shape.indices.filter { input.shape[$0] == 1 })
        return [try input.reshaped(input.shape.indices.filter { !removed.contains($0) }.map { input.shape[$0] })]
      }
    },
    Operator("Unsqueeze", inputs: .between(1, 2), linearity: .affine, columns: squeezedColumns) { node in
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
    Operator("Transpose", inputs: 1, linearity: .copy) { node in
      let given = try node.integers("perm")
      return { inputs in
        let input = try required(inputs, 0)
        let order = given ?? Array(input.shape.indices.reversed())
        guard order.sorted() == Array(input.shape.indices) else {
          throw ONNXError.malformed("the order \(order) of \(input.shape.count) axes")
        }
        let shape = order.map { input.shape[$0] }
        return [input.gathering(places(input.shape, order: order), shape: shape)]
      }
    },
    Operator("Expand", inputs: 2) { _ in
      { inputs in
        let input = try required(inputs, 0)
        let shape = try Broadcasting.shape(input.shape, try required(inputs, 1).integers())
        return [Broadcasting.expand(input, to: shape)]
      }
    },
  ]

  /// The columns stay where the shape that is asked for has as many.
  private static let reshapedColumns = ColumnRule { step in
    guard let shape = try? step.constant(1)?.integers(), let columns = step.columns(0), shape.count == 2,
      shape[1] == columns.count || shape[1] == -1 && shape[0] == 0
    else { return nil }
    return columns
  }

  /// The columns stay where the rows do.
  private static let flattenedColumns = ColumnRule { step in
    if case .integer(let axis)? = step.node.attributes["axis"], axis != 1 { return nil }
    return step.columns(0)
  }

  /// The columns stay: an axis of length 1 that is not the rows' own does not change the order in a row.
  private static let squeezedColumns = ColumnRule { step in
    let axes = (try? step.constant(1)?.integers()) ?? (try? step.node.integers("axes")) ?? nil
    return axes?.allSatisfy { $0 >= 1 } == true ? step.columns(0) : nil
  }
}
