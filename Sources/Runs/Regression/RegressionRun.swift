import DataFrames
import Learning
import RealModule
public import Surrogates
public import Tensors

/// A linear regression of a table's target, or of a model's output, with what a reader must know of its making.
public struct RegressionRun: Sendable {
  /// What is asked of the command.
  public struct Request: Sendable {
    /// How it is fitted.
    public let regression: LinearRegression
    /// How many columns to keep, those that go best with the target; nil for all.
    public let top: Int?
    /// Whether a model's probability p is regressed as ln(p / (1 − p)).
    public let isLogit: Bool
    /// The model's class whose probability is regressed; nil for numbers.
    public let output: Int?
    /// The seed of all random numbers.
    public let seed: UInt64

    /// What is asked; by default all columns, of the data themselves.
    public init(
      regression: LinearRegression, top: Int? = nil, isLogit: Bool = false, output: Int? = nil, seed: UInt64 = 0
    ) {
      self.regression = regression
      self.top = top
      self.isLogit = isLogit
      self.output = output
      self.seed = seed
    }
  }

  /// How well the regression stands for a model.
  public struct Fidelity: Sendable {
    /// R² on the rows that it was fitted to.
    public let fitted: Double
    /// R² on rows that neither the model nor the regression was fitted to; NaN where there are none.
    public let heldOut: Double
    /// The number of those rows.
    public let heldOutRows: Int
    /// With a logit: the R² of the probabilities themselves on the same two sets of rows.
    public let probabilities: (fitted: Double, heldOut: Double)?
  }

  /// The data.
  public let table: LearningTable
  /// What was asked.
  public let request: Request
  /// The model, if one is explained.
  public let explained: ExplainedModel?
  /// The columns of the regression, as indices into the table's features.
  public let columns: [Int]
  /// The estimates, their errors and tests.
  public let fit: LinearRegressionFit
  /// The number of rows that could have been used.
  public let rowsConsidered: Int
  /// How many of them have no target.
  public let rowsWithoutTarget: Int
  /// The columns whose missing cells left rows out, with the number of rows that miss them.
  public let incomplete: [(column: String, rows: Int)]
  /// The columns without a value in any row, which were left out.
  public let empty: [String]
  /// nil where the data themselves are regressed.
  public let fidelity: Fidelity?

  /// The least distance from 0 and 1 that a probability keeps before its logit is taken.
  public static let clip = 0.001

  /// Fits the regression.
  /// - Throws: `RegressionError`.
  public static func run(
    _ table: LearningTable, _ explained: ExplainedModel?, _ request: Request, workers: Workers
  ) throws -> RegressionRun {
    let values = Self.values(table, explained, request)
    let considered = explained?.fitted ?? Array(0..<table.rows.rows)
    let known = considered.filter { !values[$0].isNaN }
    let features = table.encoding.features
    let filled = features.indices.filter { column in known.contains { !table.rows[$0, column].isNaN } }
    let isFilled = Set(filled)
    let empty = features.indices.filter { !isFilled.contains($0) }.map { features[$0].name }
    var columns = filled
    if let top = request.top {
      let best = ColumnScreening.best(
        filled.map { features[$0] }, rows: table.rows.selectingRows(known).selectingColumns(filled),
        values: known.map { values[$0] }, limit: top, workers: workers)
      columns = best.map { filled[$0] }
    }
    let rows = table.rows.selectingColumns(columns)
    let complete = known.filter { row in !rows.row(row).contains { $0.isNaN } }
    let incomplete = columns.enumerated().compactMap { place, column -> (column: String, rows: Int)? in
      let missing = known.count { rows[$0, place].isNaN }
      return missing > 0 ? (features[column].name, missing) : nil
    }
    let fit = try request.regression.fit(
      columns.map { features[$0] }, rows: rows.selectingRows(complete), values: complete.map { values[$0] },
      workers: workers)
    return RegressionRun(
      table: table, request: request, explained: explained, columns: columns, fit: fit,
      rowsConsidered: considered.count, rowsWithoutTarget: considered.count - known.count, incomplete: incomplete,
      empty: empty,
      fidelity: explained.map { Self.fidelity(fit, rows, values, complete, $0.heldOut, request) })
  }

  /// What is regressed, for every row of the table.
  private static func values(_ table: LearningTable, _ explained: ExplainedModel?, _ request: Request) -> [Double] {
    guard let explained else {
      switch table.target {
      case .values(let values): return values
      case .classes(let codes, _): return codes.map { $0 < 0 ? .nan : Double($0) }
      }
    }
    let output = request.output ?? 0
    let answers = (0..<explained.answers.rows).map { explained.answers[$0, output] }
    return request.isLogit ? answers.map { logit($0) } : answers
  }

  private static func logit(_ probability: Double) -> Double {
    let clipped = min(max(probability, clip), 1 - clip)
    return Double.log(clipped / (1 - clipped))
  }

  private static func fidelity(
    _ fit: LinearRegressionFit, _ rows: Matrix, _ values: [Double], _ fitted: [Int], _ heldOut: [Int],
    _ request: Request
  ) -> Fidelity {
    let surrogate = fit.predict(rows)
    let measured = heldOut.filter { !surrogate[$0].isNaN && !values[$0].isNaN }
    func share(_ rows: [Int], _ change: (Double) -> Double) -> Double {
      let predictions = Matrix(rows: rows.count, columns: 1, elements: rows.map { change(surrogate[$0]) })
      return rows.isEmpty ? .nan : Score.r2.value(predictions, .values(rows.map { change(values[$0]) }))
    }
    func probability(_ logit: Double) -> Double { 1 / (1 + Double.exp(-logit)) }
    return Fidelity(
      fitted: share(fitted) { $0 }, heldOut: share(measured) { $0 }, heldOutRows: measured.count,
      probabilities: request.isLogit ? (share(fitted, probability), share(measured, probability)) : nil)
  }

  /// The terms with an estimate, the largest |t| first, without the constant.
  public var strongest: [LinearRegressionFit.Coefficient] {
    zip(fit.coefficients, fit.coding.terms).filter { $0.1.column != nil && $0.0.estimate != nil }.map(\.0)
      .sortedFalling { $0.estimate?.t.magnitude ?? 0 }
  }
}
