import DataFrames
import Learning
public import Runs
import Surrogates

/// The text form of a LIME run, for a terminal.
public struct LimeText {
  let run: LimeRun
  let isColored: Bool

  /// The text of a run, coloured for a terminal or not.
  public init(run: LimeRun, isColored: Bool = false) {
    self.run = run
    self.isColored = isColored
  }

  /// One row in full, or a line for each of several.
  public func text(isSingle: Bool) -> String {
    let body =
      isSingle
      ? run.rows.map { full($0) }.joined(separator: "\n") : run.rows.map { line($0) }.joined(separator: "\n") + "\n"
    let warning = run.trained.warning.map { "Beware: \($0)\n" } ?? ""
    return body + "\n" + ModelText.line(run.trained) + "\n" + warning
  }

  private func full(_ row: LimeRun.Row) -> String {
    let target = run.table.targetName
    let prediction = LimeJSON.Prediction(run, row)
    var lines = [
      OneLine.text(
        "Row \(row.number) of \(run.table.source.name): \(Self.predicted(target, prediction, actual: run.actual(row)))")
    ]
    lines += probabilities(row)
    for explanation in row.explained.explanations {
      let facts = LimeJSON.Explanation(run, row, explanation)
      lines.append("")
      lines.append(
        OneLine.text(
          "Why \(run.request.explainsMargin ? "the margin of " : "")\(Self.outputName(target, facts.class.text)) "
            + "(\(Self.methodName(LimeJSON.Method(run, kernelWidth: nil, samples: nil), facts))):"))
      lines += bars(explanation, row)
      lines.append(Self.surrogateLine(facts))
      if row.explained.samples > 0 { lines.append(Self.stabilityLine(facts)) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The probabilities of all classes, if there are more than two.
  private func probabilities(_ row: LimeRun.Row) -> [String] {
    guard let names = run.classNames, names.count > 2 else { return [] }
    let falling = LimeRun.fallingOutputs(row.prediction)
    let shown = falling.prefix(10).map { "\(names[$0]) \(NumberText.significant(row.prediction[$0], 3))" }
    return [OneLine.text("Probabilities: " + shown.joined(separator: ", ")) + (names.count > 10 ? ", ..." : ".")]
  }

  private func bars(_ explanation: LocalExplanation, _ row: LimeRun.Row) -> [String] {
    let largest = explanation.terms.map(\.weight.magnitude).max() ?? 0
    let weights = explanation.terms.map { term in
      Self.weight(term.weight, largest: largest)
        + (term.standardError > 0 ? " ± \(NumberText.significant(term.standardError, 2))" : "")
    }
    let conditions = explanation.terms.map { OneLine.text(run.condition($0, row)) }
    let weightWidth = weights.map(\.count).max() ?? 0
    let conditionWidth = min(60, conditions.map(\.count).max() ?? 0)
    return explanation.terms.indices.map { index in
      let weight = explanation.terms[index].weight
      let length = largest > 0 ? Int((weight.magnitude / largest * 24).rounded()) : 0
      let bar = String(repeating: weight < 0 ? "-" : "+", count: length)
      let padding = String(repeating: " ", count: max(0, conditionWidth - conditions[index].count))
      let line =
        "  " + String(repeating: " ", count: weightWidth - weights[index].count) + weights[index] + "  "
        + conditions[index] + padding + "  " + Self.colored(bar, weight: weight, isColored)
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// Blue for what speaks for the output, orange for what speaks against it.
  private static func colored(_ bar: String, weight: Double, _ isColored: Bool) -> String {
    isColored && !bar.isEmpty ? "\u{1B}[\(weight < 0 ? "33" : "34")m\(bar)\u{1B}[0m" : bar
  }

  private func line(_ row: LimeRun.Row) -> String {
    let reasons = row.explained.explanations.map { explanation in
      let largest = explanation.terms.map(\.weight.magnitude).max() ?? 0
      let terms = explanation.terms.prefix(3).map {
        "\(Self.weight($0.weight, largest: largest)) \(run.condition($0, row))"
      }
      return OneLine.text(terms.joined(separator: "; "))
        + " (R2 \(Self.fidelity(explanation.rSquared, error: explanation.rSquaredError)))"
    }
    let predicted = Self.predicted(
      run.table.targetName, LimeJSON.Prediction(run, row), actual: run.actual(row))
    return OneLine.text("Row \(row.number): \(predicted) ") + reasons.joined(separator: " | ")
  }

  /// The prediction in words, with what the file says.
  static func predicted(_ target: String, _ prediction: LimeJSON.Prediction, actual: String?) -> String {
    let actual = actual.map { "the file says \(OneLine.text($0))" } ?? "the file has no value"
    if let name = prediction.class {
      let probability = prediction.probabilities?[name]?.value ?? .nan
      return
        "predicted \(outputName(target, name)) with probability \(NumberText.significant(probability, 3)) (\(actual))."
    }
    return "predicted \(target) = \(NumberText.significant(prediction.value?.value ?? .nan, 4)) (\(actual))."
  }

  /// The target, with the class where it has classes, such as `species = Adelie`.
  static func outputName(_ target: String, _ class: String?) -> String {
    `class`.map { "\(target) = \($0)" } ?? target
  }

  /// A weight with its sign, three significant digits of the largest one.
  public static func weight(_ weight: Double, largest: Double) -> String {
    let text = NumberText.fixed(weight, decimals: NumberText.decimals(of: largest, digits: 3))
    return weight < 0 ? text : "+\(text)"
  }

  /// R² with its standard error.
  static func fidelity(_ rSquared: Double, error: Double) -> String {
    if rSquared.isNaN { return "undefined" }
    // An error below the rounding of the numbers is none.
    if !(error >= 1e-12) { return NumberText.significant(rSquared, 3) }
    return NumberText.fixed(rSquared, decimals: NumberText.decimals(of: error, digits: 1))
      + " ± \(NumberText.significant(error, 1))"
  }

  /// What the surrogate says with and without the conditions, and how much of the model it shows.
  static func surrogateLine(_ explanation: LimeJSON.Explanation) -> String {
    let rSquared = explanation.rSquared.value
    let share =
      rSquared.isNaN
      ? "the model does not vary around this row"
      : "they explain R2 = \(fidelity(rSquared, error: explanation.rSquaredError.value)) of the model's variance "
        + "around this row"
    return
      "With none of these conditions the surrogate says \(NumberText.significant(explanation.intercept.value, 3)), "
      + "with all of them \(NumberText.significant(explanation.localPrediction.value, 3)) (the model: "
      + "\(NumberText.significant(explanation.modelOutput.value, 3))); \(share)."
  }

  /// How sure the order of sampled weights is.
  static func stabilityLine(_ explanation: LimeJSON.Explanation) -> String {
    if let evidence = explanation.evidence, evidence.columns == 0, evidence.largestWeight.value == 0 {
      return "No column drives this prediction: the model gives the same for all draws around this row."
    }
    if let evidence = explanation.evidence, !evidence.isDriven {
      let errors = NumberText.significant(evidence.largestInStandardErrors.value, 2)
      let chance = NumberText.significant(evidence.chanceThreshold.value, 2)
      return
        "No column drives this prediction: the largest weight is "
        + "\(NumberText.significant(evidence.largestWeight.value, 2)), \(errors) standard errors from 0 (chance alone "
        + "makes \(chance) among \(evidence.columns) columns), and the prediction is "
        + "\(NumberText.significant(evidence.distanceFromMean.value, 2)) from the mean around it."
    }
    switch Stability(rawValue: explanation.stability) {
    case .high: return "Stability high: other draws would put the first terms in the same order."
    case .medium: return "Stability medium: other draws would show the same first terms, perhaps in another order."
    case .low, nil:
      return "Stability low: other draws may show other first terms; more of them (--samples) may settle it."
    }
  }

  /// How a row's weights came about.
  static func methodName(_ method: LimeJSON.Method, _ explanation: LimeJSON.Explanation) -> String {
    let samples = explanation.samples > 0 ? ", \(explanation.samples) draws" : ""
    let bins = method.bins == "none" ? "no bins" : "\(method.bins) bins"
    return
      "\(method.name) LIME\(samples), \(bins), kernel width \(NumberText.significant(explanation.kernelWidth, 3))"
  }

  /// The names of the columns of `csv`.
  public static let csvHeader =
    CSVWriter.record([
      "row", "class", "prediction", "column", "condition", "value", "weight", "standardError", "rSquared",
    ]) + "\n"

  /// The terms of the rows in hand as CSV, one line a term.
  public static func csv(_ run: LimeRun) -> String {
    var lines: [String] = []
    for row in run.rows {
      for explanation in row.explained.explanations {
        for term in explanation.terms {
          let feature = run.features[term.column]
          lines.append(
            CSVWriter.record([
              "\(row.number)", run.classNames?[explanation.output] ?? "", "\(row.answer[explanation.output])",
              feature.name, run.condition(term, row),
              ConditionText.cell(run.value(row, term.column), feature) ?? "", "\(term.weight)",
              "\(term.standardError)", explanation.rSquared.isNaN ? "" : "\(explanation.rSquared)",
            ]))
        }
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
