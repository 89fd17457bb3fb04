/// Bringing tensors to a common shape, as NumPy does: axes are matched from the last one, and a length of 1 is
/// repeated.
enum Broadcasting {
  /// The common shape.
  /// - Throws: `ONNXError.malformed` where there is none.
  static func shape(_ first: [Int], _ second: [Int]) throws -> [Int] {
    let rank = max(first.count, second.count)
    var shape: [Int] = []
    for axis in 0..<rank {
      let one = axis < rank - first.count ? 1 : first[axis - (rank - first.count)]
      let other = axis < rank - second.count ? 1 : second[axis - (rank - second.count)]
      guard one == other || one == 1 || other == 1 else {
        throw ONNXError.malformed("the shapes \(first) and \(second) do not go together")
      }
      shape.append(one == 1 ? other : one)
    }
    _ = try ONNXTensor.count(shape)
    return shape
  }

  /// For each element of the shape `target` the place of the element of the shape `source` that is repeated there.
  static func places(of source: [Int], in target: [Int]) -> [Int] {
    let count = target.reduce(1, *)
    var strides = [Int](repeating: 0, count: target.count)
    var stride = 1
    for axis in source.indices.reversed() {
      if source[axis] != 1 { strides[axis + target.count - source.count] = stride }
      stride *= source[axis]
    }
    var places = [Int](repeating: 0, count: count)
    var counters = [Int](repeating: 0, count: target.count)
    var place = 0
    for index in 0..<count {
      places[index] = place
      var axis = target.count - 1
      while axis >= 0 {
        counters[axis] += 1
        place += strides[axis]
        if counters[axis] < target[axis] { break }
        place -= strides[axis] * target[axis]
        counters[axis] = 0
        axis -= 1
      }
    }
    return places
  }

  /// The tensor in a shape that it can be repeated to.
  static func expand(_ tensor: ONNXTensor, to shape: [Int]) -> ONNXTensor {
    tensor.shape == shape ? tensor : tensor.gathering(places(of: tensor.shape, in: shape), shape: shape)
  }

  /// Both tensors in their common shape.
  /// - Throws: `ONNXError.malformed`
  static func align(_ first: ONNXTensor, _ second: ONNXTensor) throws -> (ONNXTensor, ONNXTensor) {
    let shape = try shape(first.shape, second.shape)
    return (expand(first, to: shape), expand(second, to: shape))
  }
}
