import DataFrames
public import Reports
import Runs

extension ImageEvaluationJSON: PagedResult {
  /// The page of the result.
  public func page(_ figures: inout Figures) -> Page {
    let text = ImageEvaluationText(result: self)
    let good = body.methods.filter { $0.error == nil }
    let columns = text.columns.enumerated().map { Table.Column($1, isNumeric: $0 > 0) }
    let rows = good.map { method in text.cells(method).map { Table.Cell($0) } }
    let table = Table(
      caption: "Means over \(pictureCount), with their standard errors", columns: columns, rows: rows)
    var drawn: [Block] = []
    for measure in shown {
      let bars = Self.bars(measure, good)
      drawn.append(
        figures.block("The best first; whiskers are one standard error. \(measure.rawValue): \(measure.summary).") {
          try bars.svg(using: $0)
        })
    }
    let failures = body.methods.compactMap { method in method.error.map { Block.note("\(method.method): \($0).") } }
    var alerts = body.notes.map { $0 + "." }
    if body.pictures.count < body.planned {
      alerts.insert("Only \(body.pictures.count) of \(body.planned) pictures were reached.", at: 0)
    }
    if body.pictures.count < 20 {
      alerts.append("So few pictures say little of methods in general: look at the standard errors.")
    }
    let method: [Block] =
      shown.map { .paragraph("\($0.rawValue): \($0.summary).") } + [
        .paragraph(
          (goesBySteps ? "Deletion and insertion go by \(body.pixelsPerStep) pixels a step. " : "")
            + "The row \(ImageEvaluationRun.baseline) is no method: "
            + "its values fall from the middle of the picture outwards.")
      ]
    return Page(
      title: "Which maps to believe", headline: headline, alerts: alerts,
      sections: [
        Section(heading: "The methods", id: "methods", blocks: [.table(table)] + failures),
        Section(heading: "Measure by measure", id: "measures", blocks: drawn),
        Section(heading: "How this was measured", id: "how", blocks: method),
      ],
      provenance: .provenance(
        header,
        [
          Fact("Pictures", body.data.path), Fact("SHA-256 of their SHA-256", body.data.sha256),
          Fact("Model", body.model),
        ]))
  }

  /// A measure of all methods, the best first.
  private static func bars(_ measure: ImageEvaluationRun.Measure, _ methods: [Method]) -> DivergingBars {
    var bars: [DivergingBars.Bar] = []
    for method in methods {
      guard let mean = method.measures[measure.rawValue] else { continue }
      let error = mean.standardError.value
      bars.append(
        DivergingBars.Bar(
          label: method.method, value: mean.mean.value, error: error.isNaN ? nil : error,
          valueText: NumberText.fixed(mean.mean.value, decimals: 3)))
    }
    bars.sort { measure.isBetterWhenLarger ? $0.value > $1.value : $0.value < $1.value }
    return DivergingBars(
      title: measure.rawValue, axis: measure.isBetterWhenLarger ? "more is better" : "less is better", bars: bars)
  }

  /// How many pictures were measured.
  var pictureCount: String { "\(body.pictures.count) \(body.pictures.count == 1 ? "picture" : "pictures")" }

  /// Whether a measure is among those shown that takes or shows pixels step by step.
  var goesBySteps: Bool { shown.contains { $0 == .deletion || $0 == .insertion } }

  private var headline: String {
    let good = body.methods.filter { $0.error == nil }
    let best = shown.compactMap { measure -> String? in
      let bars = Self.bars(measure, good).bars
      return bars.first.map { best in
        let equals = bars.filter { $0.value == best.value }.map(\.label)
        return "\(measure.rawValue) \(equals.joined(separator: " and "))"
      }
    }
    return "Best over \(pictureCount): \(best.joined(separator: ", "))."
  }
}
