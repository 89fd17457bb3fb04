public import Learning

/// How well a tree does, and on which rows.
public struct TreeQuality: Sendable {
  /// Where the figures that the tree is judged by come from.
  public let judged: TreeRun.Judged
  /// How well the tree does on the rows that it was grown on.
  public let onTraining: [Metric]
  /// How well it, or trees grown alike, do on other rows.
  public let onOthers: [Metric]
  /// The same for the data's own target where a model is explained; empty otherwise.
  public let actualOnOthers: [Metric]
  /// Whether the tree is of a model's answers.
  public let isOfModel: Bool
  /// The name of the data's target.
  public let targetName: String
}
