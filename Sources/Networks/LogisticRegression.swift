import RealModule
import Tensors

/// Multinomial logistic regression with a penalty on the squares of the weights and free intercepts.
///
/// For two classes the first one's logit is 0, for more each class has its own.
struct LogisticRegression {
  /// The strength λ of the penalty, above 0.
  let penalty: Double
  /// The rows of inputs, `[n, width]`, in consecutive blocks of `blockSize` rows.
  let blocks: [[Double]]
  /// The number of inputs.
  let width: Int
  /// The class of each row.
  let codes: [Int]
  /// The number of classes.
  let classCount: Int
  /// The threads that share the blocks.
  let workers: Workers

  /// The number of rows in a block.
  static let blockSize = 512

  /// The classes that have a logit of their own start here.
  private var firstFree: Int { classCount == 2 ? 1 : 0 }
  private var free: Int { classCount - firstFree }

  /// The W and b of the least −Σ ln p(class) + λ/2 ‖W‖², and whether the search for them converged.
  func fit() -> (weights: Matrix, intercepts: [Double], converged: Bool) {
    // The rounding of a sum over n rows is of this size; the error of the weights is at most the gradient over λ.
    let search = LimitedMemoryBFGS(tolerance: 1e-10 * Double(max(1, codes.count)))
    let minimum = search.minimize(from: [Double](repeating: 0, count: (width + 1) * free), evaluate)
    var weights = Matrix(rows: width, columns: classCount)
    var intercepts = [Double](repeating: 0, count: classCount)
    for logit in 0..<free {
      for input in 0..<width { weights[input, firstFree + logit] = minimum.point[input * free + logit] }
      intercepts[firstFree + logit] = minimum.point[width * free + logit]
    }
    return (weights, intercepts, minimum.converged)
  }

  /// The penalised loss and its gradient at a point: W row by row, `[width, free]`, then the intercepts.
  private func evaluate(_ point: [Double]) -> (value: Double, gradient: [Double]) {
    let weights = Array(point[..<(width * free)])
    let intercepts = Array(point[(width * free)...])
    let parts = workers.silent.map(count: blocks.count) { evaluate($0, weights, intercepts) }
    var value = 0.0
    var gradient = point
    for index in gradient.indices {
      value += index < width * free ? penalty / 2 * point[index] * point[index] : 0
      gradient[index] = index < width * free ? penalty * point[index] : 0
    }
    for part in parts {
      value += part.value
      for index in gradient.indices { gradient[index] += part.gradient[index] }
    }
    return (value, gradient)
  }

  /// The share of one block of rows in the loss and its gradient.
  private func evaluate(
    _ block: Int, _ weights: [Double], _ intercepts: [Double]
  ) -> (value: Double, gradient: [Double]) {
    let start = block * Self.blockSize
    let count = min(Self.blockSize, codes.count - start)
    var logits = [Double](repeating: 0, count: count * free)
    logits.withUnsafeMutableBufferPointer {
      BLAS.multiply(blocks[block], weights, BLAS.Shape(rows: count, inner: width, columns: free), into: $0)
    }
    var value = 0.0
    var ofIntercepts = [Double](repeating: 0, count: free)
    // The logits of a row become its errors p − t in place.
    for row in 0..<count {
      let code = codes[start + row]
      let places = row * free..<(row + 1) * free
      var largest = firstFree == 1 ? 0 : -Double.infinity
      for (place, intercept) in zip(places, intercepts) {
        logits[place] += intercept
        largest = max(largest, logits[place])
      }
      value -= (code < firstFree ? 0 : logits[places.lowerBound + code - firstFree]) - largest
      var sum = firstFree == 1 ? Double.exp(-largest) : 0
      for place in places {
        logits[place] = Double.exp(logits[place] - largest)
        sum += logits[place]
      }
      value += Double.log(sum)
      for (logit, place) in places.enumerated() {
        logits[place] = logits[place] / sum - (code == firstFree + logit ? 1 : 0)
        ofIntercepts[logit] += logits[place]
      }
    }
    var gradient = [Double](repeating: 0, count: width * free)
    gradient.withUnsafeMutableBufferPointer {
      BLAS.multiply(
        blocks[block], logits, BLAS.Shape(rows: width, inner: count, columns: free), transposed: .first, into: $0)
    }
    return (value, gradient + ofIntercepts)
  }
}
