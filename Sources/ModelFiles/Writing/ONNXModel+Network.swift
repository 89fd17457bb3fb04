public import DataFrames
public import Networks
import Tensors

extension ONNXModel {
  /// A trained network as a graph over the user's raw columns; the inputs are encoded in double precision.
  /// - Parameters:
  ///   - network: the network.
  ///   - features: the user's columns.
  ///   - classNames: the classes' names; nil for a number.
  ///   - metadata: what else the file says.
  /// - Throws: `ONNXError.unsupported` for layers that have no operator here.
  public init(
    _ network: NeuralNetwork.Model, features: [Feature], classNames: [String]?, metadata: [String: String]
  ) throws {
    var builder = GraphBuilder(features)
    let inputs = EncodedInputs(network.encoding, features: features, in: &builder)
    var current = builder.cast(inputs.name, to: .float)
    var isFirst = true
    for (index, node) in network.network.nodes.enumerated() {
      guard index == 0 || node.inputs == [index - 1] else { throw ONNXError.unsupported("a network that is no chain") }
      switch node.layer {
      case is Input: break
      case let dense as Dense:
        let outputs = dense.bias.elements.count
        let weights =
          isFirst ? inputs.reordered(dense.weight.elements, outputs: outputs) : dense.weight.elements
        isFirst = false
        current = builder.add(
          "Gemm",
          [
            current, builder.constant("weights", ONNXTensor([weights.count / outputs, outputs], weights)),
            builder.constant("bias", ONNXTensor([outputs], dense.bias.elements)),
          ])
      case let activation as Activation:
        let kind =
          switch activation {
          case .relu: "Relu"
          case .tanh: "Tanh"
          case .sigmoid: "Sigmoid"
          }
        current = builder.add(kind, [current])
      default: throw ONNXError.unsupported("a network with a layer \(type(of: node.layer))")
      }
    }
    builder.finish(current, isDouble: false, target: network.target, classNames: classNames)
    self = builder.model(metadata: metadata)
  }

  /// A fitted linear model as a graph over the user's raw columns, in double precision.
  /// - Parameters:
  ///   - linear: the model.
  ///   - features: the user's columns.
  ///   - classNames: the classes' names; nil for a number.
  ///   - metadata: what else the file says.
  public init(
    _ linear: LinearModel.Model, features: [Feature], classNames: [String]?, metadata: [String: String]
  ) {
    var builder = GraphBuilder(features)
    let inputs = EncodedInputs(linear.encoding, features: features, in: &builder)
    let weights = inputs.reordered(linear.weights.elements, outputs: linear.outputs)
    let matrix = ONNXTensor(shape: [inputs.order.count, linear.outputs], elements: .doubles(weights))
    let product = builder.add("MatMul", [inputs.name, builder.constant("weights", matrix)])
    let intercepts = ONNXTensor(shape: [1, linear.outputs], elements: .doubles(linear.intercepts))
    let sums = builder.add("Add", [product, builder.constant("intercepts", intercepts)])
    builder.finish(sums, isDouble: true, target: linear.target, classNames: classNames)
    self = builder.model(metadata: metadata)
  }
}

extension GraphBuilder {
  /// Ends the graph with what a model's outputs stand for: logits or a standardised number.
  fileprivate mutating func finish(_ outputs: String, isDouble: Bool, target: TargetEncoding, classNames: [String]?) {
    switch target {
    case .classes(let count):
      let shares = add("Softmax", [outputs], ["axis": .integer(1)])
      finish(
        probabilities: isDouble ? cast(shares, to: .float) : shares,
        classNames: classNames ?? (0..<count).map { "\($0)" })
    case .number(let law):
      func single(_ value: Double) -> ONNXTensor { ONNXTensor(shape: [], elements: .doubles([value])) }
      let exact = isDouble ? outputs : cast(outputs, to: .double)
      let scaled = add("Mul", [exact, constant("scale", single(law.scale))])
      finish(value: cast(add("Add", [scaled, constant("mean", single(law.mean))]), to: .float))
    }
  }
}
