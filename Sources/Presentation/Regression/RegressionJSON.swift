public import Runs
import Surrogates
import Tensors

/// The JSON form of a regression, `xai-tab/regress/1`.
public struct RegressionJSON: HeadedObject, Equatable {
  /// The name and version of the JSON form.
  public static let schema = "xai-tab/regress/1"
  let header: TableHeader
  let body: Body

  struct Body: Codable, Equatable {
    /// What is regressed, in words.
    let response: String
    /// The number of columns that it is regressed on.
    let columnsUsed: Int
    let n: Int
    let rank: Int
    let residualDegreesOfFreedom: Int
    let rSquared: JSONNumber
    let adjustedRSquared: JSONNumber
    let fStatistic: JSONNumber
    let fPValue: JSONNumber
    let sigma: JSONNumber
    let logLikelihood: JSONNumber
    let aic: JSONNumber
    let bic: JSONNumber
    let conditionNumber: JSONNumber
    let scaledConditionNumber: JSONNumber
    /// `classical` or `hc3`.
    let errors: String
    let confidence: JSONNumber
    let hasConstant: Bool
    /// Whether the terms reproduce the response to the last digits.
    let isExact: Bool
    /// Whether the response is the logit of a probability.
    let isLogit: Bool
    let terms: [Term]
    let references: [Reference]
    let diagnostics: Diagnostics?
    let rowsLeftOut: Int
    let warnings: [String]
    /// The model, if one is explained, and how much of it the regression shows.
    let model: ModelFacts?
    let fidelity: Fidelity?

    init(_ run: RegressionRun) {
      let fit = run.fit
      response = run.responseName
      columnsUsed = run.columns.count
      n = fit.count
      rank = fit.rank
      residualDegreesOfFreedom = fit.residualDegreesOfFreedom
      rSquared = JSONNumber(fit.rSquared)
      adjustedRSquared = JSONNumber(fit.adjustedRSquared)
      fStatistic = JSONNumber(fit.fStatistic)
      fPValue = JSONNumber(fit.fPValue)
      sigma = JSONNumber(fit.sigma)
      logLikelihood = JSONNumber(fit.logLikelihood)
      aic = JSONNumber(fit.aic)
      bic = JSONNumber(fit.bic)
      conditionNumber = JSONNumber(fit.conditionNumber)
      scaledConditionNumber = JSONNumber(fit.scaledConditionNumber)
      errors = run.request.regression.errors.rawValue
      confidence = JSONNumber(run.request.regression.confidence)
      hasConstant = fit.hasConstant
      isExact = fit.isExact
      isLogit = run.request.isLogit
      terms = zip(fit.coefficients, fit.coding.terms).map { Term($0, isConstant: $1.column == nil) }
      references = fit.coding.references.map { Reference(column: $0.column, level: $0.level) }
      diagnostics = fit.diagnostics.map { Diagnostics($0) }
      rowsLeftOut = run.rowsConsidered - fit.count
      warnings = run.warnings
      model = run.explained.map { ModelFacts($0.trained) }
      fidelity = run.fidelity.map { Fidelity($0) }
    }
  }

  /// The level of a category that its others are compared with.
  struct Reference: Codable, Equatable {
    let column: String
    let level: String
  }

  struct Term: Codable, Equatable {
    struct Part: Codable, Equatable {
      let term: String
      let factor: JSONNumber
    }

    let term: String
    /// Whether it is the constant; nil where it is not.
    let isConstant: Bool?
    let estimate: JSONNumber
    let standardError: JSONNumber
    let t: JSONNumber
    let p: JSONNumber
    let lower: JSONNumber
    let upper: JSONNumber
    let aliased: Bool
    let varianceInflation: JSONNumber
    let repeats: [Part]

    init(_ coefficient: LinearRegressionFit.Coefficient, isConstant: Bool) {
      let estimate = coefficient.estimate
      func number(_ value: Double?) -> JSONNumber { JSONNumber(value ?? .nan) }
      term = coefficient.term
      self.isConstant = isConstant ? true : nil
      self.estimate = number(estimate?.value)
      standardError = number(estimate?.standardError)
      t = number(estimate?.t)
      p = number(estimate?.p)
      lower = number(estimate?.lower)
      upper = number(estimate?.upper)
      aliased = estimate == nil
      varianceInflation = number(coefficient.varianceInflation)
      repeats = coefficient.repeats.map { Part(term: $0.term, factor: JSONNumber($0.factor)) }
    }
  }

  struct Diagnostics: Codable, Equatable {
    struct Test: Codable, Equatable {
      let statistic: JSONNumber
      let p: JSONNumber

      init(_ test: ResidualDiagnostics.Test) {
        statistic = JSONNumber(test.statistic)
        p = JSONNumber(test.p)
      }
    }

    let omnibus: Test?
    let jarqueBera: Test
    let skewness: JSONNumber
    let kurtosis: JSONNumber
    let durbinWatson: JSONNumber

    init(_ diagnostics: ResidualDiagnostics) {
      omnibus = diagnostics.omnibus.map { Test($0) }
      jarqueBera = Test(diagnostics.jarqueBera)
      skewness = JSONNumber(diagnostics.skewness)
      kurtosis = JSONNumber(diagnostics.kurtosis)
      durbinWatson = JSONNumber(diagnostics.durbinWatson)
    }
  }

  struct Fidelity: Codable, Equatable {
    struct Shares: Codable, Equatable {
      let train: JSONNumber
      let heldOut: JSONNumber
    }

    let rSquared: Shares
    let heldOutRows: Int
    let probabilityRSquared: Shares?

    init(_ fidelity: RegressionRun.Fidelity) {
      rSquared = Shares(train: JSONNumber(fidelity.fitted), heldOut: JSONNumber(fidelity.heldOut))
      heldOutRows = fidelity.heldOutRows
      probabilityRSquared = fidelity.probabilities.map {
        Shares(train: JSONNumber($0.fitted), heldOut: JSONNumber($0.heldOut))
      }
    }
  }

  /// The terms with an estimate, the largest |t| first, without the constant.
  var strongest: [Term] {
    func size(_ term: Term) -> Double { term.t.value.isNaN ? -1 : term.t.value.magnitude }
    return body.terms.filter { $0.isConstant != true && !$0.aliased }.sortedFalling(by: size)
  }
}

extension RegressionJSON {
  /// The object of a regression.
  public init(_ run: RegressionRun) {
    self.init(header: TableHeader(Self.schema, run.table, seed: run.request.seed), body: Body(run))
  }
}
