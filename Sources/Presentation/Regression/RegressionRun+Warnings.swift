import DataFrames
import Learning
public import Runs
import Surrogates

extension RegressionRun {
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

  /// What a reader must know before trusting the table, most important first.
  public var warnings: [String] {
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
        "the \(top) of \(table.encoding.features.count) columns that go best with the response one by one were picked "
          + "from the same rows, so the p-values are too small: read them as an order")
    }
    if fit.determinedRows > 0 {
      warnings.append(
        "\(Plural.text(fit.determinedRows, "row", "rows")) alone determine a coefficient; the robust errors "
          + "cannot see their noise")
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
