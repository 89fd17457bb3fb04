import DataFrames
import Learning
import Runs
import Surrogates

/// What a report says before anything else: itself in a sentence, and what to beware of.
struct ReportAlerts {
  let headline: String
  /// What a reader should know before trusting the rest, most important first.
  let sentences: [String]

  /// The most sentences.
  private static let limit = 12
  /// The least share of held-out rows on which a surrogate should follow the model.
  private static let fidelityBound = 0.85

  /// What is to be said of a run; `ofColumns` is what is to be said of its columns.
  init(_ run: ReportRun, ofColumns: [String]) {
    headline = Self.headline(run)
    let all =
      Self.ofModel(run) + Self.ofData(run) + Self.ofExplanations(run)
      + ofColumns.map { "\($0)." }
    let shown = all.prefix(all.count > Self.limit ? Self.limit - 1 : Self.limit)
    sentences =
      shown + (all.count > shown.count ? ["And \(all.count - shown.count) more, which xai-tab inspect lists."] : [])
  }

  private static func headline(_ run: ReportRun) -> String {
    let trained = run.explained.trained
    let target = run.table.targetName
    var sentence = "The \(trained.name) predicts \(target)"
    if let evaluation = run.evaluation, let first = evaluation.intervals.first {
      let value = NumberText.significant(first.metric.value, 2)
      let interval =
        first.lower.isNaN
        ? "" : " (95 % interval \(NumberText.significant(first.lower, 2)) to \(NumberText.significant(first.upper, 2)))"
      let rows = Plural.text(evaluation.rows.count, "row", "rows")
      let place =
        switch evaluation.kind {
        case .heldOut: "\(rows) that it has not seen"
        case .training: "\(rows) that it was trained on"
        case .all: "\(rows) of the file"
        }
      sentence += " with \(MetricText.name(first.metric.name)) \(value)\(interval) on \(place)"
    } else {
      sentence += "; no row tells how well"
    }
    let named = run.importance.map { importance in
      importance.entries.filter { $0.importance.difference > $0.importance.standardDeviation }.prefix(3).map {
        importance.name($0)
      }
    }
    guard let names = named, !names.isEmpty else { return sentence + "." }
    return sentence + ". What matters most: \(names.joined(separator: ", "))."
  }

  private static func ofModel(_ run: ReportRun) -> [String] {
    let trained = run.explained.trained
    var alerts: [String] = []
    if let warning = trained.warning {
      alerts.append(warning.prefix(1).uppercased() + warning.dropFirst())
    }
    guard let evaluation = run.evaluation else { return alerts }
    if trained.warning == nil, let first = evaluation.intervals.first, !first.lower.isNaN {
      if first.metric.name == Score.accuracy.name, first.lower <= evaluation.commonestShare {
        alerts.append(
          "On \(evaluation.rows.count) rows the model cannot be told from guessing: accuracy may be as low as "
            + "\(NumberText.percent(first.lower)), and the commonest class alone has "
            + "\(NumberText.percent(evaluation.commonestShare))."
        )
      }
      if first.metric.name == Score.r2.name, first.lower <= 0 {
        alerts.append("On \(evaluation.rows.count) rows the model cannot be told from the mean: R2 may be 0 or less.")
      }
    }
    if evaluation.kind == .training {
      alerts.append("No rows are held out, so all figures are of rows that the model has seen and are too good.")
    } else if evaluation.rows.count < 30 {
      let rows = Plural.text(evaluation.rows.count, "row", "rows")
      alerts.append(
        "Only \(rows) \(evaluation.rows.count == 1 ? "measures" : "measure") the model: its figures are rough.")
    }
    if let curve = evaluation.calibration, evaluation.rows.count >= 50, curve.error > 0.1 {
      alerts.append(
        "The model's probabilities are off by \(NumberText.significant(curve.error, 2)) on average: read them as an "
          + "order, not as chances."
      )
    }
    return alerts
  }

  private static func ofData(_ run: ReportRun) -> [String] {
    var alerts: [String] = []
    if let leak = run.leak {
      alerts.append(
        "\"\(leak.column)\" alone tells the target (\(MetricText.name(leak.metric)) "
          + "\(NumberText.significant(leak.score, 3)) on held-out rows): is it known before the answer is?")
    }
    if run.duplicates > 0 {
      alerts.append(
        "\(Plural.text(run.duplicates, "row is", "rows are")) the same as an earlier row in all columns; copies "
          + "on both sides of the split make the figures too good.")
    }
    if case .classes(let codes, let names) = run.table.target {
      let known = codes.count { $0 >= 0 }
      let counts = names.indices.map { name in codes.count { $0 == name } }
      for (name, count) in zip(names, counts)
      where count > 0 && Double(count) < 0.1 * Double(known) && names.count <= 10 {
        alerts.append(
          "\"\(name)\" is rare, \(count) of \(known) rows: look at the balanced accuracy and at its row of the "
            + "confusion matrix."
        )
      }
      if known < codes.count { alerts.append(without(codes.count - known, run)) }
    } else if case .values(let values) = run.table.target, values.contains(where: \.isNaN) {
      alerts.append(without(values.count { $0.isNaN }, run))
    }
    return alerts
  }

  private static func without(_ count: Int, _ run: ReportRun) -> String {
    "\(Plural.text(count, "row has", "rows have")) no \(run.table.targetName) and are neither trained on nor "
      + "measured."
  }

  private static func ofExplanations(_ run: ReportRun) -> [String] {
    var alerts: [String] = []
    if let tree = run.tree, let fidelity = tree.quality.onOthers.first, fidelity.value < fidelityBound {
      alerts.append(
        "The surrogate tree follows the model only so far (\(MetricText.name(fidelity.name)) "
          + "\(NumberText.significant(fidelity.value, 2)) on held-out rows): it leaves things out.")
    }
    let explanations = run.lime.rows.compactMap(\.explained.explanations.first)
    let poor = explanations.count { $0.rSquared < 0.5 }
    if poor > 0 {
      alerts.append(
        "Of \(explanations.count) explained rows \(poor) \(poor == 1 ? "has" : "have") a local R2 below 0.5: read such "
          + "weights as averages, not as the model's rule."
      )
    }
    let unstable = explanations.count { $0.stability == .low }
    if unstable > 0, run.lime.method != "exact" {
      alerts.append("For \(unstable) of \(explanations.count) explained rows other draws may show other first terms.")
    }
    let undriven = explanations.count { $0.evidence.map { !$0.isDriven } ?? false }
    if undriven > 0 {
      alerts.append(
        "For \(undriven) of \(explanations.count) explained rows no column drives the prediction beyond chance.")
    }
    return alerts
  }
}
