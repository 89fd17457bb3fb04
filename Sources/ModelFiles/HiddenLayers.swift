/// The hidden layers of a feed-forward network in a graph: the values that weighted sums are taken of and that
/// functions of earlier weighted sums are.
///
/// A weighted sum is a product with a constant matrix (`Gemm`, `MatMul`, and the linear models at a pipeline's end).
/// What a value between two of them is made by does not matter (an activation in one operator or in several, dropout, a
/// normalisation), as long as something on the way is no affine function: two products without one between them are one
/// layer. Scalers, encoders and projections before the first activation belong to the inputs.
struct HiddenLayers: Sendable {
  /// The names of the values, from the inputs on.
  let names: [String]

  /// What is known of a value that depends on the graph's inputs.
  private struct State {
    /// The number of layers that were found on the way to it.
    var below = 0
    /// Whether weighted sums of the last of them (of the inputs, if there is none) went into it.
    var isSum = false
    /// Whether it is no affine function of those sums.
    var isActivated = false
  }

  /// Finds the layers of the network that gives the value `output`.
  ///
  /// None are found where the network is no chain of layers: where something is made of a layer and of what lies before
  /// it, too.
  /// - Complexity: O(nodes)
  init(_ graph: ONNXGraph, output: String) {
    var states = Dictionary(graph.inputs.map { ($0.name, State()) }) { first, _ in first }
    var layers: [String] = []
    let needed = graph.needed(for: output)
    for (place, node) in graph.nodes.enumerated() where needed[place] {
      if case .shape = Self.linearity(node) { continue }
      let known = node.inputs.filter { states[$0] != nil }
      guard let first = known.first, var state = Self.merged(known.compactMap { states[$0] }) else {
        if known.isEmpty { continue }
        names = []
        return
      }
      if Self.isProduct(node, graph) {
        if state.isActivated {
          if state.below == layers.count { layers.append(first) }
          guard layers[state.below] == first else {
            names = []
            return
          }
          state = State(below: state.below + 1)
        }
        state.isSum = true
      } else if state.isSum, !Self.isAffine(node, graph) {
        state.isActivated = true
      }
      for name in node.outputs where !name.isEmpty { states[name] = state }
    }
    names = layers
  }

  /// What is known of a value that is made of several; nil where one of them lies before the last layer of another.
  private static func merged(_ states: [State]) -> State? {
    let below = states.reduce(0) { max($0, $1.below) }
    let last = states.filter { $0.below == below }
    // A layer that goes around the next one is as good as that one's input.
    guard
      states.allSatisfy({
        $0.below == below && ($0.isSum || !last.contains(where: \.isSum)) || $0.below == below - 1 && $0.isActivated
      })
    else { return nil }
    return State(below: below, isSum: last.contains(where: \.isSum), isActivated: last.contains(where: \.isActivated))
  }

  private static func linearity(_ node: ONNXNode) -> Operator.Linearity {
    Operators.all[node.key]?.linearity ?? .none
  }

  private static func isProduct(_ node: ONNXNode, _ graph: ONNXGraph) -> Bool {
    switch linearity(node) {
    case .sums: true
    case .sumsByConstant: node.inputs.count >= 2 && isConstant(node.inputs[1], graph)
    default: false
    }
  }

  private static func isAffine(_ node: ONNXNode, _ graph: ONNXGraph) -> Bool {
    switch linearity(node) {
    case .affine, .copy: true
    case .affineByConstant: node.inputs.count == 2 && isConstant(node.inputs[1], graph)
    default: false
    }
  }

  /// Whether a value is a constant, or such a one turned or cast.
  private static func isConstant(_ name: String, _ graph: ONNXGraph) -> Bool {
    if graph.initializers[name] != nil { return true }
    guard let node = graph.producer(of: name), case .copy = linearity(node) else { return false }
    return node.inputs.allSatisfy { isConstant($0, graph) }
  }
}
