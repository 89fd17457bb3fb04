import Networks
import Tensors

@testable import Images

/// A convolution with a rectifier under two fully connected layers; and, in Doubles and with plain loops, what it
/// puts out and how its logit depends on that.
enum SmallConvolution {
  static let (side, inputs, channels, hidden, classes, target) = (4, 2, 3, 6, 3, 1)
  static let pixels = side * side

  private static let input = MersenneTwister.numbers(inputs * pixels, seed: 51, scale: 1)
  private static let kernel = MersenneTwister.numbers(channels * inputs * 9, seed: 52, scale: 1)
  private static let biases = MersenneTwister.numbers(channels, seed: 53, scale: 0.2)
  private static let first = MersenneTwister.numbers(hidden * channels * pixels, seed: 54, scale: 2)
  private static let second = MersenneTwister.numbers(classes * hidden, seed: 55, scale: 3)

  static let subject: Subject = {
    let layers: [any Layer] = [
      Input(),
      Convolution(
        weight: Tensor(shape: [channels, inputs, 3, 3], elements: kernel),
        bias: Tensor(shape: [channels], elements: biases), window: Window(size: [3, 3], padding: [1, 1, 1, 1])),
      Activation.relu, Reshape.flatten,
      FullyConnected(
        weight: Tensor(shape: [hidden, channels * pixels], elements: first), bias: Tensor(shape: [hidden])),
      Activation.relu,
      FullyConnected(weight: Tensor(shape: [classes, hidden], elements: second), bias: Tensor(shape: [classes])),
    ]
    return Subject(
      network: Network(layers.enumerated().map { Network.Node($1, inputs: $0 == 0 ? [] : [$0 - 1]) }),
      input: Tensor(shape: [1, inputs, side, side], elements: input), target: target)
  }()

  /// A_c(i, j), the convolution's outputs behind the rectifier.
  static let activations: [[Double]] = (0..<channels).map { channel in
    (0..<pixels).map { pixel in
      var sum = Double(biases[channel])
      for source in 0..<inputs {
        for row in 0..<3 {
          for column in 0..<3 {
            let (y, x) = (pixel / side + row - 1, pixel % side + column - 1)
            guard 0..<side ~= y, 0..<side ~= x else { continue }
            sum +=
              Double(kernel[((channel * inputs + source) * 3 + row) * 3 + column])
              * Double(input[source * pixels + y * side + x])
          }
        }
      }
      return max(0, sum)
    }
  }

  /// G_c(i, j) = ∂y / ∂A_c(i, j) = Σ_k v_k [h_k > 0] w_k,c(i, j).
  static let gradients: [[Double]] = {
    let flat = activations.flatMap { $0 }
    let sums = (0..<hidden).map { unit in
      flat.indices.reduce(0) { $0 + Double(first[unit * flat.count + $1]) * flat[$1] }
    }
    return (0..<channels).map { channel in
      (0..<pixels).map { pixel in
        (0..<hidden).reduce(0) { sum, unit in
          let slope = sums[unit] > 0 ? Double(second[target * hidden + unit]) : 0
          return sum + slope * Double(first[unit * flat.count + channel * pixels + pixel])
        }
      }
    }
  }()

  /// The largest difference of a form's map from a formula of the place, as a share of the formula's largest value.
  static func error(of form: any ClassActivationForm, from formula: (_ pixel: Int) -> Double) throws -> Double {
    let map = try GradCAM(form: form).explain(subject)
    let expected = (0..<pixels).map(formula)
    let largest = expected.reduce(0) { max($0, $1.magnitude) }
    return zip(map.values, expected).reduce(0) { max($0, (Double($1.0) - $1.1).magnitude) } / largest
  }

  /// The map that a form makes of two channels of two places: A = (1, 2) and (3, 4), G = (½, −1) and (−1, 2).
  static func byHand(_ form: any ClassActivationForm) -> [Float] {
    GradCAM(form: form).map(
      Tensor(shape: [1, 2, 1, 2], elements: [1, 2, 3, 4]), Tensor(shape: [1, 2, 1, 2], elements: [0.5, -1, -1, 2]),
      score: 0, layer: 0
    ).values
  }
}
