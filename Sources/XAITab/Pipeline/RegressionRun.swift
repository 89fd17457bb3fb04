import DataFrames
import Learning
import RealModule
import Surrogates
import Tensors

/// A linear regression of a table's target, or of a model's output, with what a reader must know of its making.
struct RegressionRun: Sendable {
  /// What is asked of the command.
  struct Request: Sendable {
    let regression: LinearRegression
    /// How many columns to keep, those that go best with the target; nil for all.
    let top: Int?
    /// Whether a model's probability p is regressed as ln(p / (1 − p)).
    let isLogit: Bool
    /// The model's class whose probability is regressed; nil for numbers.
    let output: Int?
    let seed: UInt64
  }

  /// How well the regression stands for a model.
  struct Fidelity: Sendable {
    /// R² on the rows that it was fitted to.
    let fitted: Double
    /// R² on rows that neither the model nor the regression was fitted to; NaN where there are none.
    let heldOut: Double
    /// The number of those rows.
    let heldOutRows: Int
    /// With a logit: the R² of the probabilities themselves on the same two sets of rows.
    let probabilities: (fitted: Double, heldOut: Double)?
  }

  let table: LearningTable
  let request: Request
  /// The model, if one is explained.
  let explained: ExplainedModel?
  /// The columns of the regression, as indices into the table's features.
  let columns: [Int]
  let fit: LinearRegressionFit
  /// The number of rows that could have been used.
  let rowsConsidered: Int
  /// How many of them have no target.
  let rowsWithoutTarget: Int
  /// The columns whose missing cells left rows out, with the number of rows that miss them.
  let incomplete: [(column: String, rows: Int)]
  /// The columns without a value in any row, which were left out.
  let empty: [String]
  /// nil where the data themselves are regressed.
  let fidelity: Fidelity?

  /// The least distance from 0 and 1 that a probability keeps before its logit is taken.
  static let clip = 0.001

  /// Fits the regression.
  /// - Throws: `RegressionError`.
  init(_ table: LearningTable, _ explained: ExplainedModel?, _ request: Request, workers: Workers) throws {
    let values = Self.values(table, explained, request)
    let considered = explained?.fitted ?? Array(0..<table.rows.rows)
    let known = considered.filter { !values[$0].isNaN }
    let features = table.encoding.features
    let filled = features.indices.filter { column in known.contains { !table.rows[$0, column].isNaN } }
    let isFilled = Set(filled)
    empty = features.indices.filter { !isFilled.contains($0) }.map { features[$0].name }
    var columns = filled
    if let top = request.top {
      let best = ColumnScreening.best(
        filled.map { features[$0] }, rows: table.rows.selectingRows(known).selectingColumns(filled),
        values: known.map { values[$0] }, limit: top, workers: workers)
      columns = best.map { filled[$0] }
    }
    let rows = table.rows.selectingColumns(columns)
    let complete = known.filter { row in !rows.row(row).contains { $0.isNaN } }
    incomplete = columns.enumerated().compactMap { place, column in
      let missing = known.count { rows[$0, place].isNaN }
      return missing > 0 ? (features[column].name, missing) : nil
    }
    fit = try request.regression.fit(
      columns.map { features[$0] }, rows: rows.selectingRows(complete), values: complete.map { values[$0] },
      workers: workers)
    if let explained {
      fidelity = Self.fidelity(fit, rows, values, complete, explained.heldOut, request)
    } else {
      fidelity = nil
    }
    self.table = table
    self.explained = explained
    self.request = request
    self.columns = columns
    rowsConsidered = considered.count
    rowsWithoutTarget = considered.count - known.count
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
      let metrics = Metrics.of(predictions, target: .values(rows.map { change(values[$0]) }))
      return metrics.first { $0.name == "r2" }?.value ?? .nan
    }
    func probability(_ logit: Double) -> Double { 1 / (1 + Double.exp(-logit)) }
    return Fidelity(
      fitted: share(fitted) { $0 }, heldOut: share(measured) { $0 }, heldOutRows: measured.count,
      probabilities: request.isLogit ? (share(fitted, probability), share(measured, probability)) : nil)
  }

  /// What is regressed, in words.
  var responseName: String {
    let target = table.targetName
    guard let names = table.target.classNames else {
      return explained == nil ? target : "the model's \(target)"
    }
    let output = request.output ?? 1
    let name = "\(target) = \(names.indices.contains(output) ? names[output] : "")"
    if explained == nil { return name }
    return request.isLogit ? "the logit of the model's probability of \(name)" : "the model's probability of \(name)"
  }

  /// The terms with an estimate, the largest |t| first, without the constant.
  var strongest: [LinearRegressionFit.Coefficient] {
    zip(fit.coefficients, fit.coding.terms).filter { $0.1.column != nil && $0.0.estimate != nil }.map(\.0)
      .sortedFalling { $0.estimate?.t.magnitude ?? 0 }
  }

  /// What a reader must know before trusting the table, most important first.
  var warnings: [String] {
    var warnings: [String] = []
    if fit.isExact {
      warnings.append(
        "the terms reproduce the response to the last digits, so what is left is rounding and the tests mean nothing")
    }
    for coefficient in fit.coefficients where coefficient.estimate == nil {
      warnings.append("no estimate for \"\(coefficient.term)\", which \(Self.repeats(coefficient.repeats))")
    }
    if !empty.isEmpty {
      warnings.append("left out, without a value: \(Self.list(empty))")
    }
    if rowsConsidered > fit.count {
      var reasons = rowsWithoutTarget > 0 ? ["without a target (\(rowsWithoutTarget))"] : []
      if !incomplete.isEmpty {
        let counts = incomplete.prefix(10).map { "\"\($0.column)\" (\($0.rows))" }.joined(separator: ", ")
        reasons.append(
          "with missing cells in \(counts)"
            + (incomplete.count > 10 ? " and \(incomplete.count - 10) more columns" : ""))
      }
      warnings.append(
        "\(rowsConsidered - fit.count) of \(rowsConsidered) rows left out, \(reasons.joined(separator: ", or "))")
    }
    if let top = request.top, table.encoding.features.count > columns.count {
      warnings.append(
        "the \(top) of \(table.encoding.features.count) columns that go best with the response one by one were picked from "
          + "the same rows, so the p-values are too small: read them as an order")
    }
    if fit.determinedRows > 0 {
      warnings.append(
        "\(DataFrame.counted(fit.determinedRows, "row", "rows")) alone determine a coefficient; the robust errors cannot "
          + "see their noise")
    }
    return warnings
  }

  private static func repeats(_ parts: [LinearRegressionFit.Part]) -> String {
    if parts.isEmpty { return "is 0 in every row" }
    let terms = parts.prefix(8).map { part in
      abs(part.factor - 1) < 1e-9 ? "\"\(part.term)\"" : "\(NumberText.significant(part.factor, 6)) * \"\(part.term)\""
    }
    return "repeats \(terms.joined(separator: " + "))\(parts.count > 8 ? " + ..." : "")"
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(10).map { "\"\($0)\"" }.joined(separator: ", ")
      + (names.count > 10 ? " and \(names.count - 10) more" : "")
  }
}
