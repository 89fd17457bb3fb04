/// Horizontal bars to both sides of zero, one for each term: blue to the right for a positive value, orange to the
/// left for a negative one, with the number printed beside it and a whisker of one error to each side.
public struct DivergingBars: Sendable, Equatable {
  /// One term.
  public struct Bar: Sendable, Equatable {
    /// What the bar stands for. Any text; past about 60 characters the figure shows its beginning.
    public var label: String
    /// The length of the bar, with its sign, in the axis' unit. Zero or not finite: no bar is drawn.
    public var value: Double
    /// The length of the whisker to each side of the bar's end; nil, zero or not finite: none is drawn.
    public var error: Double?
    /// The value as it is printed, sign included.
    public var valueText: String

    /// A term.
    ///
    /// - Parameters:
    ///   - label: what the bar stands for.
    ///   - value: the length of the bar, with its sign.
    ///   - error: the length of the whisker to each side, or nil for none.
    ///   - valueText: the value as it is printed, sign included.
    public init(label: String, value: Double, error: Double? = nil, valueText: String) {
      self.label = label
      self.value = value
      self.error = error
      self.valueText = valueText
    }
  }

  /// Stands over the bars; may be empty.
  public var title: String
  /// Stands under the axis: what the lengths are, in which unit; may be empty.
  public var axis: String
  /// The terms, from top to bottom.
  public var bars: [Bar]

  /// A figure of terms.
  ///
  /// - Parameters:
  ///   - title: stands over the bars; may be empty.
  ///   - axis: what the lengths are, in which unit; may be empty.
  ///   - bars: the terms, from top to bottom.
  public init(title: String, axis: String, bars: [Bar]) {
    self.title = title
    self.axis = axis
    self.bars = bars
  }

  /// Draws the figure.
  ///
  /// - Parameter gnuplot: the program that draws.
  /// - Returns: the figure, with all labels and numbers, uncut, in its description too.
  /// - Throws: `FigureError`.
  public func svg(using gnuplot: Gnuplot = Gnuplot()) throws -> SVG {
    try gnuplot.draw(DivergingBarsLayout(self).script)
  }
}
