import Tensors

extension Score {
  /// The area under the ROC curve; for more than two classes the mean of one class against the rest over the classes
  /// that have both.
  public static let auc = Score(
    name: "auc", title: "AUC", isBetterLarger: true,
    .classes { predictions, codes, classCount in
      let areas = (classCount == 2 ? 1..<2 : 0..<classCount).map { positive in
        areaUnderCurve(
          scores: codes.indices.map { predictions[$0, positive] }, positive: codes.map { $0 == positive })
      }.filter { !$0.isNaN }
      return areas.isEmpty ? .nan : areas.reduce(0, +) / Double(areas.count)
    })

  /// The chance that a positive row scores above a negative one, ties counting half (the Mann-Whitney statistic);
  /// NaN where one of the two has no row.
  private static func areaUnderCurve(scores: [Double], positive: [Bool]) -> Double {
    let rankSum = zip(scores.meanRanks(), positive).reduce(0.0) { $1.1 ? $0 + $1.0 + 1 : $0 }
    let positives = Double(positive.count { $0 })
    let negatives = Double(scores.count) - positives
    return (rankSum - positives * (positives + 1) / 2) / (positives * negatives)
  }
}
