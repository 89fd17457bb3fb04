/// A conjunction of conditions in the integers of a `CutTable`: for each column that it limits, the codes that it
/// allows.
///
/// Boxes of one table are equal exactly if they allow the same rows (as long as none allows nothing), so duplicates are
/// found by hashing.
public struct Box: Sendable, Hashable {
  /// The limits, by ascending column, at most one a column, none of which allows everything.
  public internal(set) var sides: [Side]

  /// The codes of one column that a box allows.
  public struct Side: Sendable, Hashable {
    /// The column in the table.
    public var column: Int
    /// The codes of a category; nil for a column of numbers.
    public var set: CategorySet?
    /// The lowest code that is allowed; 0 for categories.
    public var low: Int
    /// The highest code that is allowed, below `low` where none is; 0 for categories.
    public var high: Int
    /// Whether a missing cell is allowed.
    public var orMissing: Bool

    /// Codes of a column of numbers.
    init(column: Int, low: Int, high: Int, orMissing: Bool = false) {
      self.column = column
      set = nil
      self.low = low <= high ? low : 1
      self.high = low <= high ? high : 0
      self.orMissing = orMissing
    }

    /// Categories.
    init(column: Int, set: CategorySet, orMissing: Bool = false) {
      self.column = column
      self.set = set
      low = 0
      high = 0
      self.orMissing = orMissing
    }

    /// Whether nothing is allowed.
    var isEmpty: Bool { !orMissing && (set.map(\.isEmpty) ?? (low > high)) }

    /// Whether a code is allowed.
    @inline(__always)
    func allows(_ code: UInt16) -> Bool {
      if code == CutTable.missing { return orMissing }
      if let set { return set.contains(Int(code)) }
      return low <= Int(code) && Int(code) <= high
    }

    /// What both sides allow.
    func intersection(_ other: Side) -> Side {
      if let set, let others = other.set {
        return Side(column: column, set: set.intersection(others), orMissing: orMissing && other.orMissing)
      }
      return Side(
        column: column, low: max(low, other.low), high: min(high, other.high), orMissing: orMissing && other.orMissing)
    }

    /// Whether all that this side allows is allowed by the other.
    func isSubset(of other: Side) -> Bool {
      if orMissing && !other.orMissing { return false }
      if let set, let others = other.set { return set.isSubset(of: others) }
      return low > high || other.low <= low && high <= other.high
    }

    /// The side that allows exactly what either does, if there is one.
    func union(_ other: Side) -> Side? {
      let missing = orMissing || other.orMissing
      if let set, let others = other.set { return Side(column: column, set: set.union(others), orMissing: missing) }
      if low > high { return Side(column: column, low: other.low, high: other.high, orMissing: missing) }
      if other.low > other.high { return Side(column: column, low: low, high: high, orMissing: missing) }
      if other.low > high + 1 || low > other.high + 1 { return nil }
      return Side(column: column, low: min(low, other.low), high: max(high, other.high), orMissing: missing)
    }
  }

  /// The box that allows everything.
  public static let everything = Box(sides: [])

  /// Whether some row can satisfy all conditions.
  public var isSatisfiable: Bool { !sides.contains { $0.isEmpty } }

  /// Whether every row of this box is in `other`.
  /// - Complexity: O(sides)
  public func implies(_ other: Box) -> Bool {
    if !isSatisfiable { return true }
    var place = 0
    for side in other.sides {
      while place < sides.count, sides[place].column < side.column { place += 1 }
      guard place < sides.count, sides[place].column == side.column, sides[place].isSubset(of: side) else {
        return false
      }
    }
    return true
  }

  /// The rows of both boxes, or nil where there can be none.
  /// - Complexity: O(sides)
  public func intersection(_ other: Box) -> Box? {
    var joined: [Side] = []
    joined.reserveCapacity(sides.count + other.sides.count)
    var one = 0
    var two = 0
    while one < sides.count || two < other.sides.count {
      if two == other.sides.count || one < sides.count && sides[one].column < other.sides[two].column {
        joined.append(sides[one])
        one += 1
      } else if one == sides.count || other.sides[two].column < sides[one].column {
        joined.append(other.sides[two])
        two += 1
      } else {
        joined.append(sides[one].intersection(other.sides[two]))
        one += 1
        two += 1
      }
      if joined[joined.count - 1].isEmpty { return nil }
    }
    return Box(sides: joined)
  }

  /// The box without the limit at `place` among its sides.
  func removing(_ place: Int) -> Box {
    var box = self
    box.sides.remove(at: place)
    return box
  }

  /// Whether a row of codes, one a column of the table, is in the box.
  public func contains(_ codes: ArraySlice<UInt16>) -> Bool {
    sides.allSatisfy { $0.allows(codes[codes.startIndex + $0.column]) }
  }
}

