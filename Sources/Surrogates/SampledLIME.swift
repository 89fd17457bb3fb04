import DataFrames
public import Learning
public import Tensors

/// LIME for any model by sampling around a row, with a standard error for each weight.
///
/// Draws follow LIME's law with the kernel's weight already in it, so that they count the same (Tan, Tian & Li,
/// *GLIME*, arXiv 2311.15722), and the surrogate is a linear regression without a penalty: its slopes converge to the
/// weights that `ExactLIME` gives in closed form for trees. The columns are drawn independently of each other with
/// known means and variances. Up to 100 columns the slopes are those of a least-squares fit, with sandwich standard
/// errors (White, Econometrica 48(4), 1980); beyond, each slope is the mean of (f − f̄)(z − μ) / σ² over the draws,
/// which needs no matrix of columns by columns and no more memory than a block of draws.
public struct SampledLIME: Sendable {
  /// What the surrogate's features are.
  public enum Space: Sendable, Equatable {
    /// Whether a value is in the row's own bin.
    case bins
    /// The standardised numbers themselves, drawn around the row or around the training mean; categories and missing
    /// cells are bins all the same.
    case raw(aroundRow: Bool)
  }

  /// How many draws are made.
  public enum SampleSize: Sendable, Equatable {
    /// This many.
    case fixed(Int)
    /// Twice as many again and again, until the order of the first terms is settled or the limit is reached.
    case untilSettled(limit: Int)

    /// Until the order is settled, but at most 32,768 draws, and fewer for many columns: at most 100 million drawn
    /// cells, but 2,048 draws.
    public static func untilSettled(columns: Int) -> SampleSize {
      .untilSettled(limit: min(32_768, max(2048, 100_000_000 / max(1, columns))))
    }
  }

  /// The explained model.
  public let model: any Predictor
  /// The bins of all columns.
  public let discretizer: Discretizer
  /// What the surrogate's features are.
  public let space: Space
  private let columns: [ColumnBins]
  /// The training mean and deviation of each column of numbers, for raw features.
  private let moments: [(mean: Double, scale: Double)]

  /// An explainer for a model over the discretizer's features.
  /// - Complexity: O(features · n log n), n the number of training rows.
  public init(_ model: any Predictor, discretizer: Discretizer, space: Space, workers: Workers) {
    self.model = model
    self.discretizer = discretizer
    self.space = space
    let count = discretizer.features.count
    columns = workers.map(count: count) { discretizer.bins(ofColumn: $0) }
    moments = space == .bins ? [] : (0..<count).map { discretizer.moments(ofColumn: $0) }
  }

  /// The most columns of a least-squares fit.
  static let fitLimit = 100
  /// The draws of one block; blocks are numbered, and each has a generator of its own.
  private static let blockSize = 256
  /// About the most cells of the rows that the model is asked about at once.
  private static let roundCells = 4_000_000
  /// The draws of the first round where the number is not fixed.
  private static let firstRound = 2048

  /// Explains one row.
  /// - Parameters:
  ///   - row: the row's cells, `[features]`.
  ///   - number: the row's number, which decides what is drawn for it.
  ///   - outputs: the outputs to explain, at least one.
  ///   - kernelWidth: how far the neighbourhood reaches; `automatic` measures each width on 2,048 draws.
  ///   - limit: the most terms of an explanation.
  ///   - selection: how the shown terms are chosen.
  ///   - size: how many draws are made.
  ///   - seed: of all draws.
  ///   - workers: the threads that may share the draws.
  /// - Returns: the kernel width, the number of draws and one explanation for each output.
  /// - Throws: what keeps the model from answering.
  public func explain(
    _ row: ArraySlice<Double>, number: Int, outputs: [Int], kernelWidth: KernelWidth, limit: Int,
    selection: FeatureSelection, size: SampleSize, seed: UInt64, workers: Workers
  ) throws -> ExplainedRow {
    func explain(
      _ outputs: [Int], _ width: Double, _ limit: Int, _ size: SampleSize, after search: WidthSearch? = nil
    ) throws -> ExplainedRow {
      let (explanations, samples) = try self.explain(
        row, number: number, outputs: outputs, width: width, limit: limit, selection: selection, size: size, seed: seed,
        workers: workers)
      return ExplainedRow(kernelWidth: width, widthSearch: search, samples: samples, explanations: explanations)
    }
    switch kernelWidth {
    case .fixed(let width): return try explain(outputs, width, limit, size)
    case .automatic:
      let search = try WidthSearch(columns: row.count) { width in
        try explain([outputs[0]], width, .max, .fixed(Self.firstRound)).explanations[0].rSquared
      }
      return try explain(outputs, search.chosen.width, limit, size, after: search)
    }
  }

