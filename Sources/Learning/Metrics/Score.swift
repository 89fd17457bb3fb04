public import Tensors

/// One way to measure predictions against known targets.
///
/// A score is one file, an extension with a static member, and a line in `all`.
public struct Score: Sendable {
  /// The name in JSON, such as `balancedAccuracy`.
  public let name: String
  /// The name in sentences, such as `balanced accuracy`.
  public let title: String
  /// Whether a larger value is a better one.
  public let isBetterLarger: Bool
  private let measure: Measure

  /// What a score is measured on.
  enum Measure: Sendable {
    /// The probabilities of n rows, `[n, classes]`, their true classes, and the number of classes; n at least 1.
    case classes(@Sendable (_ predictions: Matrix, _ codes: [Int], _ classCount: Int) -> Double)
    /// The predictions for n rows and their true values; n at least 1.
    case values(@Sendable (_ predictions: [Double], _ values: [Double]) -> Double)
  }

  init(name: String, title: String, isBetterLarger: Bool, _ measure: Measure) {
    self.name = name
    self.title = title
    self.isBetterLarger = isBetterLarger
    self.measure = measure
  }

  /// All scores in the order in which they are told: those of classes, then those of a number, the usual one of each
  /// first.
  public static let all: [Score] = [
    .accuracy,
    .balancedAccuracy,
    .logLoss,
    .auc,
    .r2,
    .rmse,
    .mae,
  ]

  /// The score of a name in JSON; nil for an unknown one.
  public static func named(_ name: String) -> Score? { all.first { $0.name == name } }

  /// The ways that fit a target, the usual one first.
  public static func scores(of target: Target) -> [Score] { all.filter { $0.fits(target) } }

  /// Whether it can be measured on predictions of a target.
  public func fits(_ target: Target) -> Bool { isOfClasses == (target.classNames != nil) }

  /// Whether it is a score of classes; of a number else.
  public var isOfClasses: Bool {
    if case .classes = measure { true } else { false }
  }

  /// The name on the command line, such as `balanced-accuracy`.
  public var optionName: String {
    name.reduce(into: "") { $0 += $1.isUppercase ? "-" + $1.lowercased() : String($1) }
  }

  /// The error that a value stands for, 0 at best: what is missing from 1, or the value itself.
  public func error(_ value: Double) -> Double { isBetterLarger ? 1 - value : value }

  /// Measures predictions.
  /// - Parameters:
  ///   - predictions: `[n, outputs]`, n at least 1.
  ///   - target: n known targets of the kind that the score fits.
  /// - Returns: the value; NaN where the rows do not define it, or the score does not fit the target.
  /// - Complexity: O(n · outputs), and a sort for `auc`
  public func value(_ predictions: Matrix, _ target: Target) -> Double {
    switch (measure, target) {
    case (.classes(let value), .classes(let codes, let names)): value(predictions, codes, names.count)
    case (.values(let value), .values(let values)): value(predictions.elements, values)
    default: .nan
    }
  }
}

extension Score: Hashable {
  /// Scores of one name are the same.
  public static func == (one: Score, other: Score) -> Bool { one.name == other.name }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