extension CutTable {
  /// Whether a side allows everything.
  func isFull(_ side: Box.Side) -> Bool {
    side.orMissing
      && (side.set.map { $0.count >= sizes[side.column] } ?? (side.low == 0 && side.high == sizes[side.column] - 1))
  }

  /// The one box that holds exactly the rows of both, if there is one: one of them implies the other, or they differ in
  /// one side only, where they touch.
  /// - Complexity: O(sides)
  public func merged(_ one: Box, _ two: Box) -> Box? {
    if one.implies(two) { return two }
    if two.implies(one) { return one }
    guard one.sides.count == two.sides.count else { return nil }
    var different: Int?
    for (place, (left, right)) in zip(one.sides, two.sides).enumerated() where left != right {
      if different != nil || left.column != right.column { return nil }
      different = place
    }
    guard let place = different, let joined = one.sides[place].union(two.sides[place]) else { return nil }
    var box = one
    if isFull(joined) { box.sides.remove(at: place) } else { box.sides[place] = joined }
    return box
  }

  /// The boxes without those that another one absorbs, in their order; of equal ones the first stays.
  ///
  /// A box absorbs another only if it limits no other column, so only boxes whose columns are a subset are compared.
  /// - Complexity: O(boxes · groups of equal columns) where few absorb each other
  public func absorbed(_ boxes: [Box]) -> [Box] {
    var groups: [UInt64: [Int]] = [:]
    for (index, box) in boxes.enumerated() { groups[Self.signature(box), default: []].append(index) }
    let signatures = groups.keys.sorted()
    return boxes.indices.filter { index in
      if !boxes[index].isSatisfiable { return false }
      let own = Self.signature(boxes[index])
      for signature in signatures where signature & ~own == 0 {
        for other in groups[signature] ?? [] where other != index && boxes[index].implies(boxes[other]) {
          if other < index || !boxes[other].implies(boxes[index]) { return false }
        }
      }
      return true
    }.map { boxes[$0] }
  }

  private static func signature(_ box: Box) -> UInt64 { box.sides.reduce(0) { $0 | 1 << UInt64($1.column & 63) } }

  /// The box of a rule's conditions; the bounds of ranges must be cuts of the table.
  public func box(_ conditions: [Rule.Condition]) -> Box {
    var sides: [Int: Box.Side] = [:]
    for condition in conditions {
      let side = side(condition)
      sides[side.column] = sides[side.column].map { $0.intersection(side) } ?? side
    }
    return Box(sides: sides.values.filter { !isFull($0) }.sorted { $0.column < $1.column })
  }

  private func side(_ condition: Rule.Condition) -> Box.Side {
    switch condition {
    case .range(let column, let lower, let upper, let orMissing):
      // An upper bound is a cut, whose own code is the last one below it.
      let low = lower == -.infinity ? 0 : lower == .infinity ? sizes[column] : Int(code(lower, column: column)) + 1
      let high = upper == .infinity ? sizes[column] - 1 : upper == -.infinity ? -1 : Int(code(upper, column: column))
      return Box.Side(column: column, low: low, high: high, orMissing: orMissing)
    case .categories(let column, let set, let orMissing):
      return Box.Side(column: column, set: set, orMissing: orMissing)
    case .plane(let plane):
      let column = features.count + (directions.firstIndex(of: plane.terms) ?? 0)
      let cut = Int(code(plane.bound, column: column))
      return plane.isAbove
        ? Box.Side(column: column, low: cut + 1, high: sizes[column] - 1) : Box.Side(column: column, low: 0, high: cut)
    }
  }

  /// The conditions of a box, a column of a plane's direction giving one condition for each bound.
  public func conditions(_ box: Box) -> [Rule.Condition] {
    box.sides.flatMap { side -> [Rule.Condition] in
      if let set = side.set { return [.categories(column: side.column, set: set, orMissing: side.orMissing)] }
      let isEmpty = side.low > side.high
      let lower = isEmpty ? .infinity : side.low > 0 ? cuts[side.column][side.low - 1] : -.infinity
      let upper = isEmpty ? -.infinity : side.high < sizes[side.column] - 1 ? cuts[side.column][side.high] : .infinity
      if side.column < features.count {
        return [.range(column: side.column, lower: lower, upper: upper, orMissing: side.orMissing)]
      }
      let terms = directions[side.column - features.count]
      return (lower.isFinite ? [.plane(.init(terms: terms, bound: lower, isAbove: true))] : [])
        + (upper.isFinite ? [.plane(.init(terms: terms, bound: upper, isAbove: false))] : [])
    }
  }
}
