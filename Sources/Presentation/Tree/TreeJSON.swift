import DataFrames
import Learning
public import Runs
import Surrogates
import Trees

/// The JSON form of a decision tree, `xai-tab/tree/1`. The nodes are numbered from the root, a parent before its
/// branches.
public struct TreeJSON: HeadedObject, Equatable {
  /// The name and version of the JSON form.
  public static let schema = "xai-tab/tree/1"
  let header: TableHeader
  let body: Body

  struct Body: Codable, Equatable {
    /// The model, if the tree is one of its answers.
    let model: ModelFacts?
    /// `cart` or `c45`.
    let method: String
    let criterion: String
    /// C4.5's confidence of pruning; nil where nothing was pruned.
    let confidence: Double?
    /// What the tree is of, in words.
    let response: String
    /// The classes in their order; nil where the target is a number.
    let classes: [String]?
    let nodes: [Node]
    /// The tested columns that have missing cells.
    let incomplete: [String]
    let importances: [String: JSONNumber]
    let permutationImportances: [String: Permutation]?
    let metrics: [String: [String: JSONNumber]]
    let judged: Judged
    /// What a reader must know, most important first.
    let warnings: [String]
    let pruning: [Pruning]?
    let picture: PictureLayout?

    init(_ run: TreeRun) {
      let quality = run.quality
      model = run.explained.map { ModelFacts($0.trained) }
      method = "cart"
      criterion = "\(run.statistics.criterion)"
      confidence = nil
      response = run.responseName
      classes = run.target.classNames
      nodes = TreeJSON.nodes(run)
      incomplete = run.incompleteColumns
      let names = run.features.map(\.name)
      importances = Dictionary(zip(names, run.impurityShares.map { JSONNumber($0) })) { first, _ in first }
      let permutations = run.importances.map {
        Permutation(importance: JSONNumber($0.difference), standardDeviation: JSONNumber($0.standardDeviation))
      }
      permutationImportances = permutations.isEmpty ? nil : Dictionary(zip(names, permutations)) { first, _ in first }
      metrics = quality.figures
      judged = Judged(quality.judged)
      warnings = run.warnings
      pruning = run.pruning.map { search in
        search.candidates.enumerated().map {
          Pruning(
            alpha: JSONNumber($0.element.alpha), leaves: $0.element.leaves, loss: JSONNumber($0.element.loss),
            standardError: JSONNumber($0.element.standardError), chosen: $0.offset == search.choice)
        }
      }
      picture = PictureLayout(run.table)
    }

    init(_ run: C45Run) {
      model = run.explained.map { ModelFacts($0.trained) }
      method = "c45"
      criterion = "entropy"
      confidence = run.learner.isPruned ? run.learner.errors.confidence : nil
      response = run.responseName
      classes = run.classNames
      nodes = run.tree.nodes.indices.map { TreeJSON.node(run, $0) }
      incomplete = []
      let names = run.table.encoding.features.map(\.name)
      importances = Dictionary(zip(names, run.shares.map { JSONNumber($0) })) { first, _ in first }
      permutationImportances = nil
      metrics = run.quality.figures
      judged = Judged(run.quality.judged)
      warnings = run.warnings
      pruning = nil
      picture = nil
    }
  }

  struct Node: Codable, Equatable {
    let id: Int
    let column: String?
    /// null where the test is whether there is a value.
    let threshold: JSONNumber?
    let branches: [[String]]?
    let children: [Int]?
    /// The child to which missing cells go; nil for C4.5, where they go to all.
    let missing: Int?
    /// Rows; C4.5's missing cells leave parts of rows.
    let count: JSONNumber
    let weight: JSONNumber?
    let impurity: JSONNumber
    /// The shares of the classes; those of the parent where no row came.
    let distribution: [String: JSONNumber]?
    let mean: JSONNumber?
  }

  struct Permutation: Codable, Equatable {
    let importance: JSONNumber
    let standardDeviation: JSONNumber
  }

  struct Pruning: Codable, Equatable {
    let alpha: JSONNumber
    let leaves: Int
    let loss: JSONNumber
    let standardError: JSONNumber
    let chosen: Bool
  }

  /// The rows that the tree is judged on.
  struct Judged: Codable, Equatable {
    /// `heldOut`, `crossValidated`, `split` or `nothing`.
    let by: String
    /// The number of rows, or of folds.
    let count: Int

