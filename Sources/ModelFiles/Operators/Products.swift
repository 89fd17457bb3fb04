import Tensors

extension Operators {
  /// Matrix products.
  static let products: [Operator] = [
    Operator("MatMul", inputs: 2, linearity: .sumsByConstant, picture: .matrixProduct) { _ in
      { inputs in [try matrixProduct(required(inputs, 0), required(inputs, 1))] }
    },
    Operator("Gemm", inputs: .between(2, 3), linearity: .sumsByConstant, picture: .gemm) { node in
      let transposesFirst = try node.integer("transA", default: 0) != 0
      let transposesSecond = try node.integer("transB", default: 0) != 0
      let factor = try node.float("alpha", default: 1)
      let share = try node.float("beta", default: 1)
      return { inputs in
        var first = try required(inputs, 0)
        var second = try required(inputs, 1)
        guard first.shape.count == 2, second.shape.count == 2 else {
          throw ONNXError.malformed("matrices are needed, the shapes are \(first.shape) and \(second.shape)")
        }
        if transposesFirst { first = transposed(first) }
        if transposesSecond { second = transposed(second) }
        let product = try matrixProduct(first, second)
        let added = try optional(inputs, 2).map { Broadcasting.expand($0, to: try fitting($0.shape, product.shape)) }
        if case .doubles(let elements) = product.elements {
          let others = try added?.doubles() ?? [Double](repeating: 0, count: elements.count)
          return [
            ONNXTensor(
              shape: product.shape,
              elements: .doubles(zip(elements, others).map { Double(factor) * $0 + Double(share) * $1 }))
          ]
        }
        let elements = try product.floats()
        let others = try added?.floats() ?? [Float](repeating: 0, count: elements.count)
        return [ONNXTensor(product.shape, zip(elements, others).map { factor * $0 + share * $1 })]
      }
    },
  ]

  /// The shape that a tensor of the shape `source` is repeated to, which must be `target`.
  private static func fitting(_ source: [Int], _ target: [Int]) throws -> [Int] {
    guard try Broadcasting.shape(source, target) == target else {
      throw ONNXError.malformed("the shape \(source) does not fit \(target)")
    }
    return target
  }

  static func transposed(_ matrix: ONNXTensor) -> ONNXTensor {
    let (rows, columns) = (matrix.shape[0], matrix.shape[1])
    var places: [Int] = []
    places.reserveCapacity(rows * columns)
    for column in 0..<columns {
      for row in 0..<rows { places.append(row * columns + column) }
    }
    return matrix.gathering(places, shape: [columns, rows])
  }

  /// A · B, where A may have more axes before its last one, B is a matrix or a vector, and each row's digits depend on
  /// that row of A alone.
  static func matrixProduct(_ first: ONNXTensor, _ second: ONNXTensor) throws -> ONNXTensor {
    let secondShape = second.shape.count == 1 ? [second.shape[0], 1] : second.shape
    guard let inner = first.shape.last, secondShape.count == 2, secondShape[0] == inner else {
      throw ONNXError.malformed("the product of the shapes \(first.shape) and \(second.shape)")
    }
    let rows = first.shape.dropLast().reduce(1, *)
    let columns = secondShape[1]
    let shape = first.shape.dropLast() + (second.shape.count == 1 ? [] : [columns])
    _ = try ONNXTensor.count([rows, columns])
    if case .doubles = first.elements {
      let (a, b) = (try first.doubles(), try second.doubles())
      var result = [Double](repeating: 0, count: rows * columns)
      if result.isEmpty || inner == 0 { return ONNXTensor(shape: Array(shape), elements: .doubles(result)) }
      result.withUnsafeMutableBufferPointer { result in
        for row in 0..<rows {
          BLAS.multiply(
            Array(a[row * inner..<(row + 1) * inner]), b, BLAS.Shape(rows: 1, inner: inner, columns: columns),
            into: UnsafeMutableBufferPointer(rebasing: result[row * columns..<(row + 1) * columns]))
        }
      }
      return ONNXTensor(shape: Array(shape), elements: .doubles(result))
    }
    let (a, b) = (try first.floats(), try second.floats())
    var result = [Float](repeating: 0, count: rows * columns)
    if result.isEmpty || inner == 0 { return ONNXTensor(Array(shape), result) }
    result.withUnsafeMutableBufferPointer {
      BLAS.multiplyEachRow(a, b, BLAS.Shape(rows: rows, inner: inner, columns: columns), addingTo: $0)
    }
    return ONNXTensor(Array(shape), result)
  }
}
