import Surrogates

/// The JSON form of a regression.
struct RegressionJSON: Encodable {
  let run: RegressionRun

  private enum Key: String, CodingKey {
    case schema, version, seed, data, response, n, rank, residualDegreesOfFreedom, rSquared, adjustedRSquared
    case fStatistic, fPValue, sigma, logLikelihood, aic, bic, conditionNumber, scaledConditionNumber, errors, confidence
    case terms, references, diagnostics, rowsLeftOut, warnings, model, fidelity
  }

  func encode(to encoder: any Encoder) throws {
    let fit = run.fit
    var container = encoder.container(keyedBy: Key.self)
    try container.encode("xai-tab/regress/1", forKey: .schema)
    try container.encode(Provenance.version, forKey: .version)
    try container.encode(run.request.seed, forKey: .seed)
    try container.encode(DataFacts(run.table.source, target: run.table.targetName), forKey: .data)
    try container.encode(run.responseName, forKey: .response)
    try container.encode(fit.count, forKey: .n)
    try container.encode(fit.rank, forKey: .rank)
    try container.encode(fit.residualDegreesOfFreedom, forKey: .residualDegreesOfFreedom)
    let numbers: [(Key, Double)] = [
      (.rSquared, fit.rSquared), (.adjustedRSquared, fit.adjustedRSquared), (.fStatistic, fit.fStatistic),
      (.fPValue, fit.fPValue), (.sigma, fit.sigma), (.logLikelihood, fit.logLikelihood), (.aic, fit.aic),
      (.bic, fit.bic), (.conditionNumber, fit.conditionNumber),
      (.scaledConditionNumber, fit.scaledConditionNumber), (.confidence, run.request.regression.confidence),
    ]
    for (key, value) in numbers { try container.encode(JSONNumber(value), forKey: key) }
    try container.encode(run.request.regression.errors.rawValue, forKey: .errors)
    try container.encode(fit.coefficients.map { Term($0) }, forKey: .terms)
    try container.encode(fit.coding.references.map { ["column": $0.column, "level": $0.level] }, forKey: .references)
    try container.encode(fit.diagnostics.map { Diagnostics($0) }, forKey: .diagnostics)
    try container.encode(run.rowsConsidered - fit.count, forKey: .rowsLeftOut)
    try container.encode(run.warnings, forKey: .warnings)
    if let explained = run.explained { try container.encode(ModelFacts(explained.trained), forKey: .model) }
    if let fidelity = run.fidelity { try container.encode(Fidelity(fidelity), forKey: .fidelity) }
  }

  private struct Term: Encodable {
    struct Part: Encodable {
      let term: String
      let factor: JSONNumber
    }

    let term: String
    let estimate: JSONNumber
    let standardError: JSONNumber
    let t: JSONNumber
    let p: JSONNumber
    let lower: JSONNumber
    let upper: JSONNumber
    let aliased: Bool
    let varianceInflation: JSONNumber
    let repeats: [Part]

    init(_ coefficient: LinearRegressionFit.Coefficient) {
      let estimate = coefficient.estimate
      func number(_ value: Double?) -> JSONNumber { JSONNumber(value ?? .nan) }
      term = coefficient.term
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

  private struct Diagnostics: Encodable {
    struct Test: Encodable {
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

  private struct Fidelity: Encodable {
    struct Shares: Encodable {
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
}
