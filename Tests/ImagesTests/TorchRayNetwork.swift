import Networks
import Tensors

@testable import Images

extension MersenneTwister {
  /// Numbers evenly between −scale and scale.
  static func numbers(_ count: Int, seed: UInt32, scale: Double) -> [Float] {
    var generator = MersenneTwister(seed: seed)
    return (0..<count).map { _ in Float((2 * Double(generator.next()) / 4_294_967_296 - 1) * scale) }
  }
}

/// The tiny network of the references: two convolutions and a pool, one and a pool, two fully connected layers; the
/// nodes have the names that torch gives them.
enum TorchRayNetwork {
  static let network: Network = {
    var seed: UInt32 = 100
    func numbers(_ shape: [Int]) -> Tensor {
      let fan = shape.dropFirst().reduce(1, *)
      defer { seed += 1 }
      return Tensor(
        shape: shape,
        elements: MersenneTwister.numbers(
          shape.reduce(1, *), seed: seed, scale: shape.count > 1 ? (6 / Double(fan)).squareRoot() : 0.1))
    }
    func convolution(_ inputs: Int, _ outputs: Int) -> Convolution {
      let weight = numbers([outputs, inputs, 3, 3])
      return Convolution(
        weight: weight, bias: numbers([outputs]), window: Window(size: [3, 3], padding: [1, 1, 1, 1]))
    }
    func connected(_ inputs: Int, _ outputs: Int) -> FullyConnected {
      let weight = numbers([outputs, inputs])
      return FullyConnected(weight: weight, bias: numbers([outputs]))
    }
    let pool = MaxPool(Window(size: [2, 2], step: [2, 2]))
    let layers: [(String, any Layer)] = [
      ("input", Input()), ("features.0", convolution(3, 8)), ("features.1", Activation.relu),
      ("features.2", convolution(8, 8)), ("features.3", Activation.relu), ("features.4", pool),
      ("features.5", convolution(8, 16)), ("features.6", Activation.relu), ("features.7", pool),
      ("flatten", Reshape.flatten), ("classifier.0", connected(1024, 32)), ("classifier.1", Activation.relu),
      ("classifier.3", connected(32, 5)),
    ]
    return Network(
      layers.enumerated().map { Network.Node($1.1, inputs: $0 == 0 ? [] : [$0 - 1], names: [$1.0]) })
  }()

  static let input = Tensor(
    shape: [1, 3, 32, 32], elements: MersenneTwister.numbers(3072, seed: 7, scale: 1.7))

  static let subject = Subject(network: network, input: input, target: 3)

  static func node(_ name: String) -> Int { network.nodes.firstIndex { $0.names == [name] } ?? -1 }
}

/// What TorchRay 1.0.0.2 computes for that network.
struct TorchRayReference: Decodable {
  let shape: [Int]
  let data: [Float]

  static let all = read("torchray.json")
  static let perturbation = read("torchray_perturbation.json")

  private static func read(_ name: String) -> [String: TorchRayReference] {
    (try? References.read(name, as: [String: TorchRayReference].self)) ?? [:]
  }

  var tensor: Tensor { Tensor(shape: shape, elements: data) }

  /// The largest difference, as a share of the reference's largest value; infinite where the shapes differ.
  static func error(_ name: String, _ values: [Float], in references: [String: TorchRayReference] = all) -> Float {
    guard let reference = references[name], reference.data.count == values.count else { return .infinity }
    let largest = reference.data.reduce(0) { max($0, $1.magnitude) }
    return zip(values, reference.data).reduce(0) { max($0, ($1.0 - $1.1).magnitude) } / largest
  }
}
