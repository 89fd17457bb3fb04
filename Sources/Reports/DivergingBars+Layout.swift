/// Where the parts of a `DivergingBars` figure stand: labels to the left, then the bars, then the numbers in a column,
/// with margins as wide as the texts need.
struct DivergingBarsLayout {
  private static let fontSize = 13.0
  private static let rowHeight = 26
  private static let gap = 12
  /// The room of a mark of the axis with the blank beside it.
  private static let markWidth = 76
  private static let labelCharacters = 60
  private static let labelWidth = 34.0

  private let figure: DivergingBars
  private let labels: [String]
  private let numbers: [String]
  /// What a length of 1 in the drawing stands for. Lengths are sent in this unit, because gnuplot takes ranges
  /// below 1e-8 for empty and cannot draw those near the end of Double's range.
  private let scale: Double
  private let lower: Double
  private let upper: Double

  init(_ figure: DivergingBars) {
    self.figure = figure
    labels = figure.bars.map { $0.label.shortened(to: Self.labelCharacters, width: Self.labelWidth) }
    numbers = figure.bars.map { $0.valueText.shortened(to: 24) }
    let lengths = figure.bars.flatMap { [$0.length.magnitude, $0.whisker] }
    let largest = lengths.max() ?? 0
    let unit = largest > 0 ? largest : 1
    scale = unit
    let ends = figure.bars.flatMap { [$0.length / unit - $0.whisker / unit, $0.length / unit + $0.whisker / unit] }
    let span = (min(0, ends.min() ?? 0), max(0, ends.max() ?? 0))
    let range = span.0 == span.1 ? (-1, 1) : span
    let margin = (range.1 - range.0) * 0.03
    (lower, upper) = (range.0 - margin, range.1 + margin)
  }

  /// The drawing.
  var script: GnuplotScript {
    let left = Self.pixels(labels) + 2 * Self.gap
    let right = Self.pixels(numbers) + 2 * Self.gap
    let width = max(760, left + 220 + right)
    let top = figure.title.isEmpty ? 8 : 40
    let bottom = figure.axis.isEmpty ? 30 : 60
    let height = top + bottom + Self.rowHeight * max(1, figure.bars.count)
    var script = GnuplotScript(
      width: width, height: height, title: figure.title.isEmpty ? figure.axis : figure.title,
      description: description)
    script.add("set lmargin at screen \(Double(left) / Double(width))")
    script.add("set rmargin at screen \(1 - Double(right) / Double(width))")
    script.add("set tmargin at screen \(1 - Double(top) / Double(height))")
    script.add("set bmargin at screen \(Double(bottom) / Double(height))")
    script.add("set xrange [\(lower):\(upper)]")
    // The first bar is the topmost.
    script.add("set yrange [\(Double(max(1, figure.bars.count)) + 0.5):0.5]")
    addTexts(to: &script, room: width - left - right)
    addTitles(to: &script, centre: (left + width - right) / 2)
    script.layers = layers
    return script
  }

  /// Adds the labels, the numbers and the marks of the axis.
  private func addTexts(to script: inout GnuplotScript, room: Int) {
    let text = "textcolor " + Ink.text.gnuplotColor
    let axis = "textcolor " + Ink.axis.gnuplotColor
    let rows = zip(figure.bars, labels).enumerated().map { row, pair in
      "\(script.placeholder(for: pair.1, full: pair.0.label)) \(row + 1)"
    }
    // An empty list of marks would stand for gnuplot's own.
    script.add(rows.isEmpty ? "unset ytics" : "set ytics scale 0 (\(rows.joined(separator: ", "))) \(text)")
    for (row, number) in numbers.enumerated() {
      let place = script.placeholder(for: number, full: figure.bars[row].valueText)
      script.add("set label \(row + 1) \(place) at screen 0.995, first \(row + 1) right \(text)")
    }
    let marks = AxisTicks(from: lower, to: upper, scale: scale, limit: max(2, min(7, room / Self.markWidth))).ticks.map
    {
      "\(script.placeholder(for: $0.label)) \($0.position)"
    }
    script.add("set xtics scale 0 (\(marks.joined(separator: ", "))) \(axis)")
    script.add("set grid xtics back linetype 1 linewidth 1 linecolor \(Ink.grid.gnuplotColor)")
  }

