import RealModule

extension Operators {
  /// Other types for the same elements, scaling, and filling in missing numbers.
  static let conversions: [Operator] = [
    Operator("Cast", inputs: 1, linearity: .copy, columns: castColumns, output: .same) { node in
      let number = try node.integer("to", default: 0)
      guard let type = ONNXType(rawValue: number) else { throw node.invalid("the type \(number) is not supported") }
      return { inputs in [try cast(required(inputs, 0), to: type)] }
    },
    Operator(classic("Scaler"), inputs: 1, linearity: .affine, columns: .monotone) { node in
      let offsets = try node.floats("offset") ?? [0]
      let factors = try node.floats("scale") ?? [1]
      return { inputs in
        let input = try required(inputs, 0)
        let width = input.shape.last ?? 1
        guard [1, width].contains(offsets.count), [1, width].contains(factors.count) else {
          throw ONNXError.malformed("\(offsets.count) offsets for \(width) columns")
        }
        let elements = try input.floats()
        return [
          ONNXTensor(
            input.shape,
            elements.indices.map { index in
              let column = index % width
              return (elements[index] - offsets[offsets.count == 1 ? 0 : column])
                * factors[factors.count == 1 ? 0 : column]
            })
        ]
      }
    },
    Operator(classic("Imputer"), inputs: 1, columns: .monotone) { node in
      let numbers = try node.floats("imputed_value_floats")
      let integers = try node.integers("imputed_value_int64s")
      let missing = try node.float("replaced_value_float", default: .nan)
      let missingInteger = try node.integer("replaced_value_int64", default: 0)
      return { inputs in
        let input = try required(inputs, 0)
        let width = input.shape.last ?? 1
        func value<Value>(_ values: [Value]?, _ index: Int) throws -> Value {
          guard let values, [1, width].contains(values.count) else {
            throw ONNXError.malformed("\(values?.count ?? 0) values to put in \(width) columns")
          }
          return values[values.count == 1 ? 0 : index % width]
        }
        if case .integers(let elements) = input.elements {
          var filled = elements
          for index in filled.indices where filled[index] == Int64(missingInteger) {
            filled[index] = Int64(try value(integers, index))
          }
          return [ONNXTensor(input.shape, filled)]
        }
        var filled = try input.floats()
        for index in filled.indices where filled[index] == missing || missing.isNaN && filled[index].isNaN {
          filled[index] = try value(numbers, index)
        }
        return [ONNXTensor(input.shape, filled)]
      }
    },
    Operator(classic("Binarizer"), inputs: 1, columns: .function) { node in
      let bound = try node.float("threshold", default: 0)
      return { inputs in
        let input = try required(inputs, 0)
        return [ONNXTensor(input.shape, try input.floats().map { $0 > bound ? Float(1) : 0 })]
      }
    },
  ]

  /// Numbers stay; to whole numbers or texts it is a function of the column, not the column.
  private static let castColumns = ColumnRule { step in
    guard case .integer(let type)? = step.node.attributes["to"] else { return nil }
    return type == 1 || type == 11 ? step.columns(0) : step.changed(isMonotone: false)
  }

  static func cast(_ input: ONNXTensor, to type: ONNXType) throws -> ONNXTensor {
    let shape = input.shape
    if case .strings(let texts) = input.elements, type != .string {
      let numbers = try texts.map { text in
        guard let number = Double(text) else { throw ONNXError.malformed("\"\(text.prefix(40))\" is no number") }
        return number
      }
      return try cast(ONNXTensor(shape: shape, elements: .doubles(numbers)), to: type)
    }
    switch type {
    case .float: return ONNXTensor(shape, try input.floats())
    case .float16: return ONNXTensor(shape, try input.floats().map { Float(Float16($0)) })
    case .double: return ONNXTensor(shape: shape, elements: .doubles(try input.doubles()))
    case .bool: return ONNXTensor(shape: shape, elements: .booleans(try input.doubles().map { $0 != 0 }))
    case .int64, .int32, .int16, .int8, .uint8, .uint16, .uint32, .uint64:
      if case .integers = input.elements { return input }
      return ONNXTensor(shape, try input.doubles().map { Int64(clamping: $0) })
    case .string:
      switch input.elements {
      case .strings: return input
      case .integers(let elements): return ONNXTensor(shape: shape, elements: .strings(elements.map { "\($0)" }))
      case .floats(let elements): return ONNXTensor(shape: shape, elements: .strings(elements.map { text(Double($0)) }))
      default: return ONNXTensor(shape: shape, elements: .strings(try input.doubles().map { text($0) }))
      }
    case .other: throw ONNXError.malformed("the type is not supported")
    }
  }

  /// A number as C's `%g` with enough digits would have it: without a fraction where it has none.
  private static func text(_ number: Double) -> String {
    if let whole = Int64(exactly: number), number.magnitude < 1e8 { return "\(whole)" }
    return "\(Float(number))"
  }
}
