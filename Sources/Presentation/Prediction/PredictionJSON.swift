import Learning
public import Reports
public import Runs
public import Tensors

/// The JSON form of predictions, `xai-tab/predict/1`.
public struct PredictionJSON: HeadedObject, Equatable {
  /// The name and version of the JSON form.
  public static let schema = "xai-tab/predict/1"
  let header: TableHeader
  let body: Body

  struct Body: Codable, Equatable {
    let model: ModelFacts
    let predictions: [Prediction]

    init(_ table: LearningTable, _ trained: TrainedModel, answers: Matrix) {
      model = ModelFacts(trained)
      predictions = PredictionJSON.predictions(answers, 0..<answers.rows, table.target.classNames, firstRow: 1)
    }
  }

  /// What the model says of one row.
  struct Prediction: Codable, Equatable {
    let row: Int
    let `class`: String?
    let probabilities: [String: JSONNumber]?
    let value: JSONNumber?
  }

  /// The predictions for some rows of answers, of which the first of all has the number `firstRow`.
  static func predictions(
    _ answers: Matrix, _ rows: Range<Int>, _ names: [String]?, firstRow: Int
  ) -> [Prediction] {
    let classes = names == nil ? [] : Metrics.classes(answers)
    return rows.map { row in
      Prediction(
        row: firstRow + row, class: names.map { $0[classes[row]] },
        probabilities: names.map { names in
          Dictionary(zip(names, answers.row(row).map { JSONNumber($0) })) { first, _ in first }
        }, value: names == nil ? JSONNumber(answers[row, 0]) : nil)
    }
  }
}

extension PredictionJSON {
  /// The answers `[rows, outputs]` of a model.
  public init(_ table: LearningTable, _ trained: TrainedModel, answers: Matrix, seed: UInt64) {
    self.init(header: TableHeader(Self.schema, table, seed: seed), body: Body(table, trained, answers: answers))
  }
}

extension PredictionJSON: PagedResult {
  private static let rowLimit = 500

  /// The page of the result.
  public func page(_ figures: inout Figures) -> Page {
    let shown = body.predictions.prefix(Self.rowLimit)
    let isRegression = body.predictions.first?.class == nil
    return Page(
      title: "Predictions for \(data.name)",
      headline: "What the \(body.model.name) says of \(body.predictions.count) rows.",
      alerts: pageAlerts(body.model),
      sections: [
        Section(
          heading: "The rows", id: "rows",
          blocks: [
            .table(
              Table(
                caption: shown.count < body.predictions.count
                  ? "The first \(shown.count) of \(body.predictions.count) rows" : "All rows",
                columns: [.init("Row", isNumeric: true)]
                  + (isRegression
                    ? [.init(data.target ?? "Value", isNumeric: true)]
                    : [.init(data.target ?? "Class"), .init("Probability", isNumeric: true)]),
                rows: shown.map { prediction in
                  guard let name = prediction.class else {
                    return [
                      .init("\(prediction.row)"), .init(NumberText.significant(prediction.value?.value ?? .nan, 5)),
                    ]
                  }
                  let probability = prediction.probabilities?[name]?.value ?? .nan
                  return [
                    .init("\(prediction.row)"), .init(name),
                    .init(NumberText.significant(probability, 3), bar: probability),
                  ]
                }))
          ]), .model(body.model, target: data.target ?? "the target"),
      ],
      provenance: .provenance(header, body.model))
  }
}
