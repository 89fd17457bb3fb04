import Networks
import RealModule

extension Operators {
  /// Softmax and other ways to bring the elements of a row to a common size.
  static let normalizations: [Operator] = [
    Operator(
      "Softmax", inputs: 1, output: .probabilities, picture: .layer(Softmax()),
      operation: softmax { values in
        let largest = values.max() ?? 0
        let powers = values.map { Double.exp($0 - largest) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
      }),
    Operator(
      "LogSoftmax", inputs: 1,
      operation: softmax { values in
        let largest = values.max() ?? 0
        let logarithm = Double.log(values.reduce(0) { $0 + Double.exp($1 - largest) })
        return values.map { $0 - largest - logarithm }
      }),
    Operator(classic("Normalizer"), inputs: 1, output: .probabilities) { node in
      let norm = try node.string("norm", default: "MAX")
      guard ["MAX", "L1", "L2"].contains(norm) else { throw node.invalid("the norm \(norm) is not supported") }
      return { inputs in
        let input = try required(inputs, 0)
        guard input.shape.count <= 2, !input.shape.isEmpty else {
          throw ONNXError.malformed("the shape \(input.shape)")
        }
        return [
          try eachRow(input, axis: input.shape.count - 1) { values in
            let size =
              switch norm {
              case "L1": values.reduce(0) { $0 + $1.magnitude }
              case "L2": values.reduce(0) { $0 + $1 * $1 }.squareRoot()
              default: values.max() ?? 1
              }
            return size == 0 ? values : values.map { $0 / size }
          }
        ]
      }
    },
    Operator("LayerNormalization", inputs: .between(2, 3)) { node in
      let given = try node.integer("axis", default: -1)
      let epsilon = Double(try node.float("epsilon", default: 1e-5))
      return { inputs in
        let input = try required(inputs, 0)
        let axis = try Self.axis(given, rank: input.shape.count)
        let length = input.shape[axis...].reduce(1, *)
        let scale = try required(inputs, 1).doubles()
        let shift = try optional(inputs, 2)?.doubles() ?? [Double](repeating: 0, count: length)
        guard scale.count == length, shift.count == length else {
          throw ONNXError.malformed("the shape \(input.shape) for \(scale.count) factors")
        }
        let flat = try input.reshaped([input.shape[..<axis].reduce(1, *), length])
        return [
          try eachRow(flat, axis: 1) { values in
            let mean = values.reduce(0, +) / Double(length)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(length)
            let size = (variance + epsilon).squareRoot()
            return values.indices.map { (values[$0] - mean) / size * scale[$0] + shift[$0] }
          }.reshaped(input.shape)
        ]
      }
    },
    Operator("BatchNormalization", inputs: 5, linearity: .affine, picture: .normalization) { node in
      let epsilon = try node.float("epsilon", default: 1e-5)
      return { inputs in
        let input = try required(inputs, 0)
        let parameters = try (1...4).map { try required(inputs, $0).floats() }
        guard input.shape.count >= 2, parameters.allSatisfy({ $0.count == input.shape[1] }) else {
          throw ONNXError.malformed("the shape \(input.shape) for \(parameters[0].count) channels")
        }
        let channels = input.shape[1]
        let inner = input.shape[2...].reduce(1, *)
        let factors = (0..<channels).map { parameters[0][$0] / (parameters[3][$0] + epsilon).squareRoot() }
        let elements = try input.floats()
        return [
          ONNXTensor(
            input.shape,
            elements.indices.map { index in
              let channel = index / inner % channels
              return (elements[index] - parameters[2][channel]) * factors[channel] + parameters[1][channel]
            })
        ]
      }
    },
  ]

  /// Up to operator set 12 all axes from the given one on are one row; from 13 on the given one is.
  private static func softmax(_ function: @escaping @Sendable ([Double]) -> [Double]) -> OperationMaker {
    { node in
      let flattens = node.opset < 13
      let given = try node.integer("axis", default: flattens ? 1 : -1)
      return { inputs in
        let input = try required(inputs, 0)
        let axis = try Self.axis(given, rank: input.shape.count)
        if flattens {
          let flat = try input.reshaped([input.shape[..<axis].reduce(1, *), input.shape[axis...].reduce(1, *)])
          return [try eachRow(flat, axis: 1, function).reshaped(input.shape)]
        }
        return [try eachRow(input, axis: axis, function)]
      }
    }
  }

  private static func eachRow(
    _ input: ONNXTensor, axis: Int, _ function: ([Double]) -> [Double]
  ) throws -> ONNXTensor {
    let (outer, length, inner) = split(input.shape, at: axis)
    var elements = try input.doubles()
    for row in 0..<outer {
      for place in 0..<inner {
        let places = (0..<length).map { (row * length + $0) * inner + place }
        for (index, value) in zip(places, function(places.map { elements[$0] })) { elements[index] = value }
      }
    }
    if case .doubles = input.elements { return ONNXTensor(shape: input.shape, elements: .doubles(elements)) }
    return ONNXTensor(input.shape, elements.map { Float($0) })
  }
}
