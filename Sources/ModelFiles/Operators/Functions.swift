import Networks
import RealModule

extension Operators {
  /// Functions of each element of one tensor.
  static let functions: [Operator] = [
    Operator(
      "Relu", inputs: 1, columns: .monotone, picture: .layer(Activation.relu),
      operation: map({ $0 < 0 ? 0 : $0 }, { $0 < 0 ? 0 : $0 })),
    Operator(
      "Sigmoid", inputs: 1, columns: .monotone, output: .probabilities, picture: .layer(Activation.sigmoid),
      operation: map(logistic, logistic)),
    Operator(
      "Tanh", inputs: 1, columns: .monotone, picture: .layer(Activation.tanh),
      operation: map({ Float.tanh($0) }, { Double.tanh($0) })),
    Operator("Exp", inputs: 1, columns: .function, operation: map({ Float.exp($0) }, { Double.exp($0) })),
    Operator("Log", inputs: 1, columns: .function, operation: map({ Float.log($0) }, { Double.log($0) })),
    Operator("Sqrt", inputs: 1, columns: .function, operation: map({ $0.squareRoot() }, { $0.squareRoot() })),
    Operator("Abs", inputs: 1, columns: .function, operation: map({ $0.magnitude }, { $0.magnitude })),
    Operator("Neg", inputs: 1, linearity: .affine, columns: .monotone, operation: map({ -$0 }, { -$0 })),
    Operator("Reciprocal", inputs: 1, operation: map({ 1 / $0 }, { 1 / $0 })),
    Operator("Floor", inputs: 1, columns: .monotone, operation: map({ $0.rounded(.down) }, { $0.rounded(.down) })),
    Operator("Ceil", inputs: 1, columns: .monotone, operation: map({ $0.rounded(.up) }, { $0.rounded(.up) })),
    Operator("Round", inputs: 1, operation: map({ $0.rounded(.toNearestOrEven) }, { $0.rounded(.toNearestOrEven) })),
    Operator("Sign", inputs: 1, operation: map({ $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }, { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 })),
    Operator("Erf", inputs: 1, operation: map({ Float.erf($0) }, { Double.erf($0) })),
    Operator(
      "Softplus", inputs: 1,
      operation: map({ Float.log(onePlus: Float.exp($0)) }, { Double.log(onePlus: Double.exp($0)) })),
    Operator("Softsign", inputs: 1, operation: map({ $0 / (1 + $0.magnitude) }, { $0 / (1 + $0.magnitude) })),
    Operator("LeakyRelu", inputs: 1) { node in
      let slope = try node.float("alpha", default: 0.01)
      return try map({ $0 < 0 ? slope * $0 : $0 }, { $0 < 0 ? Double(slope) * $0 : $0 })(node)
    },
    Operator("Elu", inputs: 1) { node in
      let scale = try node.float("alpha", default: 1)
      return try map(
        { $0 < 0 ? scale * Float.expMinusOne($0) : $0 }, { $0 < 0 ? Double(scale) * Double.expMinusOne($0) : $0 })(node)
    },
    Operator("Selu", inputs: 1) { node in
      let scale = try node.float("alpha", default: 1.673_263_2)
      let gain = try node.float("gamma", default: 1.050_701)
      return try map(
        { gain * ($0 < 0 ? scale * Float.expMinusOne($0) : $0) },
        { Double(gain) * ($0 < 0 ? Double(scale) * Double.expMinusOne($0) : $0) })(node)
    },
    Operator("HardSigmoid", inputs: 1, picture: .hardSigmoid) { node in
      let slope = try node.float("alpha", default: 0.2)
      let shift = try node.float("beta", default: 0.5)
      return try map(
        { max(0, min(1, slope * $0 + shift)) }, { max(0, min(1, Double(slope) * $0 + Double(shift))) })(node)
    },
    Operator("Gelu", inputs: 1) { node in
      if try node.string("approximate", default: "none") == "tanh" {
        return try map(
          { 0.5 * $0 * (1 + Float.tanh(0.797_884_6 * ($0 + 0.044_715 * $0 * $0 * $0))) },
          { 0.5 * $0 * (1 + Double.tanh(0.797_884_560_802_865_4 * ($0 + 0.044_715 * $0 * $0 * $0))) })(node)
      }
      return try map(
        { 0.5 * $0 * (1 + Float.erf($0 / Float(2).squareRoot())) },
        { 0.5 * $0 * (1 + Double.erf($0 / 2.0.squareRoot())) })(node)
    },
    Operator("Clip", inputs: .between(1, 3), columns: .monotone, picture: .clip) { node in
      let least = try node.attributes["min"].map { _ in try node.float("min", default: 0) }
      let greatest = try node.attributes["max"].map { _ in try node.float("max", default: 0) }
      return { inputs in
        let low = try optional(inputs, 1)?.doubles().first ?? least.map { Double($0) } ?? -.infinity
        let high = try optional(inputs, 2)?.doubles().first ?? greatest.map { Double($0) } ?? .infinity
        return [
          try apply(
            to: required(inputs, 0), { $0.isNaN ? $0 : min(max($0, Float(low)), Float(high)) },
            { $0.isNaN ? $0 : min(max($0, low), high) })
        ]
      }
    },
  ]

  /// 1 / (1 + e⁻ˣ), by the side of 0 on which e does not overflow.
  static func logistic<Number: Real>(_ x: Number) -> Number {
    if x >= 0 { return 1 / (1 + Number.exp(-x)) }
    let power = Number.exp(x)
    return power / (1 + power)
  }

  private static func map(
    _ floats: @escaping @Sendable (Float) -> Float, _ doubles: @escaping @Sendable (Double) -> Double
  ) -> OperationMaker {
    { _ in { inputs in [try apply(to: required(inputs, 0), floats, doubles)] } }
  }

  /// The function of each element; whole numbers are rounded towards 0 afterwards.
  private static func apply(
    to input: ONNXTensor, _ floats: (Float) -> Float, _ doubles: (Double) -> Double
  ) throws -> ONNXTensor {
    switch input.elements {
    case .floats(let elements): ONNXTensor(shape: input.shape, elements: .floats(elements.map(floats)))
    case .doubles(let elements): ONNXTensor(shape: input.shape, elements: .doubles(elements.map(doubles)))
    case .integers(let elements):
      ONNXTensor(shape: input.shape, elements: .integers(elements.map { Int64(clamping: doubles(Double($0))) }))
    case .booleans, .strings:
      throw ONNXError.malformed("\(input.elements.typeName) elements stand where numbers are needed")
    }
  }
}

extension Int64 {
  /// The number without its fraction; the nearest that there is where it is too large, and 0 where it is none.
  init(clamping number: Double) {
    self =
      number.isNaN ? 0 : number >= 0x1p63 ? .max : number <= -0x1p63 ? .min : Int64(number)
  }
}
