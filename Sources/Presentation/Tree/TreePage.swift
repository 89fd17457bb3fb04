import Learning
public import Reports

extension TreeJSON: PagedResult {
  /// The most tests on the way to a node that is drawn, and the most branches of a test that are.
  private static let depthLimit = 4
  private static let branchLimit = 12
  /// The most columns that are listed, and the most lines of text.
  private static let rowLimit = 200
  private static let lineLimit = 150

  /// The page of the result.
  public func page(_ figures: inout Figures) -> Page {
    let text = TreeText(result: self)
    var sections = [
      Section(heading: "The tree", id: "tree", blocks: treeBlocks(&figures)),
      Section(heading: "The columns", id: "columns", blocks: columnBlocks(&figures)),
      Section(heading: "The tree as text", id: "text", blocks: textBlocks),
    ]
    if let model = body.model { sections.append(.model(model, target: data.target ?? "")) }
    sections.append(Section(heading: "How this was computed", id: "method", blocks: methodBlocks))
    return Page(
      title: "Decision tree of \(body.response)", headline: text.headline,
      alerts: [text.judgement] + pageAlerts(body.model, body.warnings),
      sections: sections,
      provenance: .provenance(header, body.model))
  }

  /// What is wrong with a result that was read; nil where nothing is.
  public var problem: String? {
    if body.nodes.isEmpty { return "the tree has no node" }
    var isReached = Set([0])
    for (place, node) in body.nodes.enumerated() {
      guard node.id == place, isReached.contains(place) else { return "node \(place) is not where it should be" }
      for child in node.children ?? [] {
        guard child > place, child < body.nodes.count, isReached.insert(child).inserted else {
          return "node \(place) has the impossible child \(child)"
        }
      }
      if let children = node.children, children.isEmpty || node.column == nil {
        return "node \(place) has no test or no branch"
      }
    }
    return nil
  }

  /// The tree drawn.
  func treeBlocks(_ figures: inout Figures) -> [Block] {
    let depth = TreeText(result: self).depth
    let cut =
      depth > Self.depthLimit ? " Drawn to a depth of \(Self.depthLimit) of \(depth); the text below goes on." : ""
    let bar =
      body.classes == nil
      ? "The bar is the mean's place between the least and the greatest mean."
      : "The bar is the share of the class that is named."
    let diagram = TreeDiagram(title: "The tree", root: diagram(0, depth: 0))
    return [
      figures.block("Each box asks for the way to go on, or says what its rows are. \(bar)\(cut)") {
        try diagram.svg(using: $0)
      }
    ]
  }

  private func diagram(_ index: Int, depth: Int) -> TreeDiagram.Node {
    let text = TreeText(result: self)
    let node = body.nodes[index]
    let title: String
    let detail: String
    let share: Double
    if let name = text.majority(index) {
      title = name
      detail =
        node.count.value > 0
        ? "\(text.rows(index)), \(NumberText.percent(text.share(index))) \(name)" : "no rows, as before"
      share = text.share(index)
    } else {
      let mean = node.mean?.value ?? .nan
      let means = body.nodes.compactMap { $0.mean?.value }
      let (least, greatest) = (means.min() ?? 0, means.max() ?? 0)
      title = NumberText.significant(mean, 4)
      detail = "\(text.rows(index)), mean \(NumberText.significant(mean, 3))"
      share = greatest > least ? (mean - least) / (greatest - least) : 0
    }
    guard let column = node.column, let children = node.children else {
      return TreeDiagram.Node(title: title, detail: detail, share: share)
    }
    let isShown = depth < Self.depthLimit && children.count <= Self.branchLimit
    return TreeDiagram.Node(
      title: isShown ? column : "\(column) ...", detail: detail, share: share,
      branches: isShown
        ? children.enumerated().map { place, child in
          TreeDiagram.Branch(answer: text.answer(index, branch: place), node: diagram(child, depth: depth + 1))
        } : [])
  }

  /// Which columns matter to the tree, as pictures where they are pixels, and as a table.
  func columnBlocks(_ figures: inout Figures) -> [Block] {
    let text = TreeText(result: self)
    var blocks: [Block] = []
    let title = "Share of the impurity's decrease of each pixel"
    if let map = PixelMap(body.picture, title: title, values: body.importances.mapValues(\.value)) {
      blocks.append(map.block(&figures))
    }
    let ranking = text.ranking
    let shown = ranking.prefix(Self.rowLimit)
    blocks.append(
      .table(
        Table(
          caption: "Which columns matter to the tree"
            + (shown.count < ranking.count ? ", the first \(shown.count) of \(ranking.count)" : ""),
          columns: text.importanceHeader.enumerated().map { .init($0.element, isNumeric: $0.offset > 0) },
          rows: shown.map { text.importanceCells($0).map { .init($0) } })))
    blocks.append(.paragraph(text.importanceNote))
    return blocks
  }

  /// The tree as text.
  var textBlocks: [Block] {
    let lines = TreeText(result: self).tree
    let rest =
      lines.count > Self.lineLimit ? "\n... \(lines.count - Self.lineLimit) more lines; the text form has them" : ""
    return [.preformatted(lines.prefix(Self.lineLimit).joined(separator: "\n") + rest)]
  }

  /// What was done, in plain words.
  var methodBlocks: [Block] {
    let text = TreeText(result: self)
    var blocks: [Block] = []
    if body.method == "c45" {
      let pruning =
        body.confidence.map {
          " Branches that are not expected to make fewer errors than a leaf in their place were cut, at confidence "
            + "\(NumberText.exact($0))."
        } ?? ""
      blocks.append(
        .paragraph(
          "C4.5 (Quinlan, 1993): at each node, of the columns that gain at least the average information, the test "
            + "with the largest gain in proportion to its own information, on \(text.rows(0)). A column of categories "
            + "has a branch for each category; a threshold is a number that occurs. A row whose cell is missing goes "
            + "to every branch, with the branch's share of its weight.\(pruning)"))
    } else {
      blocks.append(
        .paragraph(
          "CART: at each node the test of one column that decreases \(text.criterionName) most, on \(text.rows(0)). "
            + "Numbers are compared as single-precision values; categories are split in two sets of words; a missing "
            + "cell goes to the side where such cells fit better."))
    }
    blocks.append(.paragraph(text.judgement))
    if let pruning = text.pruning { blocks.append(.paragraph(pruning)) }
    return blocks
  }
}
