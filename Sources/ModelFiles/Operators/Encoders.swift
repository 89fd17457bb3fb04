extension Operators {
  /// Categories as numbers, and the classes' names of probabilities.
  static let encoders: [Operator] = [
    Operator(classic("OneHotEncoder"), inputs: 1, columns: indicatorColumns) { node in
      let words = try node.strings("cats_strings")
      let codes = try node.integers("cats_int64s")
      let givesZeros = try node.integer("zeros", default: 1) != 0
      let wordPlaces = Dictionary((words ?? []).enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
      let codePlaces = Dictionary((codes ?? []).enumerated().map { (Int64($0.element), $0.offset) }) { first, _ in first
      }
      let width = words?.count ?? codes?.count ?? 0
      return { inputs in
        let input = try required(inputs, 0)
        let places: [Int?] =
          switch input.elements {
          case .strings(let elements): elements.map { wordPlaces[$0] }
          default: try input.doubles().map { codePlaces[Int64(clamping: $0)] }
          }
        let count = try ONNXTensor.count(input.shape + [width])
        var result = [Float](repeating: 0, count: count)
        for (index, place) in places.enumerated() {
          guard let place else {
            if givesZeros { continue }
            throw ONNXError.malformed("a category that it does not know")
          }
          result[index * width + place] = 1
        }
        return [ONNXTensor(input.shape + [width], result)]
      }
    },
    Operator(classic("LabelEncoder"), inputs: 1, columns: .function, operation: labelEncoder),
    Operator(classic("CategoryMapper"), inputs: 1, columns: .function) { node in
      guard let words = try node.strings("cats_strings"), let codes = try node.integers("cats_int64s"),
        words.count == codes.count
      else { throw node.invalid("as many words as numbers are needed") }
      let numbers = Dictionary(zip(words, codes.map { Int64($0) })) { first, _ in first }
      let names = Dictionary(zip(codes.map { Int64($0) }, words)) { first, _ in first }
      let otherNumber = Int64(try node.integer("default_int64", default: -1))
      let otherName = try node.string("default_string", default: "_Unused")
      return { inputs in
        let input = try required(inputs, 0)
        if case .strings(let elements) = input.elements {
          return [ONNXTensor(input.shape, elements.map { numbers[$0] ?? otherNumber })]
        }
        return [
          ONNXTensor(
            shape: input.shape, elements: .strings(try input.integers().map { names[Int64($0)] ?? otherName }))
        ]
      }
    },
    // The classes' names are read from the node; the probabilities stay a matrix.
    Operator(classic("ZipMap"), inputs: 1, output: .same) { _ in { inputs in [try required(inputs, 0)] } },
  ]

  /// One column's categories, each a column.
  private static let indicatorColumns = ColumnRule { step in
    guard step.columns(0)?.count == 1 else { return nil }
    var width = 0
    if case .strings(let words)? = step.node.attributes["cats_strings"] { width = words.count }
    if case .integers(let codes)? = step.node.attributes["cats_int64s"] { width = codes.count }
    return step.changed(isMonotone: false)?.flatMap { [ColumnOrigins.Origin?](repeating: $0, count: width) }
  }

  /// A key of a table: texts are texts, all numbers are compared as such.
  private enum Key: Hashable {
    case text(String)
    case number(Double)
    case missing

    init(_ number: Double) { self = number.isNaN ? .missing : .number(number) }
  }

  private static func keys(_ tensor: ONNXTensor) throws -> [Key] {
    if case .strings(let texts) = tensor.elements { return texts.map { .text($0) } }
    return try tensor.doubles().map { Key($0) }
  }

  private static let labelEncoder: OperationMaker = { node in
    let (keys, values): (ONNXTensor?, ONNXTensor?)
    let other: ONNXTensor
    if let classes = try node.strings("classes_strings") {
      let names = ONNXTensor(shape: [classes.count], elements: .strings(classes))
      let codes = ONNXTensor([classes.count], classes.indices.map { Int64($0) })
      let number = ONNXTensor([1], [Int64(try node.integer("default_int64", default: -1))])
      let name = ONNXTensor(
        shape: [1], elements: .strings([try node.string("default_string", default: "_Unused")]))
      let (toCodes, toNames) = (try table(names, codes, other: number), try table(codes, names, other: name))
      return { inputs in
        if case .strings = try required(inputs, 0).elements { return try toCodes(inputs) }
        return try toNames(inputs)
      }
    }
    keys = try list(node, "keys")
    values = try list(node, "values")
    guard let keys, let values, keys.count == values.count else { throw node.invalid("keys and values are needed") }
    switch values.elements {
    case .strings:
      other = ONNXTensor(shape: [1], elements: .strings([try node.string("default_string", default: "_Unused")]))
    case .integers: other = ONNXTensor([1], [Int64(try node.integer("default_int64", default: -1))])
    case .doubles: other = try node.tensor("default_tensor") ?? ONNXTensor(shape: [1], elements: .doubles([0]))
    default: other = ONNXTensor([1], [try node.float("default_float", default: -0.0)])
    }
    return try table(keys, values, other: try node.tensor("default_tensor") ?? other)
  }

  private static func list(_ node: ONNXNode, _ name: String) throws -> ONNXTensor? {
    if let words = try node.strings("\(name)_strings") {
      return ONNXTensor(shape: [words.count], elements: .strings(words))
    }
    if let codes = try node.integers("\(name)_int64s") { return ONNXTensor([codes.count], codes.map { Int64($0) }) }
    if let numbers = try node.floats("\(name)_floats") { return ONNXTensor([numbers.count], numbers) }
    return try node.tensor("\(name)_tensor")
  }

  private static func table(_ keys: ONNXTensor, _ values: ONNXTensor, other: ONNXTensor) throws -> Operation {
    let places = Dictionary(try Self.keys(keys).enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
    guard keys.count == values.count, other.count == 1, other.elements.typeName == values.elements.typeName else {
      throw ONNXError.malformed("the values and the default differ in type")
    }
    // The default stands behind the values.
    let all = try concatenate([try values.reshaped([values.count]), try other.reshaped([1])], axis: 0)
    return { inputs in
      let input = try required(inputs, 0)
      return [all.gathering(try Self.keys(input).map { places[$0] ?? values.count }, shape: input.shape)]
    }
  }
}
