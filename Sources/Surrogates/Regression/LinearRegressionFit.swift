import RealModule
public import Tensors

/// A fitted linear regression: its table of coefficients and what judges it as a whole.
public struct LinearRegressionFit: Sendable, Equatable {
  /// One term of the table.
  public struct Coefficient: Sendable, Equatable {
    /// `(Intercept)`, the column's name, or `column=level`.
    public let term: String
    /// The estimate b, its standard error s, t = b / s, and P(|T| > |t|); nil where the term repeats others.
    public let estimate: Estimate?
    /// The terms that make up a term without an estimate, with their factors; empty for a column of zeros.
    public let repeats: [Part]
    /// The factor by which the variance of the estimate is larger than if the column were unrelated to the others,
    /// 1 / (1 − R²) of the regression on them; nil for the constant and where there is no estimate.
    public let varianceInflation: Double?
  }

  /// A coefficient with its test and interval.
  public struct Estimate: Sendable, Equatable {
    /// b.
    public let value: Double
    /// s.
    public let standardError: Double
    /// b / s.
    public let t: Double
    /// P(|T| > |t|) with the residual degrees of freedom.
    public let p: Double
    /// The lower end of the interval.
    public let lower: Double
    /// The upper end of the interval.
    public let upper: Double
  }

  /// A term with a factor.
  public struct Part: Sendable, Equatable {
    /// The term.
    public let term: String
    /// Its factor.
    public let factor: Double
  }

  /// How it was fitted.
  public let options: LinearRegression
  /// How the columns became terms.
  public let coding: TreatmentCoding
  /// The terms in order.
  public let coefficients: [Coefficient]
  /// The number of rows.
  public let count: Int
  /// The number of estimates.
  public let rank: Int
  /// Rows less estimates.
  public let residualDegreesOfFreedom: Int
  /// Whether the columns hold or make up a constant, so that R² compares with the mean rather than with 0.
  public let hasConstant: Bool
  /// 1 − SSR / SST.
  public let rSquared: Double
  /// 1 − (1 − R²)(n − 1) / residual degrees of freedom; n in the place of n − 1 without a constant.
  public let adjustedRSquared: Double
  /// The F statistic of all slopes together, by Wald's form with robust errors; NaN where there is no slope.
  public let fStatistic: Double
  /// P(F > f).
  public let fPValue: Double
  /// √(SSR / residual degrees of freedom).
  public let sigma: Double
  /// −n/2 (ln 2π + ln(SSR / n) + 1).
  public let logLikelihood: Double
  /// The largest by the smallest singular value of X, the kept columns.
  public let conditionNumber: Double
  /// The same with each column scaled to length 1.
  public let scaledConditionNumber: Double
  /// The residuals' diagnostics; nil where the residuals do not vary.
  public let diagnostics: ResidualDiagnostics?
  /// Rows that alone determine a coefficient and say nothing of the noise, with robust errors.
  public let determinedRows: Int
  /// One estimate a term, 0 where the term repeats others.
  private let estimates: [Double]

  /// −2 ln L + 2 · estimates, σ not counted (R's `AIC` counts it and is larger by 2).
  public var aic: Double { -2 * logLikelihood + 2 * Double(rank) }
  /// −2 ln L + ln n · estimates, σ not counted (R's `BIC` is larger by ln n).
  public var bic: Double { -2 * logLikelihood + Double.log(Double(count)) * Double(rank) }

  /// Whether the residuals are nothing but rounding, so that tests mean nothing.
  public var isExact: Bool { 1 - rSquared < 1e-14 }

  /// Predicts rows.
  /// - Parameter rows: `[rows, features]`.
  /// - Returns: a value a row; NaN where a cell is missing or has a level that no fitted row had.
  public func predict(_ rows: Matrix) -> [Double] { coding.predict(estimates, rows) }

  init(
    _ options: LinearRegression, _ coding: TreatmentCoding, _ system: LimitedPivoting, inverse: [Double],
    values: [Double], residuals: [Double], estimates: [Double], residualSquares: Double, hasConstant: Bool, robust: HC3?
  ) {
    let rank = system.rank
    let degrees = values.count - rank
    let modelDegrees = rank - (hasConstant ? 1 : 0)
    let total = Self.totalSquares(values, aroundMean: hasConstant)
    let variance = residualSquares / Double(degrees)
    self.options = options
    self.coding = coding
    self.estimates = estimates
    self.hasConstant = hasConstant
    self.rank = rank
    count = values.count
    residualDegreesOfFreedom = degrees
    rSquared = 1 - residualSquares / total
    adjustedRSquared = 1 - Double(values.count - (hasConstant ? 1 : 0)) / Double(degrees) * (1 - rSquared)
    sigma = variance.squareRoot()
    let n = Double(values.count)
    logLikelihood = -n / 2 * (Double.log(2 * Double.pi) + Double.log(residualSquares / n) + 1)
    diagnostics = ResidualDiagnostics(residuals)
    determinedRows = robust?.determinedRows ?? 0
    (conditionNumber, scaledConditionNumber) = Self.conditions(system)
    coefficients = Self.coefficients(options, coding, system, inverse, estimates, variance, degrees, robust)
    let statistic =
      modelDegrees < 1
      ? .nan
      : robust.map { Self.wald($0.covariance, system, coding, estimates) / Double(modelDegrees) }
        ?? max(0, total - residualSquares) / Double(modelDegrees) / variance
    fStatistic = statistic
    fPValue = FisherDistribution.upperTail(statistic, Double(modelDegrees), Double(degrees))
  }

