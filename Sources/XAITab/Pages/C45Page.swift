import DataFrames
import Learning
import Reports
import Trees

/// The page of a C4.5 tree.
enum C45Page {
  /// The most tests on the way to a node that is drawn, the most branches of a test that are, and the most lines of text.
  private static let depthLimit = 4
  private static let branchLimit = 12
  private static let lineLimit = 150

  /// The page, with the tree drawn by `gnuplot`, and why it lacks the figure; nil where it has it.
  static func page(_ run: C45Run, gnuplot: Gnuplot = Gnuplot()) -> (page: Page, missingFigure: String?) {
    let text = C45Text(run: run)
    var drawing = FigureBlocks(gnuplot)
    let depth = run.tree.depth
    let cut = depth > depthLimit ? " Drawn to a depth of \(depthLimit) of \(depth); the text below goes on." : ""
    drawing.add(
      "Each box asks for the way to go on, or says what its rows are. The bar is the share of the class that is named.\(cut)"
    ) {
      try TreeDiagram(title: "The tree", root: node(run, text, 0, depth: 0)).svg(using: $0)
    }
    let lines = text.tree
    let rest = lines.count > lineLimit ? "\n... \(lines.count - lineLimit) more lines; the text form has them" : ""
    var sections = [
      Section(heading: "The tree", id: "tree", blocks: drawing.blocks),
      Section(
        heading: "The columns", id: "columns",
        blocks: [
          .table(
            Table(
              caption: "Which columns matter to the tree",
              columns: text.importanceHeader.enumerated().map { .init($0.element, isNumeric: $0.offset > 0) },
              rows: run.ranking.map { text.importanceCells($0).map { .init($0) } })), .paragraph(text.importanceNote),
        ]),
      Section(
        heading: "The tree as text", id: "text",
        blocks: [.preformatted(lines.prefix(lineLimit).joined(separator: "\n") + rest)]),
    ]
    if let explained = run.explained { sections.append(.model(explained.trained, target: run.table.targetName)) }
    sections.append(Section(heading: "How this was computed", id: "method", blocks: method(run)))
    let page = Page(
      title: "Decision tree of \(run.responseName)", headline: text.headline,
      alerts: [run.quality.sentence] + (run.explained?.trained.warning.map { [$0] } ?? [])
        + run.warnings.map { $0 + "." } + run.table.source.notes.map { "\($0)" },
      sections: sections,
      provenance: .provenance(
        run.table, seed: run.options.seed, run.explained.map { [Fact("Model", $0.trained.name)] } ?? []))
    return (page, drawing.missing)
  }

  private static func node(_ run: C45Run, _ text: C45Text, _ index: Int, depth: Int) -> TreeDiagram.Node {
    let node = run.tree.nodes[index]
    let says = "\(text.rows(index)), \(NumberText.percent(text.share(index))) \(text.answerClass(index))"
    let detail = run.tree.weight(index) > 0 ? says : "no rows, as before"
    if node.isLeaf {
      return TreeDiagram.Node(title: text.answerClass(index), detail: detail, share: text.share(index))
    }
    let isShown = depth < depthLimit && node.childCount <= branchLimit
    return TreeDiagram.Node(
      title: isShown ? text.name(index) : "\(text.name(index)) ...", detail: detail, share: text.share(index),
      branches: isShown
        ? node.children.enumerated().map { place, child in
          TreeDiagram.Branch(
            answer: text.answer(index, branch: place), node: Self.node(run, text, child, depth: depth + 1))
        } : [])
  }

  private static func method(_ run: C45Run) -> [Block] {
    let pruning =
      run.learner.isPruned
      ? " Branches that are not expected to make fewer errors than a leaf in their place were cut, at confidence "
        + "\(NumberText.exact(run.learner.errors.confidence))." : ""
    return [
      .paragraph(
        "C4.5 (Quinlan, 1993): at each node, of the columns that gain at least the average information, the test with the "
          + "largest gain in proportion to its own information, on \(run.rowCount) rows. A column of categories has a branch for "
          + "each category; a threshold is a number that occurs. A row whose cell is missing goes to every branch, with the branch's "
          + "share of its weight.\(pruning)"), .paragraph(run.quality.sentence),
    ]
  }
}
