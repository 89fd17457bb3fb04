import DataFrames
import Surrogates

/// The text and CSV forms of a regression.
struct RegressionText {
  let run: RegressionRun

  var text: String {
    var lines = Self.fidelityLines(run)
    if !lines.isEmpty { lines.append("") }
    lines += [Terminal.oneLine(headline), Terminal.oneLine(Self.fitLine(run.fit)), ""]
    lines += TextTable.aligned([Self.header(run)] + Self.cells(run))
    lines.append("")
    if let line = Self.referenceLine(run) { lines.append(Terminal.oneLine(line)) }
    lines += Self.judgement(run)
    if let explained = run.explained { lines.append(LimeText.modelLine(explained.trained)) }
    if let warning = run.explained?.trained.warning { lines.append("Beware: \(warning)") }
    lines += run.warnings.map { Terminal.oneLine("Beware: \($0).") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What is regressed on what, and what stands out.
  var headline: String {
    let columns = DataFrame.counted(run.columns.count, "column", "columns")
    let strongest = run.strongest.prefix(3).compactMap { coefficient in
      coefficient.estimate.map { "\(coefficient.term) (t \(NumberText.significant($0.t, 4)))" }
    }
    let names = strongest.isEmpty ? "" : " Largest |t|: \(strongest.joined(separator: ", "))."
    return "Linear regression of \(run.responseName) on \(columns), \(run.fit.count) rows.\(names)"
  }

  /// How much of a model the regression shows, and what its tests are then worth; empty without a model.
  static func fidelityLines(_ run: RegressionRun) -> [String] {
    guard let fidelity = run.fidelity else { return [] }
    let scale = run.request.isLogit ? " of the logit" : ""
    var lines = [
      fidelity.heldOutRows > 1
        ? "Fidelity: the regression shows R2 = \(NumberText.significant(fidelity.heldOut, 4))\(scale) of the model on "
          + "\(fidelity.heldOutRows) held-out rows (\(NumberText.significant(fidelity.fitted, 4)) on those it was fitted to)."
        : "Fidelity: the regression shows R2 = \(NumberText.significant(fidelity.fitted, 4))\(scale) of the model on the rows "
          + "it was fitted to; none are held out."
    ]
    if let probabilities = fidelity.probabilities {
      lines.append(
        "On the scale of probabilities R2 = \(NumberText.significant(probabilities.heldOut, 4)) held out, "
          + "\(NumberText.significant(probabilities.fitted, 4)) fitted; probabilities are clipped to "
          + "\(RegressionRun.clip) ... \(1 - RegressionRun.clip) before the logit.")
    }
    lines.append(
      "The response is a model's output, not an observation: t and p rank the columns and test nothing about the world."
    )
    return lines
  }

  /// R², F and sigma.
  static func fitLine(_ fit: LinearRegressionFit) -> String {
    let scale = fit.hasConstant ? "" : " (about 0, there is no constant)"
    var line =
      "R2 \(NumberText.significant(fit.rSquared, 4))\(scale), adjusted \(NumberText.significant(fit.adjustedRSquared, 4)); "
      + "sigma \(NumberText.significant(fit.sigma, 4)) on \(fit.residualDegreesOfFreedom) degrees of freedom"
    if !fit.fStatistic.isNaN {
      line += "; F \(NumberText.significant(fit.fStatistic, 4)), \(pText(fit.fPValue))"
    }
    return line + "."
  }

  /// A probability as `p 0.012`, never as zero.
  static func pText(_ p: Double) -> String { p == 0 ? "p < 1e-300" : "p \(NumberText.significant(p, 3))" }

  /// The names of the table's columns.
  static func header(_ run: RegressionRun) -> [String] {
    let percent = NumberText.significant(run.request.regression.confidence * 100, 4)
    return [
      "Term", "Estimate", run.request.regression.errors == .hc3 ? "HC3 error" : "Std. error", "t", "p",
      "\(percent) % from", "to", "VIF",
    ]
  }

  /// The cells of the table, one row a term.
  static func cells(_ run: RegressionRun) -> [[String]] {
    run.fit.coefficients.map { coefficient in
      guard let estimate = coefficient.estimate else { return [coefficient.term, "aliased", "", "", "", "", "", ""] }
      // As many decimals as the error has to two digits and one more: further ones say nothing.
      let decimals = NumberText.decimals(of: estimate.standardError, digits: 3)
      return [
        coefficient.term, number(estimate.value, decimals), NumberText.significant(estimate.standardError, 4),
        number(estimate.t, 3), estimate.p == 0 ? "<1e-300" : NumberText.significant(estimate.p, 3),
        number(estimate.lower, decimals), number(estimate.upper, decimals),
        coefficient.varianceInflation.map { NumberText.significant($0, 3) } ?? "",
      ]
    }
  }

  private static func number(_ value: Double, _ decimals: Int) -> String {
    value.magnitude >= 1e7 ? NumberText.significant(value, 6) : NumberText.fixed(value, decimals: decimals)
  }

  /// The level that each category's others are compared with.
  static func referenceLine(_ run: RegressionRun) -> String? {
    let references = run.fit.coding.references
    guard !references.isEmpty else { return nil }
    return "Compared with: " + references.map { "\($0.column)=\($0.level)" }.joined(separator: ", ") + "."
  }

  /// The figures under the table.
  static func judgement(_ run: RegressionRun) -> [String] {
    let fit = run.fit
    func number(_ value: Double) -> String { NumberText.significant(value, 4) }
    var lines = [
      "AIC \(number(fit.aic)), BIC \(number(fit.bic)) (sigma not counted); condition number \(number(fit.conditionNumber)), "
        + "\(number(fit.scaledConditionNumber)) with columns scaled to length 1."
    ]
    if let diagnostics = fit.diagnostics, !fit.isExact {
      let omnibus = diagnostics.omnibus.map { "Omnibus \(number($0.statistic)) (\(pText($0.p))), " } ?? ""
      lines.append(
        "Residuals: \(omnibus)Jarque-Bera \(number(diagnostics.jarqueBera.statistic)) "
          + "(\(pText(diagnostics.jarqueBera.p))), skewness \(number(diagnostics.skewness)), kurtosis "
          + "\(number(diagnostics.kurtosis)), Durbin-Watson \(number(diagnostics.durbinWatson)).")
    }
    return lines
  }

  /// The table of terms, all digits.
  var csv: String {
    let header = ["term", "estimate", "standardError", "t", "p", "lower", "upper", "aliased"]
    let rows = run.fit.coefficients.map { coefficient in
      guard let estimate = coefficient.estimate else { return [coefficient.term, "", "", "", "", "", "", "true"] }
      let numbers = [estimate.value, estimate.standardError, estimate.t, estimate.p, estimate.lower, estimate.upper]
      return [coefficient.term] + numbers.map { $0.isFinite ? "\($0)" : "" } + ["false"]
    }
    return ([header] + rows).map { CSVWriter.record($0) + "\n" }.joined()
  }
}
