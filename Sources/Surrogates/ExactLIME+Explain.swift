public import Tensors
import Trees

extension ExactLIME {
  /// Explains one row.
  ///
  /// Costs O(nodes · outputs + columns used · draws).
  /// - Parameters:
  ///   - row: the row's cells, `[features]`.
  ///   - number: the row's number, which decides what is drawn for it alone.
  ///   - outputs: the outputs to explain, at least one.
  ///   - kernelWidth: how far the neighbourhood reaches.
  ///   - limit: the most terms of an explanation.
  ///   - fidelity: where the share of explained variance comes from.
  ///   - workers: the threads that may share the draws of a row that needs its own.
  /// - Returns: the kernel width and one explanation for each output.
  public func explain(
    _ row: ArraySlice<Double>, number: Int, outputs: [Int], kernelWidth: KernelWidth, limit: Int,
    fidelity: LocalFidelity, workers: Workers
  ) -> ExplainedRow {
    var search: WidthSearch?
    let width: Double
    switch kernelWidth {
    case .fixed(let given): width = given
    case .automatic:
      let found = widthSearch(row, number: number, output: outputs[0], fidelity: fidelity, workers: workers)
      width = found.chosen.width
      search = found
    }
    let coefficients = coefficients(of: row, kernelWidth: width)
    let residuals = fidelity.residuals(
      self, coefficients, outputs: outputs, number: number, kernelWidth: width, workers: workers)
    let explanations = zip(outputs, residuals).map { output, residual in
      explanation(of: output, row, coefficients, residual: residual, limit: limit)
    }
    return ExplainedRow(kernelWidth: width, widthSearch: search, samples: 0, explanations: explanations)
  }

  private func explanation(
    of output: Int, _ row: ArraySlice<Double>, _ coefficients: Coefficients, residual: DrawBank.Estimate, limit: Int
  ) -> LocalExplanation {
    let neighborhood = coefficients.neighborhood
    let slopes = ensemble.columns.indices.map { coefficients.slopes[$0, output] }
    let ranked = slopes.fallingOrder(by: \.magnitude)
    let shown = Array(ranked.prefix(limit))
    var terms = shown.map { slot in
      LocalExplanation.Term(
        column: ensemble.columns[slot], condition: bins[slot].condition(bin: neighborhood.bins[slot]),
        weight: slopes[slot], standardError: 0)
    }
    terms += unusedTerms(row, count: min(limit, discretizer.features.count) - terms.count)
    var intercept = coefficients.means[output]
    var local = intercept
    for slot in shown {
      intercept -= slopes[slot] * neighborhood.matchChances[slot]
      local += slopes[slot] * neighborhood.mismatchChances[slot]
    }
    let explained = coefficients.explainedVariance(shown, output: output)
    let total = coefficients.explainedVariance(Array(slopes.indices), output: output) + residual.value
    return LocalExplanation(
      output: output, intercept: intercept, localPrediction: local,
      rSquared: total > 0 ? explained / total : .nan,
      rSquaredError: total > 0 ? explained / total * (residual.standardError / total) : .nan, terms: terms,
      stability: .high, evidence: nil)
  }

  /// Terms of weight 0 for the first `count` columns that no tree uses.
  private func unusedTerms(_ row: ArraySlice<Double>, count: Int) -> [LocalExplanation.Term] {
    guard count > 0 else { return [] }
    let used = Set(ensemble.columns)
    return discretizer.features.indices.lazy.filter { !used.contains($0) }.prefix(count).map { column in
      let bins = discretizer.bins(ofColumn: column)
      let condition = bins.condition(bin: bins.bin(of: row[row.startIndex + column]))
      return LocalExplanation.Term(column: column, condition: condition, weight: 0, standardError: 0)
    }
  }
}

extension ExactLIME.Coefficients {
  /// The variance of the surrogate with the given columns, Σ β² p(1 − p).
  func explainedVariance(_ slots: [Int], output: Int) -> Double {
    slots.reduce(0) { sum, slot in
      let variance = neighborhood.matchChances[slot] * neighborhood.mismatchChances[slot]
      return sum + slopes[slot, output] * slopes[slot, output] * variance
    }
  }
}
