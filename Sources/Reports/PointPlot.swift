/// Points in a square whose two axes are the same, with the line on which both are equal: how predictions and what came
/// of them go together.
public struct PointPlot: Sendable, Equatable {
  /// One point.
  public struct Point: Sendable, Equatable {
    /// The place along the axis to the right.
    public var x: Double
    /// The place along the axis upwards.
    public var y: Double
    /// The ends of a whisker along the axis upwards; nil for none.
    public var whisker: ClosedRange<Double>?

    /// One point.
    ///
    /// - Parameters:
    ///   - x: the place along the axis to the right.
    ///   - y: the place along the axis upwards.
    ///   - whisker: the ends of a whisker along the axis upwards; nil for none.
    public init(x: Double, y: Double, whisker: ClosedRange<Double>? = nil) {
      self.x = x
      self.y = y
      self.whisker = whisker
    }
  }

  /// Stands over the points.
  public var title: String
  /// What the axis to the right is.
  public var xAxis: String
  /// What the axis upwards is.
  public var yAxis: String
  /// The points; those that are not finite are left out.
  public var points: [Point]
  /// Whether the points are joined by a line.
  public var isJoined: Bool
  /// The range of both axes; nil for that of the points.
  public var range: ClosedRange<Double>?

  /// A figure of points.
  ///
  /// - Parameters:
  ///   - title: stands over the points.
  ///   - xAxis: what the axis to the right is.
  ///   - yAxis: what the axis upwards is.
  ///   - points: the points.
  ///   - isJoined: whether they are joined by a line.
  ///   - range: the range of both axes; nil for that of the points.
  public init(
    title: String, xAxis: String, yAxis: String, points: [Point], isJoined: Bool = false,
    range: ClosedRange<Double>? = nil
  ) {
    self.title = title
    self.xAxis = xAxis
    self.yAxis = yAxis
    self.points = points
    self.isJoined = isJoined
    self.range = range
  }

  /// Draws the figure.
  ///
  /// - Parameter gnuplot: the program that draws.
  /// - Returns: the figure.
  /// - Throws: `FigureError`.
  public func svg(using gnuplot: Gnuplot = Gnuplot()) throws -> SVG { try gnuplot.draw(script) }

  private static let side = 300
  private static let left = 84
  private static let right = 20
  private static let top = 40
  private static let bottom = 62

  private var script: GnuplotScript {
    let finite = points.filter { $0.x.isFinite && $0.y.isFinite }
    let ends = finite.flatMap { point in
      [point.x, point.y] + (point.whisker.map { [$0.lowerBound, $0.upperBound] } ?? [])
    }
    let (least, greatest) = (
      range?.lowerBound ?? ends.min() ?? 0, range?.upperBound ?? ends.max() ?? 1
    )
    // In units of the largest size, as gnuplot cannot draw near the ends of Double's range.
    let size = max(least.magnitude, greatest.magnitude)
    let unit = size > 0 ? size : 1
    let span = greatest / unit - least / unit
    let margin = span > 1e-7 ? span * 0.04 : 0.5
    let (lower, upper) = (least / unit - margin, greatest / unit + margin)
    let width = Self.left + Self.side + Self.right
    let height = Self.top + Self.side + Self.bottom
    var script = GnuplotScript(width: width, height: height, title: title, description: description(finite.count))
    script.add("set lmargin at screen \(Double(Self.left) / Double(width))")
    script.add("set rmargin at screen \(1 - Double(Self.right) / Double(width))")
    script.add("set tmargin at screen \(1 - Double(Self.top) / Double(height))")
    script.add("set bmargin at screen \(Double(Self.bottom) / Double(height))")
    script.add("set xrange [\(lower):\(upper)]")
    script.add("set yrange [\(lower):\(upper)]")
    addTexts(to: &script, lower, upper, unit)
    let line = "using 1:2 with lines linetype 1"
    func values(_ points: [Point]) -> [Double] { points.flatMap { [$0.x / unit, $0.y / unit] } }
    let whiskers = finite.flatMap { point -> [Double] in
      guard let whisker = point.whisker else { return [] }
      return [point.x / unit, whisker.lowerBound / unit, point.x / unit, whisker.upperBound / unit, .nan, .nan]
    }
    script.layers = [
      GnuplotScript.Layer(
        values: [lower, lower, upper, upper], columns: 2,
        style: "\(line) dashtype 2 linewidth 1 linecolor \(Ink.axis.gnuplotColor)"),
      GnuplotScript.Layer(
        values: whiskers, columns: 2, style: "\(line) linewidth 1.4 linecolor \(Ink.text.gnuplotColor)"),
      GnuplotScript.Layer(
        values: isJoined ? values(finite) : [], columns: 2,
        style: "\(line) linewidth 1.4 linecolor \(Ink.positive.gnuplotColor)"),
      GnuplotScript.Layer(
        values: values(finite), columns: 2,
        style: "using 1:2 with points pointtype 7 pointsize \(isJoined ? 0.6 : 0.35) "
          + "linecolor \(Ink.positive.gnuplotColor)"),
    ]
    return script
  }

  private func addTexts(to script: inout GnuplotScript, _ lower: Double, _ upper: Double, _ unit: Double) {
    let (width, height) = (Double(script.width), Double(script.height))
    let ticks = AxisTicks(from: lower, to: upper, scale: unit, limit: 6).ticks
    let axis = "textcolor " + Ink.axis.gnuplotColor
    for direction in ["x", "y"] {
      let marks = ticks.map { "\(script.placeholder(for: $0.label.shortened(to: 8))) \($0.position)" }
      script.add("set \(direction)tics scale 0 (\(marks.joined(separator: ", "))) \(axis)")
    }
    script.add("set grid xtics ytics back linetype 1 linewidth 1 linecolor \(Ink.grid.gnuplotColor)")
    let name = script.placeholder(for: title.shortened(to: 80, width: width / 18), full: title)
    script.add(
      "set label 1 \(name) at screen \(3 / width), screen \(1 - 16 / height) left font 'Arial:Bold,15' textcolor "
        + Ink.text.gnuplotColor)
    let room = Double(Self.side) / 13
    let right = script.placeholder(for: xAxis.shortened(to: 60, width: room), full: xAxis)
    let centre = (Double(Self.left) + Double(Self.side) / 2) / width
    script.add("set label 2 \(right) at screen \(centre), screen \(16 / height) center \(axis)")
    let up = script.placeholder(for: yAxis.shortened(to: 60, width: room), full: yAxis)
    let middle = (Double(Self.bottom) + Double(Self.side) / 2) / height
    script.add("set label 3 \(up) at screen \(16 / width), screen \(middle) center rotate by 90 \(axis)")
  }

  private func description(_ count: Int) -> String {
    let listed = points.prefix(20).map { "\($0.x), \($0.y)" }.joined(separator: "; ")
    return
      "\(count) points; to the right: \(xAxis); upwards: \(yAxis). The dashed line is where both are equal. "
      + (points.count <= 20 ? listed : "")
  }
}
