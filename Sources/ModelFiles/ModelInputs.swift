import DataFrames
import Tensors

/// What a graph wants for each row: one number or word a column of the user's.
public struct ModelInputs: Sendable, Equatable {
  /// One column.
  public struct Slot: Sendable, Equatable {
    /// The input's name; nil where one input takes several columns.
    public let name: String?
    /// Whether it takes words.
    public let isText: Bool
  }

  /// One input of the graph and how many columns it takes.
  struct Entry: Sendable, Equatable {
    let value: ONNXValue
    let width: Int
  }

  /// The columns, in the order of the graph's inputs.
  public let slots: [Slot]
  let entries: [Entry]

  /// The inputs of a graph.
  /// - Parameters:
  ///   - graph: the graph.
  ///   - columnCount: the number of columns where the only input leaves it open.
  /// - Throws: `ONNXError.unsupported` for inputs that are no tables.
  public init(_ graph: ONNXGraph, columnCount: Int) throws {
    var entries: [Entry] = []
    for value in graph.inputs {
      guard value.type != .other else { throw ONNXError.unsupported("the type of the input \"\(value.name)\"") }
      let shape = value.shape ?? [nil, nil]
      guard shape.count <= 2 else {
        throw ONNXError.unsupported("the input \"\(value.name)\" has \(shape.count) axes and is no table")
      }
      let width = shape.count == 2 ? shape[1] : 1
      let columns = width ?? (graph.inputs.count == 1 ? columnCount : 1)
      guard (1...1_000_000).contains(columns) else {
        throw ONNXError.unsupported("the input \"\(value.name)\" takes no columns")
      }
      entries.append(Entry(value: value, width: columns))
    }
    self.entries = entries
    slots = entries.flatMap { entry in
      [Slot](
        repeating: Slot(name: entry.width == 1 ? entry.value.name : nil, isText: entry.value.type == .string),
        count: entry.width)
    }
    guard !slots.isEmpty else { throw ONNXError.unsupported("a graph without inputs") }
  }

  /// The values of the graph's inputs for some rows of a matrix over the features; a missing word is the empty one.
  func values(_ rows: Matrix, _ range: Range<Int>, features: [Feature]) -> [String: ONNXTensor] {
    var values: [String: ONNXTensor] = [:]
    var first = 0
    for entry in entries {
      let columns = first..<first + entry.width
      first += entry.width
      let shape = entry.value.shape?.count == 1 ? [range.count] : [range.count, entry.width]
      var numbers: [Double] = []
      numbers.reserveCapacity(range.count * entry.width)
      for row in range {
        for column in columns { numbers.append(rows.elements[row * rows.columns + column]) }
      }
      let elements: ONNXTensor.Elements
      switch entry.value.type {
      case .string:
        elements = .strings(
          numbers.indices.map { index in
            let feature = features[columns.lowerBound + index % entry.width]
            guard case .category(let levels) = feature.kind, let code = Int(exactly: numbers[index]),
              levels.indices.contains(code)
            else { return "" }
            return levels[code]
          })
      case .double: elements = .doubles(numbers)
      case .float, .float16: elements = .floats(numbers.map { Float($0) })
      case .bool: elements = .booleans(numbers.map { $0 != 0 })
      default: elements = .integers(numbers.map { Int64(clamping: $0) })
      }
      values[entry.value.name] = ONNXTensor(shape: shape, elements: elements)
    }
    return values
  }
}
