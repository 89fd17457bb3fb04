/// Which of a graph's outputs are predictions, and of what.
struct GraphOutputs: Sendable {
  /// What the chosen output holds.
  enum Meaning: Sendable, Equatable {
    /// Class probabilities, or the second class's alone.
    case probabilities
    /// Numbers whose softmax (or logistic function, if there is one) gives probabilities.
    case logits
    /// A number.
    case value
    /// The predicted class's name, or its number, alone.
    case label
  }

  /// The value's name, before a ZipMap.
  let name: String
  let meaning: Meaning
  /// The classes' names, if the file tells.
  let classNames: [String]?
  /// The place of the node of trees that the value is an affine function of, with the factor and the shift of each
  /// output.
  let trees: (place: Int, factors: [Double], shifts: [Double])?

  /// Finds out about the outputs of a graph.
  /// - Parameters:
  ///   - evaluator: the graph.
  ///   - probe: the outputs for two rows, by name.
  ///   - isClassification: whether classes are wanted; nil where that is not known.
  /// - Throws: `ONNXError.unsupported`
  init(_ evaluator: GraphEvaluator, probe: [String: ONNXTensor], isClassification: Bool?) throws {
    let graph = evaluator.graph
    func isNumbers(_ tensor: ONNXTensor?) -> Bool {
      switch tensor?.elements {
      case .floats, .doubles: true
      default: false
      }
    }
    let numbers = graph.outputs.map(\.name).filter { isNumbers(probe[$0]) }
    let labels = graph.outputs.map(\.name).filter { probe[$0] != nil && !isNumbers(probe[$0]) }
    // Of several the probabilities are the last one, as the writers of pipelines have it.
    guard let chosen = numbers.last(where: { $0.lowercased().contains("prob") }) ?? numbers.last else {
      guard let label = labels.first else { throw ONNXError.unsupported("the graph gives neither numbers nor classes") }
      (name, meaning, classNames, trees) = (label, .label, Self.classNames(graph, of: label), nil)
      return
    }
    var current = chosen
    var width = probe[chosen]?.shape.dropFirst().last ?? 1
    var factors = [Double](repeating: 1, count: max(1, width))
    var shifts = [Double](repeating: 0, count: max(1, width))
    var isLogistic = false
    var isPlain = true
    var found: Int?
    // Back from the output through what keeps it affine in the trees' sums.
    while isPlain, let place = graph.nodes.firstIndex(where: { $0.outputs.contains(current) }) {
      let node = graph.nodes[place]
      func constants() -> [Double]? {
        guard node.inputs.count == 2, let tensor = graph.constant(node.inputs[1]), let values = try? tensor.doubles(),
          [1, factors.count].contains(values.count)
        else { return nil }
        return values.count == 1 ? [Double](repeating: values[0], count: factors.count) : values
      }
      switch Operators.all[node.key]?.output ?? .end {
      case .same: current = node.inputs.first ?? ""
      case .factor(let factor):
        guard let values = constants() else {
          isPlain = false
          continue
        }
        for index in factors.indices { factors[index] *= factor(values[index]) }
        current = node.inputs[0]
      case .shift(let shift):
        guard let values = constants() else {
          isPlain = false
          continue
        }
        for index in factors.indices { shifts[index] += factors[index] * shift(values[index]) }
        current = node.inputs[0]
      case .probabilities:
        isLogistic = true
        isPlain = false
      case .end:
        if let model = evaluator.treeModels[place] {
          found = place
          width = model.width
          if model.classes != nil { isLogistic = true }
        }
        isPlain = false
      }
    }
    trees = found.flatMap { width == factors.count ? ($0, factors, shifts) : nil }
    classNames = Self.classNames(graph, of: chosen)
    name = chosen
    if !labels.isEmpty || isLogistic {
      meaning = .probabilities
    } else if isClassification == true {
      let values = try probe[chosen]?.doubles() ?? []
      meaning = Self.areProbabilities(values, width: max(1, factors.count)) ? .probabilities : .logits
    } else {
      meaning = .value
    }
  }

  private static func areProbabilities(_ values: [Double], width: Int) -> Bool {
    guard width > 1, values.allSatisfy({ $0 >= 0 && $0 <= 1 }) else { return false }
    return stride(from: 0, to: values.count, by: width).allSatisfy { start in
      abs(values[start..<min(values.count, start + width)].reduce(0, +) - 1) < 1e-4
    }
  }

  /// The classes' names: those of the node that gives the output, else of any classifier, else the only list of names
  /// that a class is taken from.
  private static func classNames(_ graph: ONNXGraph, of output: String) -> [String]? {
    let last = graph.producer(of: output).map { [$0] } ?? []
    for node in last + graph.nodes.reversed() {
      if let names = try? ClassNames(node) { return names.names }
    }
    for node in graph.nodes.reversed() where node.kind == "ArrayFeatureExtractor" && node.inputs.count == 2 {
      guard graph.producer(of: node.inputs[1])?.kind == "ArgMax", let names = graph.constant(node.inputs[0]) else {
        continue
      }
      if case .strings(let names) = names.elements { return names }
      if let codes = try? names.integers() { return codes.map { "\($0)" } }
    }
    return nil
  }
}
