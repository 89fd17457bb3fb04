public import DataFrames
public import Learning
public import Tensors
public import Trees

/// A model from an ONNX file as a black box over the user's columns.
///
/// Where the predictions are linear in the leaves of trees, and each of the trees' inputs is a function of one of the
/// user's columns, the trees are there too, over the user's columns: then explanations are exact and no graph is run.
/// Where the file holds a feed-forward network, its hidden layers can be looked at.
public struct FileModel: LayeredModel {
  /// The decoded file.
  public let model: ONNXModel
  /// The columns, in the order of the graph's inputs.
  public let features: [Feature]
  /// The classes' names; nil for a number.
  public let classNames: [String]?
  /// The trees whose mean the prediction is, if it is one.
  public let ensemble: TreeEnsemble?
  /// The trees whose mean is the margin, of which the prediction is the logistic function or the softmax; nil for other
  /// models.
  public let margin: TreeEnsemble?
  /// Whether the file's outputs are taken for logits, since nothing in it makes probabilities of them.
  public let takesLogits: Bool
  private let inputs: ModelInputs
  private let evaluator: GraphEvaluator
  private let output: GraphOutputs
  private let treeModel: TreeModel?
  private let hidden: HiddenLayers

  /// A model over features that were matched with its inputs.
  /// - Parameters:
  ///   - model: the decoded file.
  ///   - inputs: its inputs.
  ///   - features: the columns, one for each of the inputs' slots.
  ///   - classNames: the names of the target's classes where the file does not tell; nil where a number is wanted or
  ///     nothing is known.
  ///   - isClassification: whether classes are wanted; nil where that is not known.
  /// - Throws: `ONNXError`
  public init(
    _ model: ONNXModel, inputs: ModelInputs, features: [Feature], classNames: [String]?, isClassification: Bool?
  ) throws {
    precondition(features.count == inputs.slots.count, "FileModel: \(features.count) features")
    self.model = model
    self.inputs = inputs
    self.features = features
    let evaluator = try GraphEvaluator(model.graph)
    self.evaluator = evaluator
    let rows = Matrix(rows: 2, columns: features.count)
    let values = try evaluator.run(inputs.values(rows, 0..<2, features: features))
    let output = try GraphOutputs(evaluator, probe: values, isClassification: isClassification)
    self.output = output
    let width = max(1, (values[output.name]?.count ?? 0) / 2)
    takesLogits = output.meaning == .logits
    switch output.meaning {
    case .value: self.classNames = nil
    case .probabilities, .logits, .label:
      let count = output.meaning == .label ? 0 : max(2, width)
      guard let names = output.classNames ?? classNames ?? (count > 0 ? (0..<count).map { "\($0)" } : nil) else {
        throw ONNXError.unsupported("the graph gives a class and nothing tells which classes there are")
      }
      guard count == 0 || names.count == count else {
        throw ONNXError.unsupported("the graph gives \(count) probabilities for \(names.count) classes")
      }
      self.classNames = names
    }
    if output.meaning == .value, width != 1 {
      throw ONNXError.unsupported("the graph gives \(width) numbers for a row, and one is needed")
    }
    let reading = try output.trees.flatMap {
      try TreeReading(evaluator, node: $0.place, inputs: inputs, features: features)
    }
    treeModel = reading?.model
    (ensemble, margin) = Self.trees(reading, output)
    hidden = HiddenLayers(model.graph, output: output.name)
  }

  /// One column a class, or 1.
  public var outputs: Int { classNames?.count ?? 1 }

  /// The trees of the predictions, or of the margins, with the output's factors and shifts in their leaves.
  private static func trees(_ reading: TreeReading?, _ output: GraphOutputs) -> (TreeEnsemble?, TreeEnsemble?) {
    guard let reading, let (_, factors, shifts) = output.trees else { return (nil, nil) }
    let model = reading.model
    let isPlain = factors.allSatisfy { $0 == 1 } && shifts.allSatisfy { $0 == 0 }
    if model.transform != .none {
      guard isPlain, model.transform != .probit, output.meaning == .probabilities else { return (nil, nil) }
      return (nil, reading.ensemble)
    }
    guard output.meaning == .probabilities || output.meaning == .value else { return (nil, nil) }
    switch model.finish {
    case .each:
      if factors.count == 1, output.meaning == .probabilities { return (nil, nil) }
      if isPlain { return (reading.ensemble, nil) }
      return (
        reading.ensemble.mapLeaves { leaf in zip(leaf, zip(factors, shifts)).map { $0 * $1.0 + $1.1 } }, nil
      )
    case .second(let isProbability):
      guard isPlain, isProbability else { return (nil, nil) }
      return (reading.ensemble.mapLeaves { leaf in [1 - leaf[leaf.startIndex], leaf[leaf.startIndex]] }, nil)
    }
  }

