import Tensors

extension Network {
  /// A batch on its way through a network.
  struct Run {
    private let network: Network
    private let input: Tensor
    private let keeping: Keeping
    /// The nodes that take each node's output, in their order.
    private let uses: [[Int]]
    /// What the nodes so far put out; empty tensors for what is not kept.
    var outputs: [Tensor] = []

    init(network: Network, input: Tensor, keeping: Keeping) {
      self.network = network
      self.input = input
      self.keeping = keeping
      var uses = [[Int]](repeating: [], count: network.nodes.count)
      for (index, node) in network.nodes.enumerated() {
        for source in node.inputs { uses[source].append(index) }
      }
      self.uses = uses
      outputs.reserveCapacity(network.nodes.count)
    }

    /// Goes on to a node.
    mutating func pass(to last: Int, workers: Workers) {
      for index in outputs.count..<last + 1 {
        outputs.append(output(of: index, workers))
        for source in Set(network.nodes[index].inputs) where uses[source].last == index && !isKept(source) {
          outputs[source] = Tensor(shape: [0])
        }
      }
    }

    private func isKept(_ node: Int) -> Bool {
      switch keeping {
      case .all: true
      case .wayBack(let last): node >= last
      case .output: node == network.nodes.count - 1
      }
    }

    private func output(of index: Int, _ workers: Workers) -> Tensor {
      let node = network.nodes[index]
      if keeping != .all {
        if let convolution = node.layer as? Convolution, uses[index].count == 1, isRectifier(uses[index][0]) {
          return convolution.rectifiedForward(outputs[node.inputs[0]], workers: workers)
        }
        if isRectifier(index), uses[node.inputs[0]].count == 1, network.nodes[node.inputs[0]].layer is Convolution {
          return outputs[node.inputs[0]]
        }
      }
      let inputs = node.inputs.isEmpty ? [input] : node.inputs.map { outputs[$0] }
      if let layer = node.layer as? any ParallelLayer { return layer.forward(inputs, workers: workers) }
      return node.layer.forward(inputs)
    }

    private func isRectifier(_ node: Int) -> Bool { network.nodes[node].layer as? Activation == .relu }
  }
}
