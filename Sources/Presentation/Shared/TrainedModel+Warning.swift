import Learning
public import Runs

extension TrainedModel {
  /// What a reader must know before anything else, if the model is no good.
  public var warning: String? {
    func value(_ metrics: [Metric], _ score: Score) -> Double? { metrics.first { $0.name == score.name }?.value }
    if let accuracy = value(heldOut, .accuracy) {
      if accuracy <= commonestClassAccuracy {
        return "on rows that it has not seen the model is right in \(NumberText.percent(accuracy)), no more often than "
          + "the commonest class alone (\(NumberText.percent(commonestClassAccuracy))); its reasons explain little."
      }
    }
    // A forest is always right on the rows it was trained on, and no worse for it.
    if ensemble == nil, let balanced = value(heldOut, .balancedAccuracy),
      let before = value(onTraining, .balancedAccuracy), before - balanced > 0.1
    {
      return
        "the model is over-fitted: balanced accuracy \(NumberText.significant(before, 3)) on the rows it was trained "
        + "on, \(NumberText.significant(balanced, 3)) on others."
    }
    if let share = value(heldOut, .r2), let before = value(onTraining, .r2) {
      if share <= 0 {
        return "on rows that it has not seen the model is no better than the mean (R2 "
          + "\(NumberText.significant(share, 2))); its reasons explain little."
      }
      if ensemble == nil && before - share > 0.3 {
        return "the model is over-fitted: R2 \(NumberText.significant(before, 3)) on the rows it was trained on, "
          + "\(NumberText.significant(share, 3)) on others."
      }
    }
    return nil
  }
}
