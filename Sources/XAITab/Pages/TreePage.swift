import DataFrames
import Learning
import Reports
import Trees

/// The page of a decision tree.
struct TreePage {
  /// The page.
  let page: Page
  /// Why it lacks a figure; nil where it has all.
  let missingFigure: String?

  /// The most tests on the way to a node that is drawn, and the most nodes at which drawing goes on.
  private static let depthLimit = 4
  private static let rowLimit = 200
  private static let lineLimit = 150

  /// The page, with its figures drawn by `gnuplot`.
  init(_ run: TreeRun, gnuplot: Gnuplot = Gnuplot()) {
    let text = TreeText(run: run)
    var drawing = FigureBlocks(gnuplot)
    let cut =
      text.depth > Self.depthLimit
      ? " Drawn to a depth of \(Self.depthLimit) of \(text.depth); the text below goes on." : ""
    let bar =
      run.target.classNames == nil
      ? "The bar is the mean's place between the least and the greatest mean."
      : "The bar is the share of the class that is named."
    drawing.add("Each box asks for the way to go on, or says what its rows are. \(bar)\(cut)") {
      try TreeDiagram(title: "The tree", root: Self.node(run, text, 0, depth: 0)).svg(using: $0)
    }
    var figures = FigureBlocks(gnuplot)
    for (title, values) in [("Share of the impurity's decrease of each pixel", run.impurityShares)] {
      if let map = PixelMap(run.table, title: title, values: values) {
        figures.add("\(title): the darker, the more; white has none.") { try map.svg(using: $0) }
      }
    }
    let ranking = run.ranking.prefix(Self.rowLimit)
    figures.blocks.append(
      .table(
        Table(
          caption: "Which columns matter to the tree",
          columns: text.importanceHeader.enumerated().map { .init($0.element, isNumeric: $0.offset > 0) },
          rows: ranking.map { text.importanceCells($0).map { .init($0) } })))
    figures.blocks.append(.paragraph(text.importanceNote))
    let lines = text.text(limit: 0).split(separator: "\n").filter { $0.hasPrefix("|") }
    let listing = lines.prefix(Self.lineLimit).joined(separator: "\n")
    let rest =
      lines.count > Self.lineLimit ? "\n... \(lines.count - Self.lineLimit) more lines; the text form has them" : ""
    var sections = [
      Section(heading: "The tree", id: "tree", blocks: drawing.blocks),
      Section(heading: "The columns", id: "columns", blocks: figures.blocks),
      Section(heading: "The tree as text", id: "text", blocks: [.preformatted(listing + rest)]),
    ]
    if let explained = run.explained { sections.append(.model(explained.trained, target: run.table.targetName)) }
    sections.append(Self.method(run, text))
    missingFigure = drawing.missing ?? figures.missing
    page = Page(
      title: "Decision tree of \(run.responseName)", headline: text.headline,
      alerts: [text.judgement] + (run.explained?.trained.warning.map { [$0] } ?? []) + run.warnings.map { $0 + "." }
        + run.table.source.notes.map { "\($0)" },
      sections: sections,
      provenance: .provenance(
        run.table, seed: run.request.run.seed, run.explained.map { [Fact("Model", $0.trained.name)] } ?? []))
  }

  private static func node(_ run: TreeRun, _ text: TreeText, _ index: Int, depth: Int) -> TreeDiagram.Node {
    let node = run.tree.nodes[index]
    let statistics = run.statistics.nodes[index]
    let rows = DataFrame.counted(statistics.count, "row", "rows")
    let detail: String
    let share: Double
    if let names = run.target.classNames {
      let best = text.majority(statistics)
      detail = "\(rows), \(NumberText.percent(statistics.values[best])) \(names[best])"
      share = statistics.values[best]
    } else {
      let means = run.statistics.nodes.map { $0.values[0] }
      let (least, greatest) = (means.min() ?? 0, means.max() ?? 0)
      detail = "\(rows), mean \(NumberText.significant(statistics.values[0], 3))"
      share = greatest > least ? (statistics.values[0] - least) / (greatest - least) : 0
    }
    if node.isLeaf {
      let title =
        run.target.classNames.map { $0[text.majority(statistics)] }
        ?? NumberText.significant(statistics.values[0], 4)
      return TreeDiagram.Node(title: title, detail: detail, share: share)
    }
    let name = run.features[text.column(node)].name
    let isShown = depth < depthLimit
    return TreeDiagram.Node(
      title: isShown ? name : "\(name) ...", detail: detail, share: share,
      branches: isShown
        ? (0..<2).map { side in
          let condition = text.condition(index, isLeft: side == 0)
          let answer = condition.hasPrefix(name + " ") ? String(condition.dropFirst(name.count + 1)) : condition
          return TreeDiagram.Branch(
            answer: answer, node: Self.node(run, text, Int(node.firstChild) + side, depth: depth + 1))
        } : [])
  }

  private static func method(_ run: TreeRun, _ text: TreeText) -> Section {
    var blocks: [Block] = [
      .paragraph(
        "CART: at each node the test of one column that decreases \(text.criterionName) most, on \(run.statistics.nodes[0].count) "
          + "rows. Numbers are compared as single-precision values; categories are split in two sets of words; a missing cell goes "
          + "to the side where such cells fit better."),
      .paragraph(text.judgement),
    ]
    if let pruning = text.pruning { blocks.append(.paragraph(pruning)) }
    return Section(heading: "How this was computed", id: "method", blocks: blocks)
  }
}
