import Learning

/// A target in the form that trees are grown on.
struct TreeLearner: Sendable {
  /// What the splits minimise.
  let criterion: Criterion
  /// The number of classes, or 0 for a number.
  let classCount: Int
  /// The mean of the numbers, which is taken off them so that their squares lose no digits; 0 for classes.
  let offset: Double
  /// The power of two by which the numbers are divided, so that the squares of very large or very small ones neither
  /// overflow nor vanish; 1 for classes.
  let unit: Double
  private let labels: [Int32]
  private let values: [Double]

  /// The form of a target without missing values; `criterion` nil: Gini for classes, variance for a number.
  init(_ target: Target, criterion: Criterion?) {
    switch target {
    case .classes(let codes, let names):
      self.criterion = criterion ?? .gini
      classCount = names.count
      offset = 0
      unit = 1
      labels = codes.map { Int32($0) }
      values = codes.map { Double($0) }
    case .values(let numbers):
      self.criterion = .variance
      classCount = 0
      // Each divided first: the sum of large numbers may be infinite where their mean is not.
      let mean = numbers.reduce(0) { $0 + $1 / Double(numbers.count) }
      offset = mean
      labels = []
      let largest = numbers.reduce(0) { max($0, ($1 - mean).magnitude) }
      let unit = largest > 0 && largest.isFinite ? largest.binade : 1
      self.unit = unit
      values = numbers.map { ($0 - mean) / unit }
    }
  }

  /// The rows of positive weight, as the grower's samples.
  func samples(weights: [Double]) -> [GroupTable.Sample] {
    weights.indices.filter { weights[$0] > 0 }.map { row in
      GroupTable.Sample(
        row: Int32(row), label: labels.isEmpty ? 0 : labels[row], weight: weights[row], value: values[row])
    }
  }
}
