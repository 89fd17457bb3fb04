public import DataFrames
public import Trees

extension ONNXModel {
  /// A forest as a graph over the user's raw columns.
  ///
  /// Numbers go to the trees as they are. Each set of categories that any node tests becomes a column of 0 (goes left)
  /// and 1, looked up by the word. All is compared and summed in double precision, so that the trees, whose thresholds
  /// are single-precision numbers, send each row to the same leaves.
  /// - Parameters:
  ///   - ensemble: the trees.
  ///   - features: the user's columns.
  ///   - classNames: the classes' names; nil for a number.
  ///   - metadata: what else the file says.
  /// - Throws: `ONNXError.tooLarge` where the sets of categories are too many.
  /// - Complexity: O(nodes + categories · different sets)
  public init(
    _ ensemble: TreeEnsemble, features: [Feature], classNames: [String]?, metadata: [String: String]
  ) throws {
    var builder = GraphBuilder(features)
    let sets = try CategorySets(ensemble, features: features)
    var parts = sets.numberColumns.isEmpty ? [] : [builder.concatenate(sets.numberColumns.map { features[$0].name })]
    for (column, table) in sets.tables { parts.append(builder.lookUp(column, in: table)) }
    if parts.isEmpty {
      // No tree has a test; the operator wants an input all the same.
      let first = features[0]
      parts = [
        first.levelCount.map { builder.lookUp(0, in: ONNXTensor([$0 + 1, 1], [Float](repeating: 0, count: $0 + 1))) }
          ?? first.name
      ]
    }
    let input = builder.cast(builder.concatenate(parts), to: .double)
    var lists = NodeLists()
    for (number, tree) in ensemble.trees.enumerated() {
      for (index, node) in tree.nodes.enumerated() {
        lists.add(
          node, of: tree, tree: number, index: index,
          input: node.isLeaf ? 0 : sets.input(of: node, tree: number, index: index),
          outputs: ensemble.outputs)
      }
    }
    let result = builder.add(
      "TreeEnsembleRegressor", [input], lists.attributes(outputs: ensemble.outputs), isClassic: true, as: "trees")
    if let classNames {
      builder.finish(probabilities: result, classNames: classNames)
    } else {
      builder.finish(value: result)
    }
    self = builder.model(metadata: metadata)
  }
}

/// The different sets of categories that an ensemble's nodes test, and the inputs of its trees.
private struct CategorySets {
  private struct Key: Hashable {
    let column: Int
    let words: ArraySlice<UInt64>
    let missingGoesLeft: Bool
  }

  /// The columns of numbers that the trees use, whose inputs come first.
  let numberColumns: [Int]
  /// For each column of categories that they use a table, a row a category and one for missing cells, a column a set.
  let tables: [(column: Int, table: ONNXTensor)]
  private let ensemble: TreeEnsemble
  private let inputs: [Int]
  private let places: [Key: Int]
  private let features: [Feature]

  init(_ ensemble: TreeEnsemble, features: [Feature]) throws {
    self.ensemble = ensemble
    self.features = features
    numberColumns = ensemble.columns.filter { features[$0].levelCount == nil }
    var sets: [Int: [Key]] = [:]
    var seen: Set<Key> = []
    for tree in ensemble.trees {
      for node in tree.nodes where !node.isLeaf && node.isCategorical {
        let key = Self.key(node, of: tree, ensemble, features)
        if seen.insert(key).inserted { sets[key.column, default: []].append(key) }
      }
    }
    var tables: [(Int, ONNXTensor)] = []
    var places: [Key: Int] = [:]
    var next = numberColumns.count
    var size = 0
    for column in ensemble.columns {
      guard let levels = features[column].levelCount, let keys = sets[column] else { continue }
      size += (levels + 1) * keys.count
      guard size <= 1 << 26 else {
        throw ONNXError.tooLarge(
          "the sets of categories that the trees tell apart, such as of \"\(features[column].name)\",")
      }
      var table = [Float](repeating: 1, count: (levels + 1) * keys.count)
      for (place, key) in keys.enumerated() {
        for level in 0..<levels where key.words[key.words.startIndex + level >> 6] >> UInt64(level & 63) & 1 != 0 {
          table[level * keys.count + place] = 0
        }
        if key.missingGoesLeft { table[levels * keys.count + place] = 0 }
        places[key] = next + place
      }
      next += keys.count
      tables.append((column, ONNXTensor([levels + 1, keys.count], table)))
    }
    self.tables = tables
    self.places = places
    var inputs = [Int](repeating: 0, count: features.count)
    for (place, column) in numberColumns.enumerated() { inputs[column] = place }
    self.inputs = inputs
  }

