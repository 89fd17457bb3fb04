extension Operators {
  /// Parts of tensors, and tensors made of several.
  static let selections: [Operator] = [
    Operator("Constant", inputs: 0, linearity: .copy) { node in
      let value: ONNXTensor
      switch (node.attributes["value"], node.attributes["value_float"], node.attributes["value_int"]) {
      case (.tensor(let tensor)?, _, _): value = tensor
      case (_, .float(let number)?, _): value = ONNXTensor([], [number])
      case (_, _, .integer(let number)?): value = ONNXTensor([], [number])
      default:
        if let numbers = try node.floats("value_floats") {
          value = ONNXTensor([numbers.count], numbers)
        } else if let numbers = try node.integers("value_ints") {
          value = ONNXTensor([numbers.count], numbers.map { Int64($0) })
        } else {
          throw node.invalid("a constant of this kind is not supported")
        }
      }
      return { _ in [value] }
    },
    Operator("ConstantOfShape", inputs: 1) { node in
      let value = try node.tensor("value") ?? ONNXTensor([1], [Float(0)])
      guard value.count == 1 else { throw node.invalid("one value is needed") }
      return { inputs in
        let shape = try required(inputs, 0).integers()
        let count = try ONNXTensor.count(shape)
        return [value.gathering([Int](repeating: 0, count: count), shape: shape)]
      }
    },
    Operator("Concat", inputs: .atLeast(1), linearity: .affine, columns: joinedColumns, picture: .concatenation) {
      node in
      let axis = try node.integer("axis", default: 1)
      return { inputs in [try concatenate(try inputs.indices.map { try required(inputs, $0) }, axis: axis)] }
    },
    Operator("Gather", inputs: 2, linearity: .affine, columns: gatheredColumns) { node in
      let axis = try node.integer("axis", default: 0)
      return { inputs in [try gather(required(inputs, 0), required(inputs, 1), axis: axis)] }
    },
    Operator(classic("ArrayFeatureExtractor"), inputs: 2, linearity: .affine, columns: extractedColumns) { _ in
      { inputs in
        let input = try required(inputs, 0)
        let indices = try required(inputs, 1)
        let whole = input.shape.count == 1 ? try input.reshaped([1, input.count]) : input
        return [try gather(whole, try indices.reshaped([indices.count]), axis: -1)]
      }
    },
    Operator("Slice", inputs: .between(1, 5), linearity: .affine) { node in
      let given = (try node.integers("starts"), try node.integers("ends"), try node.integers("axes"))
      return { inputs in
        var result = try required(inputs, 0)
        guard let starts = try optional(inputs, 1)?.integers() ?? given.0,
          let ends = try optional(inputs, 2)?.integers() ?? given.1, starts.count == ends.count
        else { throw ONNXError.malformed("starts and ends are needed") }
        let axes = try optional(inputs, 3)?.integers() ?? given.2 ?? Array(starts.indices)
        let steps = try optional(inputs, 4)?.integers() ?? [Int](repeating: 1, count: starts.count)
        guard axes.count == starts.count, steps.count == starts.count else {
          throw ONNXError.malformed("\(starts.count) starts, \(axes.count) axes and \(steps.count) steps")
        }
        for index in starts.indices {
          let axis = try Self.axis(axes[index], rank: result.shape.count)
          let length = result.shape[axis]
          let step = steps[index]
          guard step != 0, step != .min else { throw ONNXError.malformed("a step of \(step)") }
          func bounded(_ place: Int, _ low: Int, _ high: Int) -> Int {
            max(low, min(high, place < 0 ? place.addingReportingOverflow(length).partialValue : place))
          }
          let places =
            step > 0
            ? Array(stride(from: bounded(starts[index], 0, length), to: bounded(ends[index], 0, length), by: step))
            : Array(
              stride(from: bounded(starts[index], 0, length - 1), to: bounded(ends[index], -1, length - 1), by: step))
          result = take(result, places, axis: axis, shape: [places.count])
        }
        return [result]
      }
    },
    Operator("Split", inputs: .between(1, 2), linearity: .affine) { node in
      let axis = try node.integer("axis", default: 0)
      let given = try node.integers("split")
      let count = try node.integer("num_outputs", default: node.outputs.count)
      return { inputs in
        let input = try required(inputs, 0)
        let axis = try Self.axis(axis, rank: input.shape.count)
        let length = input.shape[axis]
        guard count >= 1, count <= 65_536 else { throw ONNXError.malformed("\(count) parts") }
        let part = (length + count - 1) / count
        let sizes =
          try optional(inputs, 1)?.integers() ?? given
          ?? (0..<count).map { max(0, min(part, length - $0 * part)) }
        guard sizes.allSatisfy({ 0...length ~= $0 }), sizes.count <= 65_536, sizes.reduce(0, +) == length else {
          throw ONNXError.malformed("parts of \(sizes) of an axis of \(length)")
        }
        var start = 0
        return sizes.map { size in
          defer { start += size }
          return take(input, Array(start..<start + size), axis: axis, shape: [size])
        }
      }
    },
    Operator(classic("FeatureVectorizer"), inputs: .atLeast(1), linearity: .affine, columns: vectorColumns) { node in
      { inputs in
        let parts = try inputs.indices.map { place in
          let input = try required(inputs, place)
          let rows = input.shape.first ?? 1
          return ONNXTensor([rows, rows == 0 ? 0 : input.count / rows], try input.floats())
        }
        return [try concatenate(parts, axis: 1)]
      }
    },
  ]

  /// The columns of all inputs, one behind the other.
  private static let vectorColumns = ColumnRule { step in
    let parts = step.node.inputs.indices.map { step.columns($0) }
    return parts.contains { $0 == nil } ? nil : parts.flatMap { $0 ?? [] }
  }

  /// The same where columns are put together, not rows.
  private static let joinedColumns = ColumnRule { step in
    guard case .integer(let axis)? = step.node.attributes["axis"], axis == 1 || axis == -1 else { return nil }
    return vectorColumns.follow(step)
  }

  /// Some of the columns; or rows of a table, by the number that one column has become.
  private static let gatheredColumns = ColumnRule { step in
    var axis = 0
    if case .integer(let given)? = step.node.attributes["axis"] { axis = Int(given) }
    guard let table = step.constant(0) else {
      return axis == 1 || axis == -1 ? extractedColumns.follow(step) : nil
    }
    guard axis == 0, table.shape.count <= 2, let index = step.columns(1), index.count == 1 else { return nil }
    return [ColumnOrigins.Origin?](
      repeating: index[0]?.changed(isMonotone: false), count: table.shape.count == 2 ? table.shape[1] : 1)
  }

  /// The columns at constant places.
  private static let extractedColumns = ColumnRule { step in
    guard let all = step.columns(0), let places = try? step.constant(1)?.integers() else { return nil }
    return places.map { place in
      let place = place < 0 ? place + all.count : place
      return all.indices.contains(place) ? all[place] : nil
    }
  }

  /// Tensors one behind the other along an axis.
  static func concatenate(_ parts: [ONNXTensor], axis: Int) throws -> ONNXTensor {
    guard let first = parts.first else { throw ONNXError.malformed("nothing to put together") }
    let axis = try Self.axis(axis, rank: first.shape.count)
    for part in parts {
      guard part.shape.count == first.shape.count,
        part.shape.indices.allSatisfy({ $0 == axis || part.shape[$0] == first.shape[$0] })
      else { throw ONNXError.malformed("the shapes \(first.shape) and \(part.shape) cannot be put together") }
    }
    var shape = first.shape
    shape[axis] = parts.reduce(0) { $0 + $1.shape[axis] }
    _ = try ONNXTensor.count(shape)
    let outer = shape[..<axis].reduce(1, *)
    func join<Element>(_ elements: [[Element]]) -> [Element] {
      if parts.count == 1 { return elements[0] }
      var joined: [Element] = []
      joined.reserveCapacity(elements.reduce(0) { $0 + $1.count })
      let lengths = elements.map { outer == 0 ? 0 : $0.count / outer }
      for row in 0..<outer {
        for (part, length) in zip(elements, lengths) { joined += part[row * length..<(row + 1) * length] }
      }
      return joined
    }
    switch first.elements {
    case .strings:
      return ONNXTensor(
        shape: shape,
        elements: .strings(
          join(
            try parts.map {
              guard case .strings(let elements) = $0.elements else {
                throw ONNXError.malformed("texts and numbers together")
              }
              return elements
            })))
    case .integers where parts.allSatisfy({ $0.elements.typeName == "int64" }):
      return ONNXTensor(shape: shape, elements: .integers(join(try parts.map { try $0.integers().map { Int64($0) } })))
    case .booleans: return ONNXTensor(shape: shape, elements: .booleans(join(try parts.map { try $0.booleans() })))
    case .doubles: return ONNXTensor(shape: shape, elements: .doubles(join(try parts.map { try $0.doubles() })))
    default: return ONNXTensor(shape: shape, elements: .floats(join(try parts.map { try $0.floats() })))
    }
  }

  private static func gather(_ input: ONNXTensor, _ indices: ONNXTensor, axis: Int) throws -> ONNXTensor {
    let axis = try Self.axis(axis, rank: input.shape.count)
    let length = input.shape[axis]
    let places = try indices.integers().map { index in
      guard index >= -length, index < length else {
        throw ONNXError.malformed("index \(index) of an axis of \(length)")
      }
      return index < 0 ? index + length : index
    }
    _ = try ONNXTensor.count(input.shape[..<axis] + [places.count] + input.shape[(axis + 1)...])
    return take(input, places, axis: axis, shape: indices.shape)
  }

  /// The parts of an axis at the given places, which stand in the place of the axis in the given shape.
  private static func take(_ input: ONNXTensor, _ places: [Int], axis: Int, shape: [Int]) -> ONNXTensor {
    let (outer, length, inner) = split(input.shape, at: axis)
    var sources: [Int] = []
    sources.reserveCapacity(outer * places.count * inner)
    for row in 0..<outer {
      for place in places {
        let start = (row * length + place) * inner
        sources.append(contentsOf: start..<start + inner)
      }
    }
    return input.gathering(sources, shape: input.shape[..<axis] + shape + input.shape[(axis + 1)...])
  }
}
