public import DataFrames
public import Learning
public import Tensors

/// Rules over the user's columns that together predict a class.
public struct RuleSet: Sendable, Equatable, Predictor {
  /// The columns, in the order of a row's cells.
  public var features: [Feature]
  /// The names of the classes.
  public var classNames: [String]
  /// The rules, in the order in which they are tried and printed.
  public var rules: [Rule]
  /// The class of a row for which no rule fires.
  public var defaultClass: Int
  /// How the rules decide.
  public var semantics: Semantics

  /// How the rules of a set decide on a row.
  public enum Semantics: String, Sendable, Equatable, CaseIterable {
    /// The first rule that fires.
    case firstMatch = "first match"
    /// Every rule that fires votes with its confidence, (correct + 1) / (support + 2), for its class. Among equal sums
    /// the default class wins, then the class of the earliest rule.
    case vote
  }

  /// A rule set.
  public init(
    features: [Feature], classNames: [String], rules: [Rule], defaultClass: Int, semantics: Semantics = .firstMatch
  ) {
    precondition(classNames.indices.contains(defaultClass), "RuleSet: default class \(defaultClass)")
    self.features = features
    self.classNames = classNames
    self.rules = rules
    self.defaultClass = defaultClass
    self.semantics = semantics
  }

  /// The number of classes.
  public var outputs: Int { classNames.count }

  /// The class of each row of `rows`, `[n, features]`.
  /// - Complexity: O(n · conditions)
  public func classes(_ rows: Matrix, workers: Workers = .one) -> [Int] {
    precondition(rows.columns == features.count, "RuleSet: \(rows.columns) columns, \(features.count) features")
    let ranges = Workers.ranges(rows.rows, size: 1024)
    return workers.silent.map(count: ranges.count) { part in
      ranges[part].map { row in
        switch semantics {
        case .firstMatch: rules.first { $0.fires(rows, row: row) }?.conclusion ?? defaultClass
        case .vote: decision(of: rules.indices.filter { rules[$0].fires(rows, row: row) })
        }
      }
    }.flatMap { $0 }
  }

  /// The class that rules which fire, by their indices in ascending order, decide on; one of them may be left out.
  func decision(of fired: [Int], without left: Int? = nil) -> Int {
    guard semantics == .vote else { return fired.first { $0 != left }.map { rules[$0].conclusion } ?? defaultClass }
    var votes = [Double](repeating: 0, count: classNames.count)
    for rule in fired where rule != left { votes[rules[rule].conclusion] += rules[rule].confidence }
    var best = defaultClass
    for rule in fired where rule != left && votes[rules[rule].conclusion] > votes[best] {
      best = rules[rule].conclusion
    }
    return best
  }

  /// 1 for the class that the rules decide on, 0 for the others: `[n, classes]`.
  public func predict(_ rows: Matrix, workers: Workers) -> Matrix {
    var shares = Matrix(rows: rows.rows, columns: outputs)
    for (row, code) in classes(rows, workers: workers).enumerated() { shares[row, code] = 1 }
    return shares
  }
}