  /// Adds the title over the bars and the axis' name under them, each cut to the room it has.
  private func addTitles(to script: inout GnuplotScript, centre: Int) {
    let (width, height) = (Double(script.width), Double(script.height))
    if !figure.title.isEmpty {
      // Bold letters of 15 pixels are about a fifth wider than their estimate.
      let place = script.placeholder(for: figure.title.shortened(to: 100, width: width / 18), full: figure.title)
      let corner = "at screen \(3 / width), screen \(1 - 16 / height) left font 'Arial:Bold,15'"
      script.add("set label \(numbers.count + 1) \(place) \(corner) textcolor \(Ink.text.gnuplotColor)")
    }
    if !figure.axis.isEmpty {
      // Less than all of it, as letters of some faces are wider than their estimate.
      let room = 1.7 * Double(min(centre, script.width - centre)) / Self.fontSize
      let place = script.placeholder(for: figure.axis.shortened(to: 100, width: room), full: figure.axis)
      let middle = "at screen \(Double(centre) / width), screen \(18 / height) center"
      script.add("set label \(numbers.count + 2) \(place) \(middle) textcolor \(Ink.axis.gnuplotColor)")
    }
  }

  /// The bars, the line at zero and the whiskers, from back to front.
  private var layers: [GnuplotScript.Layer] {
    let line = "using 1:2 with lines linetype 1"
    let rows = Double(max(1, figure.bars.count))
    return [
      GnuplotScript.Layer(values: boxes { $0 > 0 }, columns: 6, style: Self.boxStyle(.positive)),
      GnuplotScript.Layer(values: boxes { $0 < 0 }, columns: 6, style: Self.boxStyle(.negative)),
      GnuplotScript.Layer(
        values: [0, 0.5, 0, rows + 0.5], columns: 2, style: "\(line) linewidth 1 linecolor \(Ink.text.gnuplotColor)"),
      GnuplotScript.Layer(
        values: whiskers, columns: 2, style: "\(line) linewidth 1.6 linecolor \(Ink.text.gnuplotColor)"),
    ]
  }

  private static func boxStyle(_ ink: Ink) -> String {
    "using 1:2:3:4:5:6 with boxxyerror fillcolor \(ink.gnuplotColor)"
  }

  /// The boxes of the bars whose length `belongs`: centre, then left, right, top and bottom.
  private func boxes(where belongs: (Double) -> Bool) -> [Double] {
    figure.bars.enumerated().flatMap { index, bar -> [Double] in
      guard belongs(bar.length) else { return [] }
      let row = Double(index + 1)
      let end = bar.length / scale
      return [end / 2, row, min(0, end), max(0, end), row - 0.33, row + 0.33]
    }
  }

  /// Each whisker as three strokes; a row that is not a number lifts the pen.
  private var whiskers: [Double] {
    figure.bars.enumerated().flatMap { index, bar -> [Double] in
      guard bar.whisker > 0 else { return [] }
      let row = Double(index + 1)
      let ends = (bar.length / scale - bar.whisker / scale, bar.length / scale + bar.whisker / scale)
      let strokes = [
        (ends.0, row - 0.16), (ends.0, row + 0.16), (.nan, .nan), (ends.0, row), (ends.1, row), (.nan, .nan),
        (ends.1, row - 0.16), (ends.1, row + 0.16), (.nan, .nan),
      ]
      return strokes.flatMap { [$0.0, $0.1] }
    }
  }

  /// All that the figure shows, in words.
  private var description: String {
    let terms = figure.bars.map { "\($0.label): \($0.valueText)" }
    return (["Bars to both sides of zero, positive to the right. \(figure.axis)"] + terms).joined(separator: "; ")
  }

  /// The room that the widest of some texts needs.
  private static func pixels(_ texts: [String]) -> Int {
    Int(((texts.map(\.typicalWidth).max() ?? 0) * fontSize).rounded(.up))
  }
}

extension DivergingBars.Bar {
  /// The value where there is a bar to draw, else 0.
  fileprivate var length: Double { value.isFinite ? value : 0 }

  /// The error where there is a whisker to draw, else 0.
  fileprivate var whisker: Double {
    guard let error, error.isFinite, value.isFinite else { return 0 }
    return error.magnitude
  }
}