  private func explain(
    _ row: ArraySlice<Double>, number: Int, outputs: [Int], width: Double, limit: Int, selection: FeatureSelection,
    size: SampleSize, seed: UInt64, workers: Workers
  ) throws -> (explanations: [LocalExplanation], samples: Int) {
    let laws = row.enumerated().map { law(of: $0, cell: $1, kernelWidth: width) }
    let center = try model.predict(
      Matrix(rows: 1, columns: row.count, elements: Array(row)), workers: .one)
    var samples = SlopeSamples(laws, outputs: outputs, centers: outputs.map { center[0, $0] })
    let (first, most) =
      switch size {
      case .fixed(let count): (count, count)
      case .untilSettled(let limit): (min(Self.firstRound, limit), limit)
      }
    var wanted = first
    while true {
      try draw(upTo: wanted, into: &samples, laws, number: number, seed: seed, workers: workers)
      let moments = samples.moments
      let explanations = outputs.indices.map {
        explanation($0, output: outputs[$0], samples, moments, row, laws, limit: limit, selection: selection)
      }
      if wanted >= most || explanations.allSatisfy({ $0.stability == .high }) {
        return (explanations, samples.count)
      }
      wanted = min(2 * wanted, most)
    }
  }

  private func law(of column: Int, cell: Double, kernelWidth: Double) -> ColumnLaw {
    if case .raw(let aroundRow) = space, discretizer.features[column].levelCount == nil, !cell.isNaN {
      let (mean, scale) = moments[column]
      return .normal(
        NormalSampler(mean: mean, scale: scale, cell: cell, aroundRow: aroundRow, kernelWidth: kernelWidth))
    }
    return .bins(BinSampler(columns[column], cell: cell, kernelWidth: kernelWidth))
  }

  /// Adds draws until there are `wanted`; the draws already made stay.
  private func draw(
    upTo wanted: Int, into samples: inout SlopeSamples, _ laws: [ColumnLaw], number: Int, seed: UInt64,
    workers: Workers
  ) throws {
    let blocks = (samples.count / Self.blockSize)..<((wanted + Self.blockSize - 1) / Self.blockSize)
    // A round of blocks at a time: the model, which may be a program to start, is asked seldom, and the memory stays
    // small where the columns are many.
    let size = min(8, max(2, Self.roundCells / (Self.blockSize * max(1, laws.count))))
    for round in Workers.ranges(blocks.count, size: size) {
      let drawn = workers.map(count: round.count) { place in
        let block = blocks.lowerBound + round.lowerBound + place
        let count = min(Self.blockSize, wanted - block * Self.blockSize)
        var generator = SeededGenerator(
          seed: seed, stream: UInt64(number), UInt64(block), purpose: .row)
        var drawn = DrawnBlock(count: count, columns: laws.count)
        for (column, law) in laws.enumerated() { law.fill(&drawn, column: column, using: &generator) }
        return drawn
      }
      let rows = Matrix(
        rows: drawn.reduce(0) { $0 + $1.values.rows }, columns: laws.count,
        elements: drawn.flatMap(\.values.elements))
      let answers = try model.predict(rows, workers: workers)
      let summed = workers.map(count: round.count) { [samples] place in
        let first = place * Self.blockSize
        let count = drawn[place].values.rows
        return samples.block(drawn[place].features, answers.selectingRows(Array(first..<first + count)))
      }
      for block in summed { samples.append(block) }
    }
  }

  private func explanation(
    _ place: Int, output: Int, _ samples: SlopeSamples, _ moments: WeightedMoments?, _ row: ArraySlice<Double>,
    _ laws: [ColumnLaw], limit: Int,
    selection: FeatureSelection
  ) -> LocalExplanation {
    let estimates = samples.slopes(place, moments)
    let rowFeatures = laws.map(\.rowFeature)
    let shown: [Int]
    if let moments, limit < laws.count {
      shown = selection.features(limit: limit, moments, output: place, row: rowFeatures)
    } else {
      shown = Array(estimates.fallingOrder(by: \.slope.magnitude).prefix(limit))
    }
    let ranked = shown.sorted().sortedFalling { estimates[$0].slope.magnitude }
    var intercept = samples.mean(place, estimates, moments)
    var local = intercept
    var explained = 0.0
    var spread = 0.0
    for column in ranked {
      let (slope, error) = (estimates[column].slope, estimates[column].error)
      intercept -= slope * laws[column].mean
      local += slope * (rowFeatures[column] - laws[column].mean)
      // A slope's square is too large by its own variance.
      explained += (slope * slope - error * error) * laws[column].variance
      spread += slope * slope * error * error * laws[column].variance * laws[column].variance
    }
    let variance = samples.variance(place)
    return LocalExplanation(
      output: output, intercept: intercept, localPrediction: local,
      rSquared: variance > 0 ? min(1, max(0, explained / variance)) : .nan,
      rSquaredError: variance > 0 ? 2 * spread.squareRoot() / variance : .nan,
      terms: ranked.map { column in
        LocalExplanation.Term(
          column: column, condition: condition(column, row, laws[column]), weight: estimates[column].slope,
          standardError: estimates[column].error)
      },
      stability: Stability(estimates),
      evidence: Evidence(
        estimates, distance: (samples.center(place) - samples.mean(place, estimates, moments)).magnitude))
  }

  private func condition(_ column: Int, _ row: ArraySlice<Double>, _ law: ColumnLaw) -> Condition {
    switch law {
    case .normal: .perDeviation(moments[column].scale)
    case .bins: columns[column].condition(bin: columns[column].bin(of: row[row.startIndex + column]))
    }
  }
}
