/// A picture whose pixels are shaded by a number each, none below 0: the darker, the larger.
public struct HeatMap: Sendable, Equatable {
  /// Stands over the picture.
  public var title: String
  /// The numbers of pixel rows and columns.
  public var height: Int
  /// The number of pixel columns.
  public var width: Int
  /// One number a pixel, row by row; one that is negative or not finite is drawn as 0.
  public var values: [Double]

  /// A picture of `height` · `width` numbers.
  public init(title: String, height: Int, width: Int, values: [Double]) {
    precondition(height > 0 && width > 0 && values.count == height * width, "HeatMap: \(values.count) values")
    self.title = title
    self.height = height
    self.width = width
    self.values = values
  }

  /// Draws the picture.
  /// - Parameter gnuplot: the program that draws.
  /// - Returns: the figure; its description names the largest pixel.
  /// - Throws: `FigureError`.
  public func svg(using gnuplot: Gnuplot = Gnuplot()) throws -> SVG { try gnuplot.draw(script) }

  /// The longer side of the drawing in pixels.
  private static let side = 420

  private var script: GnuplotScript {
    let scale = Double(Self.side) / Double(max(width, height))
    let (drawnWidth, drawnHeight) = (Double(width) * scale, Double(height) * scale)
    let frame = (width: Int(drawnWidth.rounded(.up)) + 40, height: Int(drawnHeight.rounded(.up)) + 60)
    var script = GnuplotScript(
      width: frame.width, height: frame.height, title: title, description: description)
    script.add("set lmargin at screen \(20 / Double(frame.width))")
    script.add("set rmargin at screen \((20 + drawnWidth) / Double(frame.width))")
    script.add("set tmargin at screen \(1 - 40 / Double(frame.height))")
    script.add("set bmargin at screen \(1 - (40 + drawnHeight) / Double(frame.height))")
    script.add("set xrange [0:\(width)]")
    script.add("set yrange [\(height):0]")
    script.add("unset xtics")
    script.add("unset ytics")
    let place = script.placeholder(for: title.shortened(to: 60), full: title)
    script.add(
      "set label 1 \(place) at screen \(20 / Double(frame.width)), screen \(1 - 18 / Double(frame.height)) left "
        + "font 'Arial:Bold,15' textcolor \(Ink.text.gnuplotColor)")
    script.layers = layers
    return script
  }

  /// A layer for each shade, and the frame.
  private var layers: [GnuplotScript.Layer] {
    let largest = values.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
    let shades = Ink.shades
    var boxes = [[Double]](repeating: [], count: shades.count)
    for (index, value) in values.enumerated() where value > 0 && value.isFinite && largest > 0 {
      let shade = min(shades.count - 1, Int(value / largest * Double(shades.count)))
      let (row, column) = (Double(index / width), Double(index % width))
      boxes[shade] += [column + 0.5, row + 0.5, column, column + 1, row, row + 1]
    }
    let frame = GnuplotScript.Layer(
      values: [0, 0, Double(width), 0, Double(width), Double(height), 0, Double(height), 0, 0], columns: 2,
      style: "using 1:2 with lines linetype 1 linewidth 1 linecolor \(Ink.axis.gnuplotColor)")
    return zip(boxes, shades).map { boxes, ink in
      GnuplotScript.Layer(
        values: boxes, columns: 6, style: "using 1:2:3:4:5:6 with boxxyerror fillcolor \(ink.gnuplotColor)")
    } + [frame]
  }

  private var description: String {
    let best = values.indices.max { values[$0] < values[$1] } ?? 0
    return
      "A picture of \(height) x \(width) pixels; the largest is in row \(best / width + 1), column \(best % width + 1)."
  }
}
