public import DataFrames
public import Tensors

/// The cut points of all columns, interned: between them a number is a small integer, and so are the bounds of rules.
///
/// A number x of a column with ascending cuts c₀ … cₘ₋₁ has the code k where cₖ₋₁ < x ≤ cₖ: 0 up to c₀, m above all.
/// The code of a category is its index. Behind the user's columns come those of weighted sums, one for each direction
/// of a plane.
public struct CutTable: Sendable, Equatable {
  /// The user's columns.
  public let features: [Feature]
  /// The directions of planes, whose columns follow the user's.
  public let directions: [[Rule.Condition.Plane.Term]]
  /// The cuts of each column, ascending; none for categories.
  public let cuts: [[Double]]
  /// The number of codes of each column.
  public let sizes: [Int]

  /// The code of a missing cell.
  public static let missing = UInt16.max
  /// The most cuts of a column.
  public static let cutLimit = 60_000

  /// A table of given cuts.
  init(features: [Feature], directions: [[Rule.Condition.Plane.Term]] = [], cuts: [[Double]]) {
    self.features = features
    self.directions = directions
    self.cuts = cuts
    sizes = cuts.indices.map { column in
      column < features.count ? max(1, features[column].levelCount ?? cuts[column].count + 1) : cuts[column].count + 1
    }
  }

  /// The cuts of some rules over columns.
  public init(of rules: some Sequence<Rule>, features: [Feature]) {
    var values = [Set<Double>](repeating: [], count: features.count)
    var directions: [[Rule.Condition.Plane.Term]] = []
    for condition in rules.lazy.flatMap(\.conditions) {
      switch condition {
      case .range(let column, let lower, let upper, _):
        for bound in [lower, upper] where bound.isFinite { values[column].insert(bound + 0) }
      case .categories: break
      case .plane(let plane):
        let place = directions.firstIndex(of: plane.terms) ?? directions.count
        if place == directions.count {
          directions.append(plane.terms)
          values.append([])
        }
        values[features.count + place].insert(plane.bound + 0)
      }
    }
    self.init(features: features, directions: directions, cuts: values.map { $0.sorted() })
  }

  /// Cuts in the middle between neighbouring values of the rows, at most `maximumBins − 1` a column.
  /// - Parameters:
  ///   - features: what the columns are.
  ///   - rows: `[n, features.count]`.
  ///   - maximumBins: the most codes of a column of numbers; where there are more different values, the cuts are spread
  ///     so that about equally many rows lie between them.
  ///   - workers: the threads that may share the work.
  /// - Complexity: O(n log n · features)
  public init(features: [Feature], rows: Matrix, maximumBins: Int, workers: Workers) {
    let cuts = workers.silent.map(count: features.count) { column -> [Double] in
      guard features[column].levelCount == nil else { return [] }
      var values = (0..<rows.rows).map { rows[$0, column] }.filter { !$0.isNaN }
      values.sort()
      return ColumnCuts.cuts(sorted: values, maximumBins: maximumBins)
    }
    self.init(features: features, cuts: cuts)
  }

  /// The code of a cell of a column.
  public func code(_ value: Double, column: Int) -> UInt16 {
    if value.isNaN { return Self.missing }
    if column < features.count, features[column].levelCount != nil {
      return value >= 0 && value < Double(Self.missing) ? UInt16(value) : Self.missing
    }
    return UInt16(cuts[column].lowerBound(of: value))
  }

  /// The weighted sum of a row in the column of a plane's direction.
  func sum(_ rows: Matrix, row: Int, direction: Int) -> Double {
    directions[direction].reduce(0.0) { $0 + $1.weight * rows[row, $1.column] }
  }
}

/// Where to cut a column of numbers.
enum ColumnCuts {
  /// Cuts between different values, spread over the rows where there are more than allowed.
  static func cuts(sorted values: [Double], maximumBins: Int) -> [Double] {
    var starts: [Int] = []
    for index in values.indices.dropFirst() where values[index] > values[index - 1] { starts.append(index) }
    if starts.count >= maximumBins {
      var kept: [Int] = []
      var next = 1
      for (place, start) in starts.enumerated() {
        // A cut for each boundary that a quantile has passed.
        let isLast = place == starts.count - 1
        if start * maximumBins >= next * values.count || isLast && kept.isEmpty {
          kept.append(start)
          next = start * maximumBins / values.count + 1
        }
      }
      starts = kept
    }
    return starts.map { start in
      let middle = values[start - 1] / 2 + values[start] / 2
      return values[start - 1] <= middle && middle < values[start] ? middle : values[start - 1]
    }
  }

  /// The number t with `lower` ≤ t < `upper` of the fewest significant digits, the one closest to their middle.
  static func settled(below lower: Double, above upper: Double) -> Double {
    let middle = lower / 2 + upper / 2
    if lower < 0, upper > 0, -lower > upper / 4, upper > -lower / 4 { return 0 }
    for digits in 1...17 {
      let rounded = middle.rounded(significantDigits: digits)
      if lower <= rounded && rounded < upper { return rounded }
    }
    return lower
  }
}

extension Double {
  /// The number of at most `digits` significant decimal digits that is closest.
  func rounded(significantDigits digits: Int) -> Double {
    guard isFinite, self != 0 else { return self }
    // The shortest text has all digits; cutting it is exact, where a product with a power of ten is not.
    var text = "\(magnitude)"
    var exponent = 0
    if let mark = text.firstIndex(of: "e") {
      exponent = Int(text[text.index(after: mark)...]) ?? 0
      text = String(text[..<mark])
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    exponent -= parts.count > 1 ? parts[1].utf8.count : 0
    var figures = parts.joined().utf8.map { Int($0) - 48 }
    while figures.first == 0 && figures.count > 1 { figures.removeFirst() }
    if figures.count > digits {
      let roundsUp = figures[digits] >= 5
      exponent += figures.count - digits
      figures.removeLast(figures.count - digits)
      if roundsUp {
        var place = digits - 1
        while place >= 0, figures[place] == 9 {
          figures[place] = 0
          place -= 1
        }
        if place >= 0 { figures[place] += 1 } else { figures.insert(1, at: 0) }
      }
    }
    let value = Double(figures.map { "\($0)" }.joined() + "e\(exponent)") ?? magnitude
    return self < 0 ? -value : value
  }
}