    init(_ judged: TreeRun.Judged) {
      switch judged {
      case .heldOut(let rows): (by, count) = ("heldOut", rows)
      case .crossValidated(let folds): (by, count) = ("crossValidated", folds)
      case .split(let rows): (by, count) = ("split", rows)
      case .nothing: (by, count) = ("nothing", 0)
      }
    }
  }

  private static func nodes(_ run: TreeRun) -> [Node] {
    let tree = run.tree
    var order: [Int] = []
    var pending = [0]
    while let index = pending.popLast() {
      order.append(index)
      if !tree.nodes[index].isLeaf {
        let child = Int(tree.nodes[index].firstChild)
        pending += [child + 1, child]
      }
    }
    var ids = [Int](repeating: 0, count: tree.nodes.count)
    for (id, index) in order.enumerated() { ids[index] = id }
    return order.map { index in
      let node = tree.nodes[index]
      let statistics = run.statistics.nodes[index]
      let child = Int(node.firstChild)
      let isNumeric = !node.isLeaf && !node.isCategorical
      let names = run.target.classNames
      return Node(
        id: ids[index], column: node.isLeaf ? nil : run.features[run.column(node)].name,
        threshold: isNumeric ? JSONNumber(TreeRun.threshold(node)) : nil,
        branches: node.isCategorical && !node.isLeaf ? [true, false].map { run.branch(node, isLeft: $0) } : nil,
        children: node.isLeaf ? nil : [ids[child], ids[child + 1]],
        missing: node.isLeaf ? nil : ids[node.missingGoesLeft ? child : child + 1],
        count: JSONNumber(Double(statistics.count)), weight: JSONNumber(statistics.weight),
        impurity: JSONNumber(statistics.impurity),
        distribution: names.map {
          Dictionary(zip($0, statistics.values.map { JSONNumber($0) })) { first, _ in first }
        },
        mean: names == nil ? JSONNumber(statistics.values[0]) : nil)
    }
  }

  private static func node(_ run: C45Run, _ index: Int) -> Node {
    let node = run.tree.nodes[index]
    let feature = node.isLeaf ? nil : run.table.encoding.features[Int(node.column)]
    let source = run.answering(index)
    let total = run.tree.weight(source)
    func words(_ branch: Int) -> [String] {
      guard case .category(let levels)? = feature?.kind else { return [] }
      return run.tree.categories(index, branch: branch).map { levels[$0] }
    }
    return Node(
      id: index, column: feature?.name,
      threshold: node.isLeaf || node.isCategorical ? nil : JSONNumber(node.threshold),
      branches: node.isCategorical ? (0..<Int(node.childCount)).map { words($0) } : nil,
      children: node.isLeaf ? nil : Array(node.children), missing: nil, count: JSONNumber(run.tree.weight(index)),
      weight: nil, impurity: JSONNumber(run.entropies[index]),
      distribution: Dictionary(
        zip(run.classNames, run.tree.classWeights(source).map { JSONNumber($0 / total) })
      ) { first, _ in first }, mean: nil)
  }
}

extension TreeJSON {
  /// What a reader must know, most important first.
  public var warnings: [String] { body.warnings }

  /// The object of a tree.
  public init(_ run: TreeRun) {
    self.init(header: TableHeader(Self.schema, run.table, seed: run.request.run.seed), body: Body(run))
  }

  /// The object of a C4.5 tree.
  public init(_ run: C45Run) {
    self.init(header: TableHeader(Self.schema, run.table, seed: run.options.seed), body: Body(run))
  }
}

extension TreeQuality {
  /// The figures by the rows they come from.
  var figures: [String: [String: JSONNumber]] {
    var result = ["train": ModelFacts.dictionary(onTraining)]
    switch judged {
    case .heldOut, .split: result["heldOut"] = ModelFacts.dictionary(onOthers)
    case .crossValidated: result["crossValidated"] = ModelFacts.dictionary(onOthers)
    case .nothing: break
    }
    if isOfModel {
      let name = onOthers.first?.name ?? ""
      func fidelity(_ metrics: [Metric]) -> JSONNumber { JSONNumber(metrics.first { $0.name == name }?.value ?? .nan) }
      result["fidelity"] = ["train": fidelity(onTraining), "heldOut": fidelity(onOthers)]
      result["actual"] = ModelFacts.dictionary(actualOnOthers)
    }
    return result
  }
}
