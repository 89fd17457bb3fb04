import DataFrames
import Learning
import Trees

/// The text form of a C4.5 tree, and the words for its tests that other forms share.
struct C45Text {
  let run: C45Run

  /// The form for a terminal, with at most `limit` columns by their shares.
  func text(limit: Int) -> String {
    var lines = [Terminal.oneLine(run.quality.sentence), Terminal.oneLine(headline), ""]
    lines += tree
    lines.append("")
    let shown = run.ranking.prefix(limit)
    if !shown.isEmpty {
      lines += TextTable.aligned([importanceHeader] + shown.map { importanceCells($0) })
      if shown.count < run.ranking.count {
        lines.append("... and \(run.ranking.count - shown.count) more (--top all).")
      }
      lines += [importanceNote, ""]
    }
    if let explained = run.explained { lines.append(LimeText.modelLine(explained.trained)) }
    if let warning = run.explained?.trained.warning { lines.append("Beware: \(warning)") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The tree in a sentence.
  var headline: String {
    let first = run.tree.nodes[0].isLeaf ? "" : " The first test is on \(name(0))."
    let grown =
      run.learner.isPruned ? "pruned at confidence \(NumberText.exact(run.learner.errors.confidence))" : "unpruned"
    return "Decision tree of \(run.responseName) (C4.5, \(grown)), \(run.rowCount) rows: "
      + "\(DataFrame.counted(run.tree.leafCount, "leaf", "leaves")), depth \(run.tree.depth)." + first
  }

  /// The tree, a line for each branch and each leaf.
  var tree: [String] {
    var lines: [String] = []
    var waiting: [(node: Int, depth: Int, condition: String?)] = [(0, 0, nil)]
    while let (index, depth, condition) = waiting.popLast() {
      if let condition { lines.append(indent(depth - 1) + Terminal.oneLine(condition)) }
      let node = run.tree.nodes[index]
      if node.isLeaf { lines.append(indent(depth) + Terminal.oneLine(leaf(index))) }
      for (place, child) in node.children.enumerated().reversed() {
        waiting.append((child, depth + 1, self.condition(index, branch: place)))
      }
    }
    return lines
  }

  private func indent(_ depth: Int) -> String { String(repeating: "|   ", count: depth) + "|--- " }

  /// The name of the column that a node tests.
  func name(_ index: Int) -> String { run.table.encoding.features[Int(run.tree.nodes[index].column)].name }

  /// The condition of one branch of a test.
  func condition(_ index: Int, branch: Int) -> String {
    "\(name(index)) \(answer(index, branch: branch))"
  }

  /// The condition of one branch of a test without the column's name.
  func answer(_ index: Int, branch: Int) -> String {
    let node = run.tree.nodes[index]
    if !node.isCategorical { return "\(branch == 0 ? "<=" : ">") \(NumberText.exact(node.threshold))" }
    let words = words(index, branch: branch).map { TreeText.quoted($0) }
    return words.count == 1 ? "= \(words[0])" : "in {\(words.joined(separator: ", "))}"
  }

  /// The categories of one branch of a test.
  func words(_ index: Int, branch: Int) -> [String] {
    guard case .category(let levels) = run.table.encoding.features[Int(run.tree.nodes[index].column)].kind else {
      return []
    }
    return run.tree.categories(index, branch: branch).map { levels[$0] }
  }

  /// The class that a leaf says.
  func answerClass(_ index: Int) -> String { run.classNames[run.tree.majority(run.answering(index))] }

  /// The share of that class.
  func share(_ index: Int) -> Double {
    let source = run.answering(index)
    let weights = run.tree.classWeights(source)
    return weights[weights.startIndex + run.tree.majority(source)] / run.tree.weight(source)
  }

  /// How many rows there are at a node; missing cells leave parts of rows.
  func rows(_ index: Int) -> String {
    let weight = run.tree.weight(index)
    return "\(NumberText.significant(weight, max(3, "\(Int(weight))".count + 1))) \(weight == 1 ? "row" : "rows")"
  }

  /// What a leaf says.
  func leaf(_ index: Int) -> String {
    let facts =
      run.tree.weight(index) > 0 ? "\(rows(index)), \(NumberText.percent(share(index)))" : "no rows, as above"
    return "class: \(answerClass(index)) (\(facts))"
  }

  /// The names of the columns of the table of shares.
  var importanceHeader: [String] { ["Column", "Entropy share"] }

  /// The cells of one column.
  func importanceCells(_ column: Int) -> [String] {
    [run.table.encoding.features[column].name, NumberText.significant(run.shares[column], 3)]
  }

  /// What the shares are.
  var importanceNote: String {
    "Entropy share: of the decrease of the classes' entropy on the rows the tree was grown on that tests of the column bring."
  }
}
