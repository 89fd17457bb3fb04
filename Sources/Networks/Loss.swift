import RealModule
import Tensors

/// How far a network's outputs are from what they should be.
enum Loss: Sendable {
  /// −Σ_k t_k ln p_k, where p is the softmax of the outputs and t sums to 1 over the classes.
  case crossEntropy
  /// ½ Σ_k (y_k − t_k)².
  case squaredError

  /// The loss of a batch.
  /// - Parameters:
  ///   - outputs: y, `[batch, outputs]`.
  ///   - targets: t, in the same shape.
  ///   - factor: what the gradient is multiplied with.
  /// - Returns: the sum of the losses over the batch, and its gradient with regard to the outputs: p − t or y − t.
  func evaluate(_ outputs: Tensor, targets: Tensor, factor: Float = 1) -> (sum: Double, gradient: Tensor) {
    precondition(outputs.shape == targets.shape, "Loss: outputs \(outputs.shape), targets \(targets.shape)")
    let width = outputs.shape[1]
    var sum = 0.0
    let gradient = Tensor(shape: outputs.shape) { gradient in
      for start in stride(from: 0, to: outputs.elements.count, by: width) {
        let row = start..<start + width
        switch self {
        case .crossEntropy: sum += Self.crossEntropy(outputs.elements[row], targets.elements[row], gradient)
        case .squaredError:
          for index in row {
            gradient[index] = outputs.elements[index] - targets.elements[index]
            sum += 0.5 * Double(gradient[index]) * Double(gradient[index])
          }
        }
        for index in row { gradient[index] *= factor }
      }
    }
    return (sum, gradient)
  }

  /// The loss of one row; with ln p_k = y_k − max y − ln Σ exp(y − max y), nothing overflows.
  private static func crossEntropy(
    _ outputs: ArraySlice<Float>, _ targets: ArraySlice<Float>, _ gradient: UnsafeMutableBufferPointer<Float>
  ) -> Double {
    let largest = outputs.max() ?? 0
    var total: Float = 0
    for index in outputs.indices {
      gradient[index] = Float.exp(outputs[index] - largest)
      total += gradient[index]
    }
    let logarithm = Double.log(Double(total))
    var loss = 0.0
    for index in outputs.indices {
      if targets[index] > 0 { loss += Double(targets[index]) * (logarithm - Double(outputs[index] - largest)) }
      gradient[index] = gradient[index] / total - targets[index]
    }
    return loss
  }
}
