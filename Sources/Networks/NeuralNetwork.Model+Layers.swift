public import Learning
public import Tensors

extension NeuralNetwork.Model: LayeredModel {
  /// The number of hidden layers.
  public var hiddenLayerCount: Int { network.nodes.count { $0.layer is Activation } }

  /// What the units of each hidden layer put out, behind their activation.
  /// - Parameters:
  ///   - rows: `[n, features]` in the user's columns.
  ///   - workers: the threads that may share the work.
  /// - Returns: for each hidden layer, from the input on, `[n, units]`.
  public func hiddenActivations(_ rows: Matrix, workers: Workers) -> [Matrix] {
    let hidden = network.nodes.indices.filter { network.nodes[$0].layer is Activation }
    let blocks = Workers.ranges(rows.rows, size: Training.blockSize)
    let parts = workers.map(count: blocks.count) { index in
      let block = blocks[index]
      let inputs = Tensor(shape: [block.count, encoding.inputs.count]) { buffer in
        encoding.encode(rows, block, into: buffer)
      }
      let trace = network.forward(inputs)
      return hidden.map { trace.outputs[$0].elements.map { Double($0) } }
    }
    return hidden.indices.map { layer in
      let elements = parts.flatMap { $0[layer] }
      return Matrix(rows: rows.rows, columns: rows.rows == 0 ? 0 : elements.count / rows.rows, elements: elements)
    }
  }
}
