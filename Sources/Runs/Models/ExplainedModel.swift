public import Learning
public import Tensors

/// A model seen as a whole, for what explains all of it at once: its answers to every row of the table, and the rows
/// that an explanation is fitted to and measured on.
public struct ExplainedModel: Sendable {
  /// The model.
  public let trained: TrainedModel
  /// The model's output for every row of the table, `[rows, outputs]`.
  public let answers: Matrix
  /// The rows that an explanation is fitted to, ascending: those that the model was trained on.
  public let fitted: [Int]
  /// The rows that measure the explanation, ascending: those that neither the model nor the explanation has seen.
  public let heldOut: [Int]

  /// Trains the model and has it answer every row.
  /// - Throws: what keeps the model from being trained or from answering.
  public static func make(_ table: LearningTable, _ request: ModelRequest, _ settings: RunSettings) throws
    -> ExplainedModel
  {
    let trained = try TrainedModel.make(table, request, settings)
    return ExplainedModel(
      trained: trained, answers: try trained.model.predict(table.rows, workers: settings.workers),
      fitted: trained.split.training, heldOut: trained.split.heldOut)
  }

  /// What the model says of every row: the most probable class, or the number.
  public func labels(_ target: Target) -> Target {
    switch target {
    case .classes(_, let names): .classes(Metrics.classes(answers), names: names)
    case .values: .values(answers.elements)
    }
  }
}
