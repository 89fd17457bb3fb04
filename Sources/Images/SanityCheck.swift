import Networks
import RealModule
import Tensors

/// How far a method's map depends on the network: its likeness to the map of the same network with new random weights
/// (Adebayo et al., arXiv 1810.03292). A method whose map stays the same does not explain the network.
public struct SanityCheck: Sendable, Equatable {
  /// The rank correlation with the map after the last layer's weights were drawn anew.
  public let lastLayer: Double
  /// The same after all layers' were.
  public let allLayers: Double

  /// Maps a picture with both random networks.
  /// - Throws: `SaliencyError`
  public init(_ method: some SaliencyMethod, _ subject: Subject, map: SaliencyMap, seed: UInt64) throws {
    func likeness(_ layers: Int) throws -> Double {
      let random = subject.with(try subject.network.randomized(lastLayers: layers, seed: seed))
      return Self.rankCorrelation(try method.explain(random).values, map.values)
    }
    lastLayer = try likeness(1)
    allLayers = try likeness(.max)
  }

  /// Spearman's correlation of the sizes of two maps' values, equal ones sharing their mean rank; 0 where one map is
  /// constant.
  static func rankCorrelation(_ first: [Float], _ second: [Float]) -> Double {
    let (a, b) = (first.map(\.magnitude).meanRanks(), second.map(\.magnitude).meanRanks())
    let middle = Double(a.count - 1) / 2
    var (product, one, other) = (0.0, 0.0, 0.0)
    for index in a.indices {
      product += (a[index] - middle) * (b[index] - middle)
      one += (a[index] - middle) * (a[index] - middle)
      other += (b[index] - middle) * (b[index] - middle)
    }
    return one > 0 && other > 0 ? product / (one * other).squareRoot() : 0
  }
}

extension Network {
  /// The network with the weights of its last layers drawn anew, normal and of the mean size that they had; added
  /// weights stay.
  func randomized(lastLayers count: Int, seed: UInt64) -> Network {
    let weighted = nodes.indices.filter { !nodes[$0].layer.weights.isEmpty }
    let chosen = Set(weighted.suffix(count))
    return Network(
      nodes.enumerated().map { index, node in
        var layer = node.layer
        if chosen.contains(index) {
          layer.updateWeights { number, weights in
            guard weights.shape.count > 1 else { return }
            var generator = SeededGenerator(seed: seed, stream: UInt64(index), UInt64(number), purpose: .weights)
            let squares = weights.elements.reduce(0.0) { $0 + Double($1) * Double($1) }
            let deviation = (squares / Double(weights.elements.count)).squareRoot()
            weights = Tensor(shape: weights.shape) { target in
              for place in 0..<target.count {
                target[place] = Float(deviation * NormalDistribution.quantile(generator.uniform()))
              }
            }
          }
        }
        return Node(layer, inputs: node.inputs, names: node.names)
      })
  }
}
