import DataFrames
import Learning
import Runs

/// The text form of a decision tree, and the words for its tests that its page shares.
public struct TreeText {
  let result: TreeJSON

  /// The text of a result.
  public init(result: TreeJSON) {
    self.result = result
  }

  /// The depth below which the text form of a CART tree says only how deep a branch goes on, as scikit-learn's
  /// `export_text` has it.
  private static let depthLimit = 10

  /// The most words of a set that are shown; the JSON form has all of them.
  private static let wordLimit = 12

  private var isC45: Bool { result.method == "c45" }

  /// The text, with so many columns of the list of importances at most.
  public func text(limit: Int) -> String {
    var lines = [OneLine.text(judgement), OneLine.text(headline)]
    if let pruning { lines.append(pruning) }
    lines.append("")
    lines += tree
    lines.append("")
    lines += importanceLines(limit)
    if let model = result.model { lines.append(ModelText.line(model)) }
    if let warning = result.model?.warning { lines.append("Beware: \(warning)") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The tree in a sentence.
  var headline: String {
    let root = result.nodes.first?.column.map { " The first test is on \($0)." } ?? ""
    let rows = rows(0)
    let leaves = Plural.text(result.nodes.count { $0.children == nil }, "leaf", "leaves")
    let size = "\(rows): \(leaves), depth \(depth)."
    if isC45 {
      let grown = result.confidence.map { "pruned at confidence \(NumberText.exact($0))" } ?? "unpruned"
      return "Decision tree of \(result.response) (C4.5, \(grown)), \(size)" + root
    }
    let first =
      ranking.first.map { column in
        " \(column) has the largest share of the impurity's decrease, \(NumberText.percent(share(column)))."
      } ?? ""
    return "Decision tree of \(result.response) (\(criterionName)), \(size)" + root + first
  }

  /// How well the tree does, and on which rows.
  var judgement: String {
    func metrics(_ name: String) -> String {
      MetricText.list(ModelFacts.metrics(result.metrics[name] ?? [:]))
    }
    let others =
      switch result.judged.by {
      case "heldOut": "on \(result.judged.count) held-out rows \(metrics("heldOut"))"
      case "crossValidated": "in \(result.judged.count)-fold cross-validation \(metrics("crossValidated"))"
      case "split": "on \(result.judged.count) rows, by a tree grown without them, \(metrics("heldOut"))"
      default: "no other rows to measure it on"
      }
    let first =
      ModelFacts.metrics(result.metrics["train"] ?? [:]).first.map {
        "\(MetricText.name($0.name)) \(NumberText.significant($0.value, 3))"
      } ?? ""
    if result.model == nil { return "Quality: \(others); on the rows it was grown on \(first)." }
    let actual =
      result.metrics["actual"]?.isEmpty ?? true
      ? "" : " Against the data's own \(result.data.target ?? "target") there: \(metrics("actual"))."
    return "Fidelity to the model: \(others); on the rows it was grown on \(first).\(actual)"
  }

  /// What pruning chose; nil where there was none.
  var pruning: String? {
    guard let candidates = result.pruning, let full = candidates.first,
      let chosen = candidates.first(where: { $0.chosen })
    else { return nil }
    return
      "Pruned from \(full.leaves) to \(chosen.leaves) leaves (alpha \(NumberText.significant(chosen.alpha.value, 3))): "
      + "the smallest tree within one standard error of the least cross-validated error, "
      + "\(NumberText.significant(chosen.loss.value, 3)) against \(NumberText.significant(full.loss.value, 3)) "
      + "unpruned."
  }

  /// What the tests decrease.
  var criterionName: String {
    switch result.criterion {
    case "gini": "Gini impurity"
    case "entropy": "entropy"
    case "variance": "variance"
    default: result.criterion
    }
  }

  /// The greatest number of tests on the way to a leaf.
  var depth: Int { depth(from: 0) }

  private func depth(from index: Int) -> Int {
    var depths = [index: 0]
    var greatest = 0
    // Children come after their parents.
    for node in result.nodes[index...] {
      guard let own = depths.removeValue(forKey: node.id) else { continue }
      greatest = max(greatest, own)
      for child in node.children ?? [] { depths[child] = own + 1 }
    }
    return greatest
  }

  /// The tree, a line for each branch and each leaf.
  var tree: [String] {
    var lines: [String] = []
    var waiting: [(node: Int, depth: Int, condition: String?)] = [(0, 0, nil)]
    while let (index, depth, condition) = waiting.popLast() {
      if let condition { lines.append(indent(depth - 1) + OneLine.text(condition)) }
      let node = result.nodes[index]
      guard let children = node.children else {
        lines.append(indent(depth) + OneLine.text(leaf(index)))
        continue
      }
      if !isC45, depth > Self.depthLimit {
        lines.append(indent(depth) + "truncated branch of depth \(self.depth(from: index))")
        continue
      }
      for (place, child) in children.enumerated().reversed() {
        waiting.append((child, depth + 1, self.condition(index, branch: place)))
      }
    }
    return lines
  }

  private func indent(_ depth: Int) -> String { String(repeating: "|   ", count: depth) + "|--- " }

  /// What a leaf says.
  func leaf(_ index: Int) -> String {
    guard let name = majority(index) else {
      return "value: \(NumberText.significant(result.nodes[index].mean?.value ?? .nan, 4)) (\(rows(index)))"
    }
    let facts =
      isC45 && result.nodes[index].count.value == 0
      ? "no rows, as above" : "\(rows(index)), \(NumberText.percent(share(index)))"
    return "class: \(name) (\(facts))"
  }

  /// How many rows there are at a node.
  func rows(_ index: Int) -> String {
    let count = result.nodes[index].count.value
    let digits = max(3, NumberText.exact(count.rounded(.down)).count + 1)
    return "\(NumberText.significant(count, digits)) \(count == 1 ? "row" : "rows")"
  }

  /// The commonest class of a node, the first among equals; nil where the target is a number.
  func majority(_ index: Int) -> String? {
    guard let shares = result.nodes[index].distribution else { return nil }
    var best: (name: String, share: Double)?
    for name in result.classes ?? shares.keys.sorted() {
      // Parts of rows leave the last digits of equal shares unequal.
      if let share = shares[name]?.value, best.map({ share > $0.share + 1e-9 }) ?? true { best = (name, share) }
    }
    return best?.name
  }

  /// The share of that class.
  func share(_ index: Int) -> Double {
    majority(index).flatMap { result.nodes[index].distribution?[$0]?.value } ?? .nan
  }

  /// The condition of one branch of a test, with the missing cells that go there.
  func condition(_ index: Int, branch: Int) -> String {
    "\(result.nodes[index].column ?? "?") \(answer(index, branch: branch))"
  }

  /// The condition of one branch of a test without the column's name.
  func answer(_ index: Int, branch: Int) -> String {
    let node = result.nodes[index]
    let goesHere = node.children.map { $0.indices.contains(branch) && $0[branch] == node.missing } ?? false
    let missing = goesHere && node.column.map { result.incomplete.contains($0) } ?? false ? " or missing" : ""
    if let branches = node.branches {
      let words = branches.indices.contains(branch) ? branches[branch] : []
      if isC45, words.count == 1 { return "= \(Self.quoted(words[0]))" }
      var shown = words.map { Self.quoted($0) }
      if shown.count > Self.wordLimit + 1 {
        shown.replaceSubrange(Self.wordLimit..., with: ["and \(shown.count - Self.wordLimit) more"])
      }
      return "in {\(shown.joined(separator: ", "))}\(missing)"
    }
    guard let threshold = node.threshold?.value, threshold.isFinite else {
      return branch == 0 ? "has a value" : "is missing"
    }
    return "\(branch == 0 ? "<=" : ">") \(NumberText.exact(threshold))\(missing)"
  }

  /// A word as it stands in a set: in quotes where it is not plain.
  static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-".utf8.contains(byte)
      }
    return isPlain
      ? word : "\"" + word.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// The share of the impurity's decrease that tests of a column bring.
  func share(_ column: String) -> Double { result.importances[column]?.value ?? 0 }

  /// The columns that the tree tests, the largest share of the decrease of impurity first.
  var ranking: [String] {
    result.importances.filter { $0.value.value > 0 }.sorted {
      ($1.value.value, $0.key) < ($0.value.value, $1.key)
    }.map(\.key)
  }

  /// The names of the columns of the table of importances.
  var importanceHeader: [String] {
    isC45 ? ["Column", "Entropy share"] : ["Column", "Permutation", "Std. dev.", "Impurity share"]
  }

  /// The cells of one column.
  func importanceCells(_ column: String) -> [String] {
    let share = NumberText.significant(share(column), 3)
    if isC45 { return [column, share] }
    guard let all = result.permutationImportances, let own = all[column] else { return [column, "", "", share] }
    let decimals = NumberText.decimals(of: all.values.map(\.importance.value.magnitude).max() ?? 0, digits: 3)
    return [
      column, NumberText.fixed(own.importance.value, decimals: decimals),
      NumberText.fixed(own.standardDeviation.value, decimals: decimals), share,
    ]
  }

  private func importanceLines(_ limit: Int) -> [String] {
    let ranking = ranking
    guard !ranking.isEmpty else { return [] }
    let shown = ranking.prefix(limit)
    var lines = TextTable.aligned([importanceHeader] + shown.map { importanceCells($0) })
    if shown.count < ranking.count { lines.append("... and \(ranking.count - shown.count) more (--top all).") }
    return lines + [importanceNote, ""]
  }

  /// What the importances are.
  var importanceNote: String {
    if isC45 {
      return
        "Entropy share: of the decrease of the classes' entropy on the rows the tree was grown on that tests of the "
        + "column bring."
    }
    let score = MetricText.name(result.classes == nil ? Score.r2.name : Score.accuracy.name)
    let permutation =
      switch result.judged.by {
      case "heldOut": "how much \(score) falls on the held-out rows when the column is permuted"
      case "crossValidated", "split":
        "how much \(score) falls on rows that the trees were grown without when the column is permuted"
      default: "not measured, as there are no other rows"
      }
    return
      "Permutation: \(permutation). Impurity share: of the decrease on the rows the tree was grown on; it favours "
      + "columns with many values."
  }
}
