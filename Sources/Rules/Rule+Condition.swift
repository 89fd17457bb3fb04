public import Tensors

extension Rule {
  /// What a rule asks of one row: of one column, or of a weighted sum of several.
  ///
  /// A missing cell satisfies no condition but one that says so.
  public enum Condition: Sendable, Hashable {
    /// The number in `column` is in `lower` < x ≤ `upper`, or, where `orMissing`, the cell is missing.
    ///
    /// −∞ < x ≤ +∞ asks that the cell is known; an empty range with `orMissing` asks that it is missing.
    case range(column: Int, lower: Double, upper: Double, orMissing: Bool)
    /// The category in `column` is one of `set`, or, where `orMissing`, the cell is missing.
    case categories(column: Int, set: CategorySet, orMissing: Bool)
    /// A weighted sum of columns lies on one side of a plane.
    case plane(Plane)

    /// One side of a plane: Σ weight · x > `bound`, or ≤ `bound`, summed in the order of `terms`.
    ///
    /// A missing cell of any of the columns satisfies neither side.
    public struct Plane: Sendable, Hashable {
      /// The columns of numbers and their weights, by ascending column.
      public var terms: [Term]
      /// The bound of the sum.
      public var bound: Double
      /// Whether the sum has to be above the bound; else at most it.
      public var isAbove: Bool

      /// A column and its weight.
      public struct Term: Sendable, Hashable {
        /// The column's index.
        public var column: Int
        /// Its weight.
        public var weight: Double

        /// A column and its weight.
        public init(column: Int, weight: Double) {
          self.column = column
          self.weight = weight
        }
      }

      /// One side of a plane.
      public init(terms: [Term], bound: Double, isAbove: Bool) {
        self.terms = terms
        self.bound = bound
        self.isAbove = isAbove
      }
    }

    /// The number in `column` is at most `value`.
    public static func atMost(_ value: Double, column: Int) -> Rule.Condition {
      .range(column: column, lower: -.infinity, upper: value, orMissing: false)
    }

    /// The number in `column` is above `value`.
    public static func above(_ value: Double, column: Int) -> Rule.Condition {
      .range(column: column, lower: value, upper: .infinity, orMissing: false)
    }

    /// The category in `column` is one of `codes`.
    public static func oneOf(_ codes: [Int], column: Int) -> Rule.Condition {
      .categories(column: column, set: CategorySet(codes), orMissing: false)
    }

    /// The columns that the condition looks at.
    public var columns: [Int] {
      switch self {
      case .range(let column, _, _, _), .categories(let column, _, _): [column]
      case .plane(let plane): plane.terms.map(\.column)
      }
    }

    /// The number of comparisons: 2 for a range with both ends, else 1.
    public var length: Int {
      if case .range(_, let lower, let upper, _) = self, lower > -.infinity, upper < .infinity, lower < upper {
        return 2
      }
      return 1
    }

    /// Whether row `row` of `rows`, `[n, features]`, satisfies the condition.
    public func holds(_ rows: Matrix, row: Int) -> Bool {
      switch self {
      case .range(let column, let lower, let upper, let orMissing):
        let value = rows[row, column]
        return lower < value && value <= upper || orMissing && value.isNaN
      case .categories(let column, let set, let orMissing):
        let value = rows[row, column]
        return value.isNaN ? orMissing : value >= 0 && set.contains(Int(value))
      case .plane(let plane):
        let sum = plane.terms.reduce(0.0) { $0 + $1.weight * rows[row, $1.column] }
        return plane.isAbove ? sum > plane.bound : sum <= plane.bound
      }
    }
  }
}
