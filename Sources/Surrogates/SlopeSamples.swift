import Tensors

/// A slope and its standard error.
struct SlopeEstimate: Sendable, Equatable {
  var slope: Double
  var error: Double
}

/// The draws around a row, as far as slopes need them: all of them for a least-squares fit on few columns, their sums
/// for many columns.
struct SlopeSamples: Sendable {
  /// The number of draws.
  private(set) var count = 0
  private let laws: [(mean: Double, variance: Double)]
  private let outputs: [Int]
  /// The row's own outputs, taken off the answers so that large numbers lose no digits.
  private let centers: [Double]
  private var parts: [Block] = []

  /// What is kept of a block of draws.
  struct Block: Sendable {
    var count: Int
    /// The features, `[count, columns]`; none where there are many columns.
    var features: Matrix?
    /// The answers less the row's own, `[count, outputs]`.
    var answers: Matrix
    /// For many columns, for each column u = z − μ and each output f: Σu, Σu², Σfu, Σf²u², Σfu².
    var sums: Matrix?
  }

  /// No draws yet.
  init(_ laws: [ColumnLaw], outputs: [Int], centers: [Double]) {
    self.laws = laws.map { ($0.mean, $0.variance) }
    self.outputs = outputs
    self.centers = centers
  }

  private var isFitted: Bool { laws.count <= SampledLIME.fitLimit }

  /// What is kept of draws with the given features, `[n, columns]`, and the model's answers, `[n, all outputs]`.
  func block(_ features: Matrix, _ allAnswers: Matrix) -> Block {
    var answers = Matrix(rows: features.rows, columns: outputs.count)
    for draw in 0..<features.rows {
      for (place, output) in outputs.enumerated() { answers[draw, place] = allAnswers[draw, output] - centers[place] }
    }
    if isFitted { return Block(count: features.rows, features: features, answers: answers, sums: nil) }
    let stride = 2 + 3 * outputs.count
    var sums = Matrix(rows: laws.count, columns: stride)
    for draw in 0..<features.rows {
      for column in laws.indices {
        let u = features.elements[draw * laws.count + column] - laws[column].mean
        let start = column * stride
        sums.elements[start] += u
        sums.elements[start + 1] += u * u
        for place in outputs.indices {
          let product = answers[draw, place] * u
          sums.elements[start + 2 + 3 * place] += product
          sums.elements[start + 3 + 3 * place] += product * product
          sums.elements[start + 4 + 3 * place] += product * u
        }
      }
    }
    return Block(count: features.rows, features: nil, answers: answers, sums: sums)
  }

  /// Adds a block, after those before it.
  mutating func append(_ block: Block) {
    count += block.count
    if let sums = block.sums, let last = parts.last?.sums {
      // Many columns: one running sum.
      var total = last
      for place in total.elements.indices { total.elements[place] += sums.elements[place] }
      parts[parts.count - 1].sums = nil
      var block = block
      block.sums = total
      parts.append(block)
    } else {
      parts.append(block)
    }
  }

  /// The row's own output.
  func center(_ place: Int) -> Double { centers[place] }

  private func answers(_ place: Int) -> [Double] {
    parts.flatMap { part in (0..<part.count).map { part.answers[$0, place] } }
  }

  /// The mean of an output in the neighbourhood. Of what the draws' features miss of their known means, a least-squares
  /// fit makes up for (a control variate).
  func mean(_ place: Int, _ estimates: [SlopeEstimate], _ moments: WeightedMoments?) -> Double {
    let mean = centers[place] + answers(place).reduce(0, +) / Double(count)
    guard let moments else { return mean }
    return laws.indices.reduce(mean) {
      $0 + estimates[$1].slope * (laws[$1].mean - moments.featureMeans[$1])
    }
  }

  /// The variance of an output.
  func variance(_ place: Int) -> Double {
    let answers = answers(place)
    let mean = answers.reduce(0, +) / Double(count)
    return answers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, count - 1))
  }

  /// The moments of all draws; nil where there are many columns.
  var moments: WeightedMoments? {
    guard isFitted else { return nil }
    return WeightedMoments(
      features: features,
      outputs: Matrix(rows: count, columns: outputs.count, elements: parts.flatMap(\.answers.elements)),
      weights: [Double](repeating: 1, count: count))
  }

  private var features: Matrix {
    Matrix(rows: count, columns: laws.count, elements: parts.flatMap { $0.features?.elements ?? [] })
  }

  /// The slope of each column for one output, with its standard error; `moments` are those of all draws.
  func slopes(_ place: Int, _ moments: WeightedMoments?) -> [SlopeEstimate] {
    if let moments { return fittedSlopes(moments, place) }
    return summedSlopes(place)
  }

  /// β = G⁻¹c, with the errors of the sandwich.
  private func fittedSlopes(_ moments: WeightedMoments, _ place: Int) -> [SlopeEstimate] {
    let fit = RidgeFit(moments, output: place, features: Array(laws.indices), penalty: 0)
    var sandwich = SandwichErrors(fit, moments, penalty: 0)
    for part in parts {
      guard let features = part.features else { continue }
      sandwich.add(features, part.answers, output: place)
    }
    return zip(fit.slopes, sandwich.errors).map { SlopeEstimate(slope: $0, error: $1) }
  }

  /// β = mean of (f − f̄)u / σ², with the standard error of that mean.
  private func summedSlopes(_ place: Int) -> [SlopeEstimate] {
    guard let sums = parts.last?.sums else { return [] }
    let number = Double(count)
    let mean = answers(place).reduce(0, +) / number
    return laws.indices.map { column in
      let variance = laws[column].variance
      guard variance > 0 else { return SlopeEstimate(slope: 0, error: 0) }
      let (u, uu) = (sums[column, 0], sums[column, 1])
      let (fu, ffuu, fuu) = (sums[column, 2 + 3 * place], sums[column, 3 + 3 * place], sums[column, 4 + 3 * place])
      let slope = (fu - mean * u) / number / variance
      let squares = (ffuu - 2 * mean * fuu + mean * mean * uu) / number / (variance * variance)
      return SlopeEstimate(slope: slope, error: (max(0, squares - slope * slope) / number).squareRoot())
    }
  }
}
