import RealModule

extension Operators {
  /// Sums, products and the like of two or more tensors in a common shape.
  static let arithmetic: [Operator] = [
    Operator(
      "Add", inputs: 2, linearity: .affine, columns: .monotoneByConstant, output: .shift { $0 }, picture: .sum,
      operation: binary({ $0 + $1 }, { $0 + $1 }, { $0 &+ $1 })),
    Operator(
      "Sub", inputs: 2, linearity: .affine, columns: .monotoneByConstant, output: .shift { -$0 }, picture: .difference,
      operation: binary({ $0 - $1 }, { $0 - $1 }, { $0 &- $1 })),
    Operator(
      "Mul", inputs: 2, linearity: .affineByConstant, columns: .monotoneByConstant, output: .factor { $0 },
      picture: .product, operation: binary({ $0 * $1 }, { $0 * $1 }, { $0 &* $1 })),
    Operator(
      "Div", inputs: 2, linearity: .affineByConstant, columns: .monotoneByConstant, output: .factor { 1 / $0 },
      picture: .quotient, operation: binary({ $0 / $1 }, { $0 / $1 }, quotient)),
    Operator("Pow", inputs: 2, operation: binary(power, power, { Int64(clamping: power(Double($0), Double($1))) })),
    Operator(
      "PRelu", inputs: 2,
      operation: binary({ $0 < 0 ? $0 * $1 : $0 }, { $0 < 0 ? $0 * $1 : $0 }, { $0 < 0 ? $0 &* $1 : $0 })),
    Operator(
      "Min", inputs: .atLeast(1), columns: .monotoneByConstant,
      operation: folding(binary(least, least, { min($0, $1) }))),
    Operator(
      "Max", inputs: .atLeast(1), columns: .monotoneByConstant,
      operation: folding(binary(greatest, greatest, { max($0, $1) }))),
    Operator(
      "Sum", inputs: .atLeast(1), picture: .sumOfAll, operation: folding(binary({ $0 + $1 }, { $0 + $1 }, { $0 &+ $1 }))
    ),
  ]

  private static func quotient(_ dividend: Int64, _ divisor: Int64) throws -> Int64 {
    guard divisor != 0 else { throw ONNXError.malformed("a whole number is divided by 0") }
    return dividend.dividedReportingOverflow(by: divisor).partialValue
  }

  private static func power<Number: Real & BinaryFloatingPoint>(_ base: Number, _ exponent: Number) -> Number {
    if let whole = Int(exactly: exponent) { return Number.pow(base, whole) }
    return Number.pow(base, exponent)
  }

  /// The smaller of two numbers; not a number where one of them is none.
  private static func least<Number: FloatingPoint>(_ first: Number, _ second: Number) -> Number {
    first.isNaN || second.isNaN ? .nan : min(first, second)
  }

  private static func greatest<Number: FloatingPoint>(_ first: Number, _ second: Number) -> Number {
    first.isNaN || second.isNaN ? .nan : max(first, second)
  }

  /// An operation on two tensors of the same type, element by element.
  private static func binary(
    _ floats: @escaping @Sendable (Float, Float) -> Float, _ doubles: @escaping @Sendable (Double, Double) -> Double,
    _ integers: @escaping @Sendable (Int64, Int64) throws -> Int64
  ) -> OperationMaker {
    { _ in
      { inputs in
        let (first, second) = try Broadcasting.align(try required(inputs, 0), try required(inputs, 1))
        let shape = first.shape
        switch (first.elements, second.elements) {
        case (.floats(let one), .floats(let other)):
          return [ONNXTensor(shape: shape, elements: .floats(zip(one, other).map { floats($0, $1) }))]
        case (.doubles(let one), .doubles(let other)):
          return [ONNXTensor(shape: shape, elements: .doubles(zip(one, other).map { doubles($0, $1) }))]
        case (.integers(let one), .integers(let other)):
          return [ONNXTensor(shape: shape, elements: .integers(try zip(one, other).map { try integers($0, $1) }))]
        case (.strings, _), (_, .strings): throw ONNXError.malformed("texts stand where numbers are needed")
        case (.doubles(let one), _):
          return [ONNXTensor(shape: shape, elements: .doubles(zip(one, try second.doubles()).map { doubles($0, $1) }))]
        default:
          return [
            ONNXTensor(
              shape: shape, elements: .floats(zip(try first.floats(), try second.floats()).map { floats($0, $1) }))
          ]
        }
      }
    }
  }

  /// The operation on the first two tensors, on its result and the third, and so on.
  private static func folding(_ maker: @escaping OperationMaker) -> OperationMaker {
    { node in
      let operation = try maker(node)
      return { inputs in
        var result = try required(inputs, 0)
        for place in 1..<max(1, inputs.count) { result = try operation([result, inputs[place]])[0] }
        return [result]
      }
    }
  }
}
