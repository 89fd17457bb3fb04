/// How often rows of each class are given each class.
public struct ConfusionMatrix: Sendable, Equatable {
  /// The names of the classes.
  public let classNames: [String]
  /// `counts[actual][predicted]`, in the order of the names.
  public let counts: [[Int]]

  /// Counts pairs of classes.
  /// - Parameters:
  ///   - predicted: the predicted class of each row.
  ///   - actual: its true class.
  ///   - classNames: the names of the classes.
  /// - Complexity: O(n + classes²)
  public init(predicted: [Int], actual: [Int], classNames: [String]) {
    precondition(predicted.count == actual.count, "ConfusionMatrix: \(predicted.count) and \(actual.count) rows")
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classNames.count), count: classNames.count)
    for (one, other) in zip(actual, predicted) { counts[one][other] += 1 }
    self.classNames = classNames
    self.counts = counts
  }
}
