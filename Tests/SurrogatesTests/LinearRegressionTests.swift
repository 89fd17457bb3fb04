import DataFrames
import Foundation
import Tensors
import Testing

@testable import Surrogates

@Suite struct LinearRegressionTests {
  private struct Case: Decodable {
    struct Column: Decodable {
      let name: String
      let numbers: [Double]?
      let words: [String]?
    }
    let name: String
    let intercept: Bool
    let robust: Bool
    let columns: [Column]
    let values: [Double]
    let terms: [String]
    let estimates, errors, t, p, lower, upper: [Double]
    let rSquared, adjusted, f, fP, logLikelihood, aic, bic, condition, sigma, skewness, kurtosis, durbinWatson: Double
    let jarqueBera, omnibus, inflation: [Double]
  }
  private struct References: Decodable { let cases: [Case] }
  private struct Longley: Decodable {
    struct Table: Decodable {
      let X: [[Double]]
      let y, coef, se, t, p: [Double]
      let ci: [[Double]]
      let r2, adj, F, Fp, aic, bic, llf, cond: Double
    }
    let longley: Table
  }

  private static func close(
    _ value: Double, _ expected: Double, _ what: String, tolerance: Double = 1e-9,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      (value - expected).magnitude <= tolerance * max(expected.magnitude, 1e-300), "\(what): \(value), not \(expected)",
      sourceLocation: sourceLocation)
  }

  private static func read<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    try JSONDecoder().decode(
      type, from: Data(contentsOf: TestTables.root.appending(path: "Tests/References/\(name)")))
  }

  static func numbers(_ count: Int) -> [Feature] { (0..<count).map { Feature(name: "x\($0)", kind: .number) } }

  private static func table(_ columns: [Case.Column], rows: Int) -> (features: [Feature], rows: Matrix) {
    var matrix = Matrix(rows: rows, columns: columns.count)
    let features = columns.enumerated().map { place, column in
      if let numbers = column.numbers {
        for row in 0..<rows { matrix[row, place] = numbers[row] }
        return Feature(name: column.name, kind: .number)
      }
      let words = column.words ?? []
      // A level that no row has must leave no trace.
      let levels = Set(words + ["Never"]).sorted()
      for row in 0..<rows { matrix[row, place] = Double(levels.firstIndex(of: words[row]) ?? 0) }
      return Feature(name: column.name, kind: .category(levels: levels))
    }
    return (features, matrix)
  }

  @Test func agreesWithStatsmodels() throws {
    let cases = try Self.read(References.self, "ols.json").cases
    #expect(cases.count == 6)
    for expected in cases {
      let (features, rows) = Self.table(expected.columns, rows: expected.values.count)
      let fit = try LinearRegression(hasIntercept: expected.intercept, errors: expected.robust ? .hc3 : .classical)
        .fit(features, rows: rows, values: expected.values, workers: .one)
      let name = expected.name
      #expect(fit.coefficients.map(\.term) == expected.terms, "\(name)")
      for (index, coefficient) in fit.coefficients.enumerated() {
        let estimate = try #require(coefficient.estimate)
        let place = "\(name), \(coefficient.term)"
        Self.close(estimate.value, expected.estimates[index], place)
        Self.close(estimate.standardError, expected.errors[index], place)
        Self.close(estimate.t, expected.t[index], place)
        Self.close(estimate.p, expected.p[index], place)
        Self.close(estimate.lower, expected.lower[index], place, tolerance: 1e-8)
        Self.close(estimate.upper, expected.upper[index], place, tolerance: 1e-8)
        if expected.intercept, index > 0 {
          Self.close(try #require(coefficient.varianceInflation), expected.inflation[index], place)
        }
      }
      let diagnostics = try #require(fit.diagnostics)
      for (value, reference, what) in [
        (fit.rSquared, expected.rSquared, "R2"), (fit.adjustedRSquared, expected.adjusted, "adjusted"),
        (fit.fStatistic, expected.f, "F"), (fit.fPValue, expected.fP, "p of F"), (fit.aic, expected.aic, "AIC"),
        (fit.logLikelihood, expected.logLikelihood, "log likelihood"), (fit.bic, expected.bic, "BIC"),
        (fit.conditionNumber, expected.condition, "condition"), (fit.sigma, expected.sigma, "sigma"),
        (diagnostics.skewness, expected.skewness, "skewness"), (diagnostics.kurtosis, expected.kurtosis, "kurtosis"),
        (diagnostics.durbinWatson, expected.durbinWatson, "Durbin-Watson"),
        (diagnostics.jarqueBera.statistic, expected.jarqueBera[0], "Jarque-Bera"),
        (diagnostics.jarqueBera.p, expected.jarqueBera[1], "p of Jarque-Bera"),
        (try #require(diagnostics.omnibus).statistic, expected.omnibus[0], "Omnibus"),
        (try #require(diagnostics.omnibus).p, expected.omnibus[1], "p of Omnibus"),
      ] { Self.close(value, reference, "\(name), \(what)", tolerance: 1e-8) }
    }
  }

  /// The certified values of NIST's Statistical Reference Datasets, in 12 digits; everything else as statsmodels has
  /// it.
  @Test func longley() throws {
    let expected = try Self.read(Longley.self, "ols_longley.json").longley
    let rows = Matrix(rows: 16, columns: 6, elements: expected.X.flatMap { $0.dropFirst() })
    let fit = try LinearRegression().fit(Self.numbers(6), rows: rows, values: expected.y, workers: .one)
    let certified = [
      (-3_482_258.634_595_82, 890_420.383_607_373), (15.061_872_271_373_3, 84.914_925_774_766_9),
      (-0.035_819_179_292_591_0, 0.033_491_007_772_243_2), (-2.020_229_803_816_83, 0.488_399_681_651_699),
      (-1.033_226_867_173_59, 0.214_274_163_161_675), (-0.051_104_105_653_580_7, 0.226_073_200_069_370),
      (1_829.151_464_613_55, 455.478_499_142_212),
    ]
    for (index, coefficient) in fit.coefficients.enumerated() {
      let estimate = try #require(coefficient.estimate)
      Self.close(estimate.value, certified[index].0, coefficient.term, tolerance: 1e-12)
      Self.close(estimate.standardError, certified[index].1, coefficient.term, tolerance: 1e-11)
      Self.close(estimate.t, expected.t[index], coefficient.term)
      Self.close(estimate.p, expected.p[index], coefficient.term)
      Self.close(estimate.lower, expected.ci[index][0], coefficient.term)
      Self.close(estimate.upper, expected.ci[index][1], coefficient.term)
    }
    for (value, reference) in [
      (fit.rSquared, expected.r2), (fit.adjustedRSquared, expected.adj), (fit.fStatistic, expected.F),
      (fit.fPValue, expected.Fp), (fit.aic, expected.aic), (fit.bic, expected.bic),
      (fit.logLikelihood, expected.llf), (fit.conditionNumber, expected.cond),
    ] { Self.close(value, reference, "longley") }
  }

  private static func random(_ rows: Int, _ columns: Int, seed: UInt64) -> (rows: Matrix, values: [Double]) {
    var generator = SeededGenerator(seed: seed, purpose: .test)
    let cells = (0..<rows * columns).map { _ in generator.uniform() - 0.3 }
    let matrix = Matrix(rows: rows, columns: columns, elements: cells)
    return (matrix, (0..<rows).map { row in matrix.row(row).reduce(generator.uniform()) { $0 + $1 } })
  }

  /// The normal equations, by Gauss and Jordan.
  private static func literal(_ rows: Matrix, _ values: [Double]) -> [Double] {
    let width = rows.columns + 1
    func cell(_ row: Int, _ column: Int) -> Double { column == 0 ? 1 : rows[row, column - 1] }
    var system = (0..<width).map { one in
      (0...width).map { other in
        (0..<rows.rows).reduce(0.0) { $0 + cell($1, one) * (other == width ? values[$1] : cell($1, other)) }
      }
    }
    for pivot in 0..<width {
      let head = system[pivot][pivot]
      for column in 0...width { system[pivot][column] /= head }
      for row in 0..<width where row != pivot {
        let factor = system[row][pivot]
        for column in 0...width { system[row][column] -= factor * system[pivot][column] }
      }
    }
    return system.map { $0[width] }
  }

  /// Sizes that need one block, several, and more than one level of blocks.
  @Test(arguments: [(9, 2), (1_024, 3), (5_000, 7), (40_000, 2)])
  func agreesWithTheNormalEquations(size: (rows: Int, columns: Int)) throws {
    let (rows, values) = Self.random(size.rows, size.columns, seed: 3)
    let fit = try LinearRegression().fit(Self.numbers(size.columns), rows: rows, values: values, workers: .one)
    for (coefficient, expected) in zip(fit.coefficients, Self.literal(rows, values)) {
      Self.close(try #require(coefficient.estimate).value, expected, coefficient.term)
    }
    let residuals = zip(values, fit.predict(rows)).map { $0 - $1 }
    for column in 0..<size.columns {
      let product = (0..<size.rows).reduce(0.0) { $0 + residuals[$1] * rows[$1, column] }
      #expect(product.magnitude < 1e-9, "residuals are orthogonal to column \(column)")
    }
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    let (rows, values) = Self.random(30_000, 4, seed: 5)
    let regression = LinearRegression(errors: .hc3)
    let one = try regression.fit(Self.numbers(4), rows: rows, values: values, workers: .one)
    #expect(one == (try regression.fit(Self.numbers(4), rows: rows, values: values, workers: Workers(count: 3))))
  }

  @Test func scalingAColumnScalesItsEstimateAndKeepsItsTest() throws {
    let (rows, values) = Self.random(50, 3, seed: 6)
    var scaled = rows
    for row in 0..<50 { scaled[row, 1] *= 1e6 }
    let one = try LinearRegression().fit(Self.numbers(3), rows: rows, values: values, workers: .one)
    let other = try LinearRegression().fit(Self.numbers(3), rows: scaled, values: values, workers: .one)
    for index in 0..<4 {
      let (first, second) = (
        try #require(one.coefficients[index].estimate), try #require(other.coefficients[index].estimate)
      )
      Self.close(second.t, first.t, "t of \(index)")
      Self.close(second.value * (index == 2 ? 1e6 : 1), first.value, "estimate of \(index)")
    }
  }

  /// c = a + b and a constant: R keeps what comes first and has no estimate for the others.
  @Test func aColumnThatRepeatsOthersIsNamed() throws {
    let (rows, values) = Self.random(30, 2, seed: 8)
    var wide = Matrix(rows: 30, columns: 5)
    for row in 0..<30 {
      wide[row, 0] = rows[row, 0]
      wide[row, 1] = 4
      wide[row, 2] = rows[row, 1]
      wide[row, 3] = rows[row, 0] + 2 * rows[row, 1]
      wide[row, 4] = 0
    }
    let fit = try LinearRegression().fit(Self.numbers(5), rows: wide, values: values, workers: .one)
    let plain = try LinearRegression().fit(Self.numbers(2), rows: rows, values: values, workers: .one)
    #expect(fit.rank == 3 && fit.residualDegreesOfFreedom == 27)
    #expect(fit.coefficients.map { $0.estimate == nil } == [false, false, true, false, true, true])
    for (one, other) in [(0, 0), (1, 1), (3, 2)] {
      let value = try #require(fit.coefficients[one].estimate).value
      Self.close(value, try #require(plain.coefficients[other].estimate).value, "\(one)")
    }
    #expect(fit.coefficients[2].repeats.map(\.term) == ["(Intercept)"])
    #expect(fit.coefficients[4].repeats.map(\.term) == ["x0", "x2"])
    Self.close(fit.coefficients[4].repeats[1].factor, 2, "factor", tolerance: 1e-12)
    #expect(fit.coefficients[5].repeats.isEmpty)
  }

  @Test func whatCannotBeFittedSaysWhy() {
    let (rows, values) = Self.random(4, 5, seed: 9)
    #expect(throws: RegressionError.tooFewRows(rows: 4, terms: 6)) {
      try LinearRegression().fit(Self.numbers(5), rows: rows, values: values, workers: .one)
    }
    #expect(throws: RegressionError.constantTarget) {
      try LinearRegression().fit(Self.numbers(5), rows: rows, values: [2, 2, 2, 2], workers: .one)
    }
    let (narrow, _) = Self.random(9, 2, seed: 9)
    #expect(throws: RegressionError.columnIsTarget(column: "x1")) {
      try LinearRegression().fit(
        Self.numbers(2), rows: narrow, values: (0..<9).map { narrow[$0, 1] }, workers: .one)
    }
  }

  @Test func aPerfectFitIsCalledExact() throws {
    let (rows, _) = Self.random(20, 2, seed: 10)
    let fit = try LinearRegression().fit(
      Self.numbers(2), rows: rows, values: (0..<20).map { 3 + 2 * rows[$0, 0] - rows[$0, 1] }, workers: .one)
    #expect(fit.isExact)
    Self.close(try #require(fit.coefficients[1].estimate).value, 2, "slope", tolerance: 1e-12)
  }
}
