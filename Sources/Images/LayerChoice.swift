import Networks
import Tensors

/// Which layers methods look at unless they are told.
struct LayerChoice {
  private let network: Network
  private let shapes: [[Int]]

  /// The choices for a network and a picture that it can take.
  /// - Throws: `SaliencyError.needsNetwork`
  init(_ subject: Subject) throws {
    network = try subject.network
    guard let shapes = try? network.outputShapes(for: subject.input.shape) else {
      preconditionFailure("LayerChoice: the network cannot take \(subject.input.shape)")
    }
    self.shapes = shapes
  }

  /// The last node with weights.
  func lastWeighted(_ method: String) throws -> Int {
    guard let node = network.nodes.lastIndex(where: { $0.layer is any WeightedLayer }) else {
      throw SaliencyError.noWeights(method: method)
    }
    return node
  }

  /// The last node below the last layer with weights that still has places and is no pool: what a classifier sees.
  func lastMap(_ method: String) throws -> Int {
    let last = try lastWeighted(method)
    let hasConvolution = network.nodes.contains { $0.layer is Convolution }
    let node = (1..<max(1, last)).last { node in
      hasPlaces(node) && !isPool(node) && !(network.nodes[node].layer is Reshape)
    }
    guard hasConvolution, let node else { throw SaliencyError.noPlaces(method: method) }
    return node
  }

  /// A node in the middle: of those with at least a sixteenth of the picture's rows the ones with the fewest; the first
  /// of them if it is a pool, else the last.
  func middle(_ method: String) throws -> Int {
    let last = try lastWeighted(method)
    let places = (1..<max(1, last)).filter { hasPlaces($0) && shapes[$0][2] * 16 >= shapes[0][2] }
    guard let rows = places.map({ shapes[$0][2] }).min() else { throw SaliencyError.noPlaces(method: method) }
    let nodes = places.filter { shapes[$0][2] == rows }
    guard let first = nodes.first, let end = nodes.last else { throw SaliencyError.noPlaces(method: method) }
    return isPool(first) ? first : end
  }

  /// The given node, whose output must be a map of places.
  func map(_ node: Int) throws -> Int {
    guard shapes[node].count == 4 else {
      throw SaliencyError.notAMap(layer: name(node), shape: Array(shapes[node].dropFirst()))
    }
    return node
  }

  /// Refuses a node by which some way leads from the network's output to another node below it.
  func checkAllWaysPass(_ node: Int, to lower: Int) throws {
    guard lower < node else { throw SaliencyError.notBelow(layer: name(lower), other: name(node)) }
    var reaches = [Bool](repeating: false, count: network.nodes.count)
    reaches[network.nodes.count - 1] = true
    for index in network.nodes.indices.reversed() where reaches[index] && index != node {
      for source in network.nodes[index].inputs { reaches[source] = true }
    }
    if reaches[lower] { throw SaliencyError.isPassedBy(layer: name(node)) }
  }

  func name(_ node: Int) -> String { network.nodes[node].names.first ?? "\(node)" }

  private func hasPlaces(_ node: Int) -> Bool { shapes[node].count == 4 && shapes[node][2] * shapes[node][3] > 1 }

  private func isPool(_ node: Int) -> Bool {
    network.nodes[node].layer is MaxPool || network.nodes[node].layer is AveragePool
  }
}
