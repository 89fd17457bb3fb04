import DataFrames
import Runs

/// The text and CSV forms of a regression, and the sentences that its page shares.
public struct RegressionText {
  let result: RegressionJSON

  /// The text of a result.
  public init(result: RegressionJSON) {
    self.result = result
  }

  /// The text form.
  public var text: String {
    var lines = fidelityLines
    if !lines.isEmpty { lines.append("") }
    lines += [OneLine.text(headline), OneLine.text(fitLine), ""]
    lines += TextTable.aligned([header] + cells)
    lines.append("")
    if let line = referenceLine { lines.append(OneLine.text(line)) }
    lines += judgement
    if let model = result.model { lines.append(ModelText.line(model)) }
    if let warning = result.model?.warning { lines.append("Beware: \(warning)") }
    lines += result.warnings.map { OneLine.text("Beware: \($0).") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What is regressed on what, and what stands out.
  var headline: String {
    let columns = Plural.text(result.columnsUsed, "column", "columns")
    let strongest = result.strongest.prefix(3).map { "\($0.term) (t \(NumberText.significant($0.t.value, 4)))" }
    let names = strongest.isEmpty ? "" : " Largest |t|: \(strongest.joined(separator: ", "))."
    return "Linear regression of \(result.response) on \(columns), \(result.n) rows.\(names)"
  }

  /// How much of a model the regression shows, and what its tests are then worth; empty without a model.
  var fidelityLines: [String] {
    guard let fidelity = result.fidelity else { return [] }
    let scale = result.isLogit ? " of the logit" : ""
    let (train, heldOut) = (fidelity.rSquared.train.value, fidelity.rSquared.heldOut.value)
    var lines = [
      fidelity.heldOutRows > 1
        ? "Fidelity: the regression shows R2 = \(NumberText.significant(heldOut, 4))\(scale) of the model on "
          + "\(fidelity.heldOutRows) held-out rows (\(NumberText.significant(train, 4)) on those it was fitted to)."
        : "Fidelity: the regression shows R2 = \(NumberText.significant(train, 4))\(scale) of the model on the rows "
          + "it was fitted to; none are held out."
    ]
    if let probabilities = fidelity.probabilityRSquared {
      lines.append(
        "On the scale of probabilities R2 = \(NumberText.significant(probabilities.heldOut.value, 4)) held out, "
          + "\(NumberText.significant(probabilities.train.value, 4)) fitted; probabilities are clipped to "
          + "\(RegressionRun.clip) ... \(1 - RegressionRun.clip) before the logit.")
    }
    lines.append(
      "The response is a model's output, not an observation: t and p rank the columns and test nothing about the world."
    )
    return lines
  }

  /// R², F and sigma.
  var fitLine: String {
    let scale = result.hasConstant ? "" : " (about 0, there is no constant)"
    var line =
      "R2 \(number(result.rSquared))\(scale), adjusted \(number(result.adjustedRSquared)); sigma "
      + "\(number(result.sigma)) on \(result.residualDegreesOfFreedom) degrees of freedom"
    if !result.fStatistic.value.isNaN {
      line += "; F \(number(result.fStatistic)), \(Self.pText(result.fPValue))"
    }
    return line + "."
  }

  private func number(_ value: JSONNumber) -> String { NumberText.significant(value.value, 4) }

  /// A probability as `p 0.012`, never as zero.
  private static func pText(_ p: JSONNumber) -> String {
    p.value == 0 ? "p < 1e-300" : "p \(NumberText.significant(p.value, 3))"
  }

  /// The names of the table's columns.
  var header: [String] {
    let percent = NumberText.significant(result.confidence.value * 100, 4)
    return [
      "Term", "Estimate", result.errors == "hc3" ? "HC3 error" : "Std. error", "t", "p", "\(percent) % from", "to",
      "VIF",
    ]
  }

  /// The cells of the table, one row a term.
  var cells: [[String]] {
    result.terms.map { term in
      if term.aliased { return [term.term, "aliased", "", "", "", "", "", ""] }
      // As many decimals as the error has to two digits and one more: further ones say nothing.
      let decimals = NumberText.decimals(of: term.standardError.value, digits: 3)
      return [
        term.term, Self.fixed(term.estimate, decimals), NumberText.significant(term.standardError.value, 4),
        Self.fixed(term.t, 3), term.p.value == 0 ? "<1e-300" : NumberText.significant(term.p.value, 3),
        Self.fixed(term.lower, decimals), Self.fixed(term.upper, decimals),
        term.varianceInflation.value.isNaN ? "" : NumberText.significant(term.varianceInflation.value, 3),
      ]
    }
  }

  private static func fixed(_ number: JSONNumber, _ decimals: Int) -> String {
    let value = number.value
    return value.magnitude >= 1e7 ? NumberText.significant(value, 6) : NumberText.fixed(value, decimals: decimals)
  }

  /// The level that each category's others are compared with.
  var referenceLine: String? {
    guard !result.references.isEmpty else { return nil }
    return "Compared with: " + result.references.map { "\($0.column)=\($0.level)" }.joined(separator: ", ") + "."
  }

  /// The figures under the table.
  var judgement: [String] {
    var lines = [
      "AIC \(number(result.aic)), BIC \(number(result.bic)) (sigma not counted); condition number "
        + "\(number(result.conditionNumber)), \(number(result.scaledConditionNumber)) with columns scaled to length 1."
    ]
    if let diagnostics = result.diagnostics, !result.isExact {
      let omnibus = diagnostics.omnibus.map { "Omnibus \(number($0.statistic)) (\(Self.pText($0.p))), " } ?? ""
      lines.append(
        "Residuals: \(omnibus)Jarque-Bera \(number(diagnostics.jarqueBera.statistic)) "
          + "(\(Self.pText(diagnostics.jarqueBera.p))), skewness \(number(diagnostics.skewness)), kurtosis "
          + "\(number(diagnostics.kurtosis)), Durbin-Watson \(number(diagnostics.durbinWatson)).")
    }
    return lines
  }

  /// The table of terms, all digits.
  public var csv: String {
    let header = ["term", "estimate", "standardError", "t", "p", "lower", "upper", "aliased"]
    let rows = result.terms.map { term in
      let numbers = [term.estimate, term.standardError, term.t, term.p, term.lower, term.upper].map(\.value)
      return [term.term] + numbers.map { $0.isFinite ? "\($0)" : "" } + ["\(term.aliased)"]
    }
    return ([header] + rows).map { CSVWriter.record($0) + "\n" }.joined()
  }
}
