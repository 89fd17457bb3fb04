import Tensors

extension Score {
  /// The mean over the classes present of the share of their rows that are right.
  public static let balancedAccuracy = Score(
    name: "balancedAccuracy", title: "balanced accuracy", isBetterLarger: true,
    .classes { predictions, codes, classCount in
      let predicted = Metrics.classes(predictions)
      var right = [Double](repeating: 0, count: classCount)
      var present = [Double](repeating: 0, count: classCount)
      for (row, code) in codes.enumerated() {
        present[code] += 1
        if predicted[row] == code { right[code] += 1 }
      }
      let recalls = (0..<classCount).filter { present[$0] > 0 }.map { right[$0] / present[$0] }
      return recalls.reduce(0, +) / Double(recalls.count)
    })
}
