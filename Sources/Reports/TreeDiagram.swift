/// A decision tree drawn from left to right: a box for each node with its question and a bar of shares, and a line to
/// each branch, whose box says first what leads there.
public struct TreeDiagram: Sendable, Equatable {
  /// A node with its branches.
  public struct Node: Sendable, Equatable {
    /// What is asked, or what a leaf says.
    public var title: String
    /// A second line, such as the number of rows.
    public var detail: String
    /// The part of the bar that is filled, 0 to 1; nil: no bar.
    public var share: Double?
    /// The branches from top to bottom; empty for a leaf.
    public var branches: [Branch]

    /// A node.
    public init(title: String, detail: String, share: Double?, branches: [Branch] = []) {
      self.title = title
      self.detail = detail
      self.share = share
      self.branches = branches
    }
  }

  /// The way to a node.
  public struct Branch: Sendable, Equatable {
    /// The answer that leads there.
    public var answer: String
    /// Where it leads.
    public var node: Node

    /// The way to `node`.
    public init(answer: String, node: Node) {
      self.answer = answer
      self.node = node
    }
  }

  /// Stands over the tree.
  public var title: String
  /// The root.
  public var root: Node

  /// A drawing of a tree.
  public init(title: String, root: Node) {
    self.title = title
    self.root = root
  }

  /// Draws the tree.
  /// - Parameter gnuplot: the program that draws.
  /// - Returns: the figure; all texts, uncut, stand in its description too.
  /// - Throws: `FigureError`.
  public func svg(using gnuplot: Gnuplot = Gnuplot()) throws -> SVG { try gnuplot.draw(script) }

  private static let rowHeight = 76.0
  private static let columnWidth = 218.0
  private static let boxWidth = 190.0
  private static let boxHeight = 64.0
  private static let top = 40.0

  /// A node with its place: its column from the left, and its height in rows.
  private struct Placed {
    let node: Node
    let column: Int
    let row: Double
    let parent: Int?
    let answer: String
  }

  /// Leaves stand below each other; a node stands in the middle of its branches.
  private static func place(_ branch: Branch, column: Int, parent: Int?, _ placed: inout [Placed], _ next: inout Double)
    -> Double
  {
    let index = placed.count
    placed.append(Placed(node: branch.node, column: column, row: 0, parent: parent, answer: branch.answer))
    var rows: [Double] = []
    for child in branch.node.branches { rows.append(place(child, column: column + 1, parent: index, &placed, &next)) }
    let row: Double
    if let first = rows.first, let last = rows.last {
      row = (first + last) / 2
    } else {
      row = next
      next += 1
    }
    placed[index] = Placed(
      node: branch.node, column: column, row: row, parent: parent, answer: branch.answer)
    return row
  }

  private var script: GnuplotScript {
    var placed: [Placed] = []
    var rows = 0.0
    _ = Self.place(Branch(answer: "", node: root), column: 0, parent: nil, &placed, &rows)
    let columns = (placed.map(\.column).max() ?? 0) + 1
    let width = Double(columns) * Self.columnWidth - (Self.columnWidth - Self.boxWidth) + 24
    let height = Self.top + rows * Self.rowHeight + 8
    var script = GnuplotScript(
      width: Int(max(width, 420)), height: Int(height), title: title, description: Self.description(root))
    script.add("set lmargin at screen 0")
    script.add("set rmargin at screen 1")
    script.add("set tmargin at screen 1")
    script.add("set bmargin at screen 0")
    script.add("set xrange [0:\(script.width)]")
    script.add("set yrange [\(script.height):0]")
    script.add("unset xtics")
    script.add("unset ytics")
    add(title, at: 8, 18, "left font 'Arial:Bold,15'", .text, room: 26, to: &script)
    var lines: [Double] = []
    var frames: [Double] = []
    var filled: [Double] = []
    var empty: [Double] = []
    for item in placed {
      let (x, y) = Self.corner(item)
      let answer = item.parent == nil ? "all rows" : item.answer
      add(answer, at: x + 8, y + 12, "left font 'Arial,11'", .axis, room: 15, to: &script)
      add(item.node.title, at: x + 8, y + 28, "left font 'Arial:Bold,12'", .text, room: 11.8, to: &script)
      add(item.node.detail, at: x + 8, y + 44, "left font 'Arial,11'", .axis, room: 15, to: &script)
      frames += [
        x, y, x + Self.boxWidth, y, x + Self.boxWidth, y + Self.boxHeight, x, y + Self.boxHeight, x, y, .nan, .nan,
      ]
      if let share = item.node.share {
        let (left, right) = (x + 8, x + Self.boxWidth - 8)
        let middle = left + (right - left) * min(1, max(0, share))
        let (upper, lower) = (y + 54, y + 59)
        filled += [(left + middle) / 2, y + 56, left, middle, upper, lower]
        empty += [(middle + right) / 2, y + 56, middle, right, upper, lower]
      }
      if let parent = item.parent {
        let (fromX, fromY) = Self.corner(placed[parent])
        let start = (fromX + Self.boxWidth, fromY + Self.boxHeight / 2)
        let end = (x, y + Self.boxHeight / 2)
        let bend = start.0 + 14
        lines += [start.0, start.1, bend, start.1, bend, end.1, end.0, end.1, .nan, .nan]
      }
    }
    let stroke = "using 1:2 with lines linetype 1 linewidth 1 linecolor"
    let box = "using 1:2:3:4:5:6 with boxxyerror fillcolor"
    script.layers = [
      GnuplotScript.Layer(values: lines, columns: 2, style: "\(stroke) \(Ink.axis.gnuplotColor)"),
      GnuplotScript.Layer(values: frames, columns: 2, style: "\(stroke) \(Ink.axis.gnuplotColor)"),
      GnuplotScript.Layer(values: empty, columns: 6, style: "\(box) \(Ink.grid.gnuplotColor)"),
      GnuplotScript.Layer(values: filled, columns: 6, style: "\(box) \(Ink.positive.gnuplotColor)"),
    ]
    return script
  }

  private static func corner(_ item: Placed) -> (Double, Double) {
    (12 + Double(item.column) * columnWidth, top + item.row * rowHeight + (rowHeight - boxHeight) / 2)
  }

  /// Adds a text that may be `room` times as wide as its letters are high.
  private func add(
    _ text: String, at x: Double, _ y: Double, _ style: String, _ ink: Ink, room: Double, to script: inout GnuplotScript
  ) {
    guard !text.isEmpty else { return }
    let place = script.placeholder(for: text.shortened(to: 80, width: room), full: text)
    script.add(
      "set label \(script.captions.count) \(place) at first \(x), first \(y) \(style) textcolor \(ink.gnuplotColor)")
  }

  /// All that the figure shows, in words.
  private static func description(_ node: Node) -> String {
    let own = "\(node.title) (\(node.detail))"
    return node.branches.isEmpty
      ? own : own + "; " + node.branches.map { "\($0.answer): [\(description($0.node))]" }.joined(separator: "; ")
  }
}
