import DataFrames
import Tensors
import Trees

/// Trees of a graph as trees over the user's columns, where that can be.
struct TreeReading {
  /// The trees.
  let ensemble: TreeEnsemble
  /// The node that they are from.
  let model: TreeModel

  /// Reads the trees of the node at a place, whose input each column must be a function of one of the user's; nil where
  /// it is not.
  /// - Throws: `ONNXError` where the graph cannot be run.
  init?(_ evaluator: GraphEvaluator, node place: Int, inputs: ModelInputs, features: [Feature]) throws {
    guard let model = evaluator.treeModels[place], let name = evaluator.graph.nodes[place].inputs.first,
      let origins = ColumnOrigins(evaluator.graph, inputs: inputs).origins[name], model.trees.width <= origins.count
    else { return nil }
    let given = inputs.entries.map(\.value.type)
    // In double precision a test may part numbers that are the same in single precision.
    let isSingle = !given.contains(.double)
    let needed = evaluator.graph.needed(for: name)
    let before = (0..<place).filter { needed[$0] }
    let probe = Probe(
      evaluator: evaluator, nodes: before, name: name, inputs: inputs, features: features, width: origins.count)
    // The value of each column for each category, and for missing cells in the last row.
    let levels = features.map { $0.levelCount ?? 0 }.max() ?? 0
    var cells = Matrix(rows: levels + 1, columns: features.count, repeating: .nan)
    for (column, feature) in features.enumerated() {
      for level in 0..<(feature.levelCount ?? 0) { cells[level, column] = Double(level) }
    }
    let (values, isDouble) = try probe.values(cells)
    guard !isDouble || isSingle else { return nil }
    func value(_ row: Int, _ column: Int) -> Float { values[row * origins.count + column] }
    var thresholds = [Set<Float>](repeating: [], count: origins.count)
    for node in model.trees.nodes where node.mode != .leaf && Int(node.column) < origins.count {
      guard let origin = origins[Int(node.column)] else { return nil }
      if features[origin.column].levelCount != nil || origin.isItself { continue }
      guard origin.isMonotone, isSingle else { return nil }
      thresholds[Int(node.column)].insert(TreeTranslation.largest(node.threshold, below: false))
      thresholds[Int(node.column)].insert(TreeTranslation.largest(node.threshold, below: true))
    }
    let bounds = try probe.bounds(origins, thresholds)
    var translation = TreeTranslation(
      origins.enumerated().map { column, origin in
        guard let origin else { return .number(column: 0) }
        if let count = features[origin.column].levelCount {
          return .categories(
            column: origin.column, values: (0..<count).map { value($0, column) }, missing: value(levels, column))
        }
        if origin.isItself { return .number(column: origin.column) }
        return .function(
          column: origin.column, isRising: bounds[column].isRising, bounds: bounds[column].bounds,
          missing: value(levels, column))
      }, nodeCount: model.trees.nodes.count)
    guard let ensemble = translation.ensemble(model.trees, columnCount: features.count) else { return nil }
    self.ensemble = ensemble
    self.model = model
  }
}

/// Runs the part of a graph before its trees on chosen cells.
private struct Probe {
  let evaluator: GraphEvaluator
  let nodes: [Int]
  let name: String
  let inputs: ModelInputs
  let features: [Feature]
  let width: Int

  /// The trees' columns for some rows, `[rows, width]`, and whether they are in double precision.
  func values(_ rows: Matrix) throws -> ([Float], isDouble: Bool) {
    let given = inputs.values(rows, 0..<rows.rows, features: features)
    guard let result = try evaluator.run(nodes: nodes, given: given, wanted: [name])[name],
      result.count == rows.rows * width
    else { throw ONNXError.malformed("\"\(name)\" is of another shape than its columns make") }
    if case .doubles = result.elements { return (try result.floats(), true) }
    return (try result.floats(), false)
  }

  struct Bounds {
    var isRising = true
    var bounds: [Float: Float] = [:]
  }

  /// For each of the trees' columns and each of its thresholds the largest number of the user's for which a rising
  /// function is at most the threshold, or a falling one above it: by halving the order of all single-precision
  /// numbers, all thresholds at once.
  func bounds(_ origins: [ColumnOrigins.Origin?], _ thresholds: [Set<Float>]) throws -> [Bounds] {
    var result = [Bounds](repeating: Bounds(), count: origins.count)
    let searched = origins.indices.filter { !thresholds[$0].isEmpty }
    if searched.isEmpty { return result }
    // Each of the user's columns gets rows of its own for every threshold of all that is made of it.
    var first = [Int](repeating: 0, count: origins.count)
    var rowCounts = [Int](repeating: 0, count: features.count)
    let lists = thresholds.map { $0.sorted() }
    for column in searched {
      guard let user = origins[column]?.column else { continue }
      first[column] = rowCounts[user]
      rowCounts[user] += lists[column].count
    }
    var cells = Matrix(rows: max(2, rowCounts.max() ?? 0), columns: features.count, repeating: 0)
    for column in 0..<features.count {
      cells[0, column] = Double(-Float.greatestFiniteMagnitude)
      cells[1, column] = Double(Float.greatestFiniteMagnitude)
    }
    let (ends, _) = try values(cells)
    for column in searched { result[column].isRising = ends[column] <= ends[width + column] }
    let least = Self.rank(-.infinity)
    let greatest = Self.rank(.infinity)
    var low = lists.map { $0.map { _ in least - 1 } }
    var high = lists.map { $0.map { _ in greatest } }
    while true {
      var isDone = true
      for column in searched {
        guard let user = origins[column]?.column else { continue }
        for index in lists[column].indices {
          if low[column][index] < high[column][index] { isDone = false }
          let middle = low[column][index] + (high[column][index] - low[column][index] + 1) / 2
          cells[first[column] + index, user] = Double(Self.number(max(least, middle)))
        }
      }
      if isDone { break }
      let (found, _) = try values(cells)
      for column in searched {
        for index in lists[column].indices where low[column][index] < high[column][index] {
          let middle = low[column][index] + (high[column][index] - low[column][index] + 1) / 2
          let isAtMost = found[(first[column] + index) * width + column] <= lists[column][index]
          if isAtMost == result[column].isRising {
            low[column][index] = middle
          } else {
            high[column][index] = middle - 1
          }
        }
      }
    }
    for column in searched {
      for (index, threshold) in lists[column].enumerated() {
        // Below all numbers: not even the least one is at most the threshold.
        let rank = low[column][index]
        result[column].bounds[threshold] = rank < least ? -.infinity : Self.number(rank)
      }
    }
    return result
  }

  /// The place of a number in the order of all single-precision numbers, the two zeros apart.
  private static func rank(_ number: Float) -> Int {
    let bits = Int(number.bitPattern & 0x7fff_ffff)
    return number.sign == .minus ? -bits - 1 : bits
  }

  private static func number(_ rank: Int) -> Float {
    rank >= 0 ? Float(bitPattern: UInt32(rank)) : Float(bitPattern: UInt32(-rank - 1) | 0x8000_0000)
  }
}
