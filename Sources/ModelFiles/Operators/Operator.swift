/// What is known of one operator: an entry of the table `Operators.all`. Evaluation, the search for layers, for columns
/// and for outputs, and networks over pictures all ask here.
struct Operator: Sendable {
  /// The name; one of a domain is named with it, such as `ai.onnx.ml.Scaler`.
  let name: String
  /// How many inputs it takes.
  let inputs: InputCount
  /// Whether its result is an affine function of its inputs, for the search for layers.
  let linearity: Linearity
  /// How the columns of its first result come from those of its inputs; nil where they are not followed.
  let columns: ColumnRule?
  /// What it does on the way from a model's own sums to the graph's output.
  let output: OutputStep
  /// How it becomes layers of a network over pictures; nil where it cannot.
  let picture: PictureRule?
  /// How it is run; nil for one that is known as a layer alone.
  let evaluation: Evaluation?

  /// An operator, run by what `operation` makes of its node.
  init(
    _ name: String, inputs: InputCount, linearity: Linearity = .none, columns: ColumnRule? = nil,
    output: OutputStep = .end, picture: PictureRule? = nil, operation: OperationMaker? = nil
  ) {
    self.name = name
    self.inputs = inputs
    self.linearity = linearity
    self.columns = columns
    self.output = output
    self.picture = picture
    evaluation = operation.map { .operation($0) }
  }

  /// An operator whose node holds trees.
  init(trees name: String) {
    self.name = name
    inputs = 1
    linearity = .none
    columns = nil
    output = .end
    picture = nil
    evaluation = .trees
  }

  /// How an operator is run.
  enum Evaluation: Sendable {
    /// By what this makes of its node.
    case operation(OperationMaker)
    /// By the trees that its node holds, which explanations may use, too.
    case trees
  }

  /// What an operator is among affine functions.
  enum Linearity: Sendable {
    /// No affine function.
    case none
    /// An affine function of its inputs, or their elements elsewhere.
    case affine
    /// Its input's elements, at most turned or of another type: what it makes of a constant is a constant.
    case copy
    /// An affine function of the first input where the second is a constant.
    case affineByConstant
    /// Weighted sums of its input.
    case sums
    /// Weighted sums of the first input where the second is a constant.
    case sumsByConstant
    /// Of its input's shape alone.
    case shape
  }

  /// What an operator does with the numbers on their way to the output.
  enum OutputStep: Sendable {
    /// Something that is not followed.
    case end
    /// It hands on its first input.
    case same
    /// It multiplies its first input by this of its second one.
    case factor(@Sendable (Double) -> Double)
    /// It adds this of its second input to its first one.
    case shift(@Sendable (Double) -> Double)
    /// It gives probabilities.
    case probabilities
  }
}

/// How many inputs an operator takes: those that it needs come first, the others may be left out.
struct InputCount: Sendable, ExpressibleByIntegerLiteral {
  /// How many it needs.
  let needed: Int
  /// How many it takes at most; nil where it takes any number, none of which may be left out.
  let most: Int?

  /// Exactly this many.
  init(integerLiteral count: Int) { self.init(needed: count, most: count) }

  private init(needed: Int, most: Int?) {
    self.needed = needed
    self.most = most
  }

  /// Some that are needed, and more that may be left out.
  static func between(_ needed: Int, _ most: Int) -> InputCount { InputCount(needed: needed, most: most) }

  /// Any number from this one on.
  static func atLeast(_ needed: Int) -> InputCount { InputCount(needed: needed, most: nil) }

  /// Checks that a node has as many inputs, and those that are needed.
  /// - Throws: `ONNXError.invalidNode`, which says what is needed and what is there.
  func check(_ node: ONNXNode) throws {
    let count = node.inputs.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
    guard count >= needed, count <= most ?? count else { throw node.invalid("it needs \(text), and has \(count)") }
    let required = node.inputs.prefix(most == nil ? count : needed)
    if let gap = required.firstIndex(where: \.isEmpty) {
      throw node.invalid("it needs \(text), and input \(gap + 1) is left out")
    }
  }

  private var text: String {
    switch most {
    case needed?: needed == 0 ? "no input" : needed == 1 ? "1 input" : "\(needed) inputs"
    case let most?: "\(needed) to \(most) inputs"
    case nil: needed == 1 ? "at least 1 input" : "at least \(needed) inputs"
    }
  }
}