  private static func totalSquares(_ values: [Double], aroundMean: Bool) -> Double {
    var mean = 0.0
    if aroundMean {
      for value in values { mean += value }
      mean /= Double(values.count)
    }
    var sum = 0.0
    for value in values { sum += (value - mean) * (value - mean) }
    return sum
  }

  /// The condition numbers of the kept columns, as they are and scaled.
  private static func conditions(_ system: LimitedPivoting) -> (Double, Double) {
    let rank = system.rank
    func condition(_ matrix: [Double]) -> Double {
      guard let values = LAPACK.singularValues(matrix, rows: rank, columns: rank), let first = values.first,
        let last = values.last
      else { return .nan }
      return first / last
    }
    // The transpose has the same singular values, so the order of storage does not matter.
    var scaled = system.triangle
    for (place, column) in system.kept.enumerated() {
      for row in 0...place { scaled[row * rank + place] /= system.norms[column] }
    }
    return (condition(system.triangle), condition(scaled))
  }

  private static func coefficients(
    _ options: LinearRegression, _ coding: TreatmentCoding, _ system: LimitedPivoting, _ inverse: [Double],
    _ estimates: [Double], _ variance: Double, _ degrees: Int, _ robust: HC3?
  ) -> [Coefficient] {
    let rank = system.rank
    let width = StudentDistribution.twoSidedQuantile(1 - options.confidence, degreesOfFreedom: Double(degrees))
    var places = [Int?](repeating: nil, count: coding.terms.count)
    for (place, term) in system.kept.enumerated() { places[term] = place }
    var repeats = [[Part]](repeating: [], count: coding.terms.count)
    for (place, term) in system.aliased.enumerated() {
      repeats[term] = parts(coding, system, place, term)
    }
    return coding.terms.enumerated().map { index, term in
      guard let place = places[index] else {
        return Coefficient(term: term.name, estimate: nil, repeats: repeats[index], varianceInflation: nil)
      }
      var unscaled = 0.0
      for column in place..<rank { unscaled += inverse[place * rank + column] * inverse[place * rank + column] }
      let error = (robust.map { $0.covariance[place * rank + place] } ?? variance * unscaled).squareRoot()
      let value = estimates[index]
      let t = value / error
      var squares = 0.0
      for row in (options.hasIntercept ? 1 : 0)..<max(place + 1, options.hasIntercept ? 1 : 0) {
        let entry = system.triangle[row * rank + place]
        squares += entry * entry
      }
      return Coefficient(
        term: term.name,
        estimate: Estimate(
          value: value, standardError: error, t: t,
          p: StudentDistribution.twoSided(t, degreesOfFreedom: Double(degrees)), lower: value - width * error,
          upper: value + width * error),
        repeats: [], varianceInflation: term.column == nil ? nil : squares * unscaled)
    }
  }

  /// The kept terms that make up the aliased column at `place`, without those that are rounding.
  private static func parts(_ coding: TreatmentCoding, _ system: LimitedPivoting, _ place: Int, _ term: Int) -> [Part] {
    let rank = system.rank
    return system.kept.enumerated().compactMap { index, kept in
      let factor = system.factors[place * rank + index]
      guard factor.magnitude * system.norms[kept] > 10 * LimitedPivoting.tolerance * system.norms[term] else {
        return nil
      }
      return Part(term: coding.terms[kept].name, factor: factor)
    }
  }

  /// bᵀ V⁻¹ b over the slopes.
  private static func wald(
    _ covariance: [Double], _ system: LimitedPivoting, _ coding: TreatmentCoding, _ estimates: [Double]
  ) -> Double {
    let rank = system.rank
    let slopes = system.kept.indices.filter { coding.terms[system.kept[$0]].column != nil }
    var matrix = slopes.flatMap { row in slopes.map { covariance[row * rank + $0] } }
    let values = slopes.map { estimates[system.kept[$0]] }
    var solution = values
    guard BLAS.solve(&matrix, &solution) else { return .nan }
    return zip(values, solution).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
