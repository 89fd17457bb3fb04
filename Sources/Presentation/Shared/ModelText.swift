import Learning
public import Runs

/// What a model is, in words.
public enum ModelText {
  /// What the model is and how good it is.
  public static func line(_ trained: TrainedModel) -> String { line(ModelFacts(trained)) }

  /// What the model is and what it was trained for.
  static func sentence(_ model: ModelFacts, target: String) -> String {
    let training = model.trainingRows.map { "trained on \($0) rows" } ?? "not trained here,"
    return "A \(model.name), \(training) to predict \(target)."
  }

  /// What the model is and how good it is.
  static func line(_ model: ModelFacts) -> String {
    func figures(_ figures: [String: JSONNumber]) -> String { MetricText.list(ModelFacts.metrics(figures)) }
    guard let trainingRows = model.trainingRows else {
      return "Model: \(OneLine.text(model.name)), not trained here; "
        + (model.onTraining.isEmpty
          ? "no row tells how good it is." : "on the rows at hand \(figures(model.onTraining)).")
    }
    let line = "Model: \(OneLine.text(model.name)) on \(trainingRows) rows; "
    if !model.heldOut.isEmpty {
      return line + "on \(model.heldOutRows ?? 0) held-out rows " + figures(model.heldOut) + "."
    }
    let (place, known) = model.outOfBag.map { ("out of bag", $0) } ?? ("on these rows", model.onTraining)
    return line + "no rows held out; \(place) " + figures(known) + "."
  }
}