  /// Class probabilities or numbers.
  /// - Throws: `ONNXError` where the graph cannot be run on the rows.
  public func predict(_ rows: Matrix, workers: Workers) throws -> Matrix {
    if let ensemble { return ensemble.predict(rows, workers: workers) }
    if let margin, let treeModel {
      let sums = margin.predict(rows, workers: workers)
      let elements = (0..<rows.rows).flatMap { treeModel.outputs(sums.row($0)) }
      return Matrix(rows: rows.rows, columns: outputs, elements: elements)
    }
    let blocks = Workers.ranges(rows.rows, size: 256)
    let parts = try workers.tryMap(count: blocks.count) { index in
      let block = blocks[index]
      let values = try evaluator.run(
        nodes: evaluator.graph.nodes.indices, given: inputs.values(rows, block, features: features),
        wanted: [output.name])
      guard let result = values[output.name] else { throw ONNXError.malformed("nothing gives \"\(output.name)\"") }
      return try predictions(result, rows: block.count)
    }
    return Matrix(rows: rows.rows, columns: outputs, elements: parts.flatMap { $0 })
  }

  /// The number of hidden layers; 0 for what is no chain of layers.
  public var hiddenLayerCount: Int { hidden.names.count }

  /// What the units of each hidden layer put out.
  /// - Throws: `ONNXError` where the graph cannot be run on the rows.
  public func hiddenActivations(_ rows: Matrix, workers: Workers) throws -> [Matrix] {
    let blocks = Workers.ranges(rows.rows, size: 256)
    let parts = try workers.tryMap(count: blocks.count) { index in
      let values = try evaluator.run(
        nodes: evaluator.graph.nodes.indices, given: inputs.values(rows, blocks[index], features: features),
        wanted: hidden.names)
      return try hidden.names.map { name in
        guard let value = values[name], value.shape.first == blocks[index].count else {
          throw ONNXError.malformed("the layer \"\(name)\" has no row for each row of the input")
        }
        return try value.doubles()
      }
    }
    return hidden.names.indices.map { layer in
      let elements = parts.flatMap { $0[layer] }
      return Matrix(rows: rows.rows, columns: rows.rows == 0 ? 0 : elements.count / rows.rows, elements: elements)
    }
  }

  private func predictions(_ tensor: ONNXTensor, rows: Int) throws -> [Double] {
    if output.meaning == .label { return try indicators(tensor, rows: rows) }
    let values = try tensor.doubles()
    let width = rows == 0 ? 0 : values.count / rows
    guard values.count == rows * width, width == outputs || width == 1 && outputs == 2 else {
      throw ONNXError.malformed("the output \"\(output.name)\" has \(values.count) elements for \(rows) rows")
    }
    switch output.meaning {
    case .value, .label: return values
    case .probabilities: return width == outputs ? values : values.flatMap { [1 - $0, $0] }
    case .logits:
      var result: [Double] = []
      for start in stride(from: 0, to: values.count, by: width) {
        var row = width == 1 ? [0, values[start]] : values[start..<start + width]
        PostTransform.softmax.apply(to: &row)
        result += row
      }
      return result
    }
  }

  /// 1 for the class that is given, 0 for the others.
  private func indicators(_ tensor: ONNXTensor, rows: Int) throws -> [Double] {
    let names: [String]
    if case .strings(let texts) = tensor.elements {
      names = texts
    } else {
      names = try tensor.integers().map { "\($0)" }
    }
    guard let classNames, names.count == rows else {
      throw ONNXError.malformed("the output \"\(output.name)\" has \(names.count) elements for \(rows) rows")
    }
    return try names.flatMap { name in
      guard let place = classNames.firstIndex(of: name) else {
        throw ONNXError.malformed("the output \"\(output.name)\" names a class \"\(name)\" that there is not")
      }
      return classNames.indices.map { $0 == place ? 1.0 : 0 }
    }
  }
}

extension FileModel {
  /// The margin with one output a class: where one sum speaks of the second of two classes, its negative is the
  /// first's.
  public var classMargin: TreeEnsemble? {
    guard let margin, outputs == 2, margin.outputs == 1 else { return margin }
    return margin.mapLeaves { [-($0.first ?? 0), $0.first ?? 0] }
  }
}
