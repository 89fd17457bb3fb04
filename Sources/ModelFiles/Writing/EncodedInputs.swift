import DataFrames
import Networks

/// The inputs of a network or linear model, in a graph over the user's raw columns.
struct EncodedInputs {
  /// The name of the inputs, `[N, order.count]` in double precision.
  let name: String
  /// For each column of them the input that it is; nil for one that is always 0.
  let order: [Int?]

  /// Adds the encoding to a graph: numbers standardised, cut, and 0 where missing; indicators of missing numbers; the
  /// indicators of categories.
  init(_ encoding: InputEncoding, features: [Feature], in builder: inout GraphBuilder) {
    var parts: [String] = []
    var order: [Int?] = []
    var numbers: [(place: Int, column: Int, law: Standardization)] = []
    var missing: [(place: Int, column: Int)] = []
    for (place, input) in encoding.inputs.enumerated() where features[input.column].levelCount == nil {
      switch input.source {
      case .number(let law): numbers.append((place, input.column, law))
      case .missing: missing.append((place, input.column))
      case .level: break
      }
    }
    if !numbers.isEmpty {
      let raw = builder.cast(builder.concatenate(numbers.map { features[$0.column].name }), to: .double)
      func row(_ values: [Double]) -> ONNXTensor { ONNXTensor(shape: [1, values.count], elements: .doubles(values)) }
      func single(_ value: Double) -> ONNXTensor { ONNXTensor(shape: [], elements: .doubles([value])) }
      let shifted = builder.add("Sub", [raw, builder.constant("means", row(numbers.map(\.law.mean)))])
      let scaled = builder.add("Div", [shifted, builder.constant("scales", row(numbers.map(\.law.scale)))])
      let low = builder.constant("least", single(-InputEncoding.limit))
      let cut = builder.add("Clip", [scaled, low, builder.constant("greatest", single(InputEncoding.limit))])
      let isMissing = builder.add("IsNaN", [raw])
      parts.append(builder.add("Where", [isMissing, builder.constant("zero", single(0)), cut]))
      order += numbers.map(\.place)
    }
    if !missing.isEmpty {
      let isMissing = builder.add("IsNaN", [builder.concatenate(missing.map { features[$0.column].name })])
      parts.append(builder.cast(isMissing, to: .double))
      order += missing.map(\.place)
    }
    for (column, feature) in features.enumerated() {
      guard let levels = feature.levelCount, !encoding.places[column].isEmpty else { continue }
      let places = encoding.places[column]
      var table = [Double](repeating: 0, count: (levels + 1) * places.count)
      for (offset, place) in places.enumerated() {
        switch encoding.inputs[place].source {
        case .level(let level): table[level * places.count + offset] = 1
        case .missing: table[levels * places.count + offset] = 1
        case .number: break
        }
      }
      parts.append(
        builder.lookUp(column, in: ONNXTensor(shape: [levels + 1, places.count], elements: .doubles(table))))
      order += places.map { $0 }
    }
    if parts.isEmpty {
      // No column tells anything: one input that is always 0 carries the number of rows.
      let first = features[0]
      if let levels = first.levelCount {
        let zeros = [Double](repeating: 0, count: levels + 1)
        parts = [builder.lookUp(0, in: ONNXTensor(shape: [levels + 1, 1], elements: .doubles(zeros)))]
      } else {
        let zero = builder.constant("zero", ONNXTensor(shape: [], elements: .doubles([0])))
        parts = [builder.add("Mul", [builder.cast(builder.add("IsNaN", [first.name]), to: .double), zero])]
      }
      order = [nil]
    }
    name = builder.concatenate(parts)
    self.order = order
  }

  /// The rows of a matrix of weights `[inputs, outputs]` in the order of the graph's inputs.
  func reordered<Number: ExpressibleByIntegerLiteral>(_ weights: [Number], outputs: Int) -> [Number] {
    order.flatMap { place in
      place.map { Array(weights[$0 * outputs..<($0 + 1) * outputs]) } ?? [Number](repeating: 0, count: outputs)
    }
  }
}