  private static func key(_ node: Tree.Node, of tree: Tree, _ ensemble: TreeEnsemble, _ features: [Feature]) -> Key {
    let column = ensemble.columns[Int(node.slot)]
    let words = ((features[column].levelCount ?? 0) + 63) / 64
    return Key(
      column: column, words: tree.categorySets[node.setOffset..<node.setOffset + words],
      missingGoesLeft: node.missingGoesLeft)
  }

  /// The trees' input that a node tests.
  func input(of node: Tree.Node, tree: Int, index: Int) -> Int {
    guard node.isCategorical else { return inputs[ensemble.columns[Int(node.slot)]] }
    return places[Self.key(node, of: ensemble.trees[tree], ensemble, features)] ?? 0
  }
}

/// The lists in which the operator has its nodes.
private struct NodeLists {
  private var trees: [Int64] = []
  private var numbers: [Int64] = []
  private var columns: [Int64] = []
  private var modes: [String] = []
  private var thresholds: [Double] = []
  private var left: [Int64] = []
  private var right: [Int64] = []
  private var missing: [Int64] = []
  private var leafTrees: [Int64] = []
  private var leafNumbers: [Int64] = []
  private var leafOutputs: [Int64] = []
  private var weights: [Double] = []

  mutating func add(_ node: Tree.Node, of tree: Tree, tree number: Int, index: Int, input: Int, outputs: Int) {
    trees.append(Int64(number))
    numbers.append(Int64(index))
    columns.append(Int64(input))
    modes.append(node.isLeaf ? "LEAF" : "BRANCH_LEQ")
    // A set's column is 0 where the category goes left.
    thresholds.append(node.isLeaf ? 0 : node.isCategorical ? 0.5 : Double(node.threshold))
    left.append(node.isLeaf ? 0 : Int64(node.firstChild))
    right.append(node.isLeaf ? 0 : Int64(node.firstChild) + 1)
    missing.append(!node.isLeaf && node.missingGoesLeft ? 1 : 0)
    guard node.isLeaf else { return }
    for output in 0..<outputs {
      leafTrees.append(Int64(number))
      leafNumbers.append(Int64(index))
      leafOutputs.append(Int64(output))
      weights.append(tree.leafValues[node.leaf * outputs + output])
    }
  }

  func attributes(outputs: Int) -> [String: ONNXAttribute] {
    [
      "n_targets": .integer(Int64(outputs)), "aggregate_function": .string("AVERAGE"),
      "post_transform": .string("NONE"), "nodes_treeids": .integers(trees), "nodes_nodeids": .integers(numbers),
      "nodes_featureids": .integers(columns), "nodes_modes": .strings(modes),
      "nodes_values_as_tensor": .tensor(ONNXTensor(shape: [thresholds.count], elements: .doubles(thresholds))),
      "nodes_truenodeids": .integers(left), "nodes_falsenodeids": .integers(right),
      "nodes_missing_value_tracks_true": .integers(missing), "target_treeids": .integers(leafTrees),
      "target_nodeids": .integers(leafNumbers), "target_ids": .integers(leafOutputs),
      "target_weights_as_tensor": .tensor(ONNXTensor(shape: [weights.count], elements: .doubles(weights))),
    ]
  }
}
