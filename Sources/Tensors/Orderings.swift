// Where the largest and the smallest elements are, orders by size, and places in sorted collections.
//
// Equal elements keep their order: of several largest ones the first is meant. A number that is not a number is larger
// and smaller than none: it is found only where it comes first, and an order with such numbers holds each place once
// and is the same each time, but ranks nothing.

extension Collection {
  /// Where the largest element is, the first among equals.
  /// - Parameter areInIncreasingOrder: whether its first argument is the smaller one.
  /// - Returns: the place, counted from 0; 0 where there are no elements.
  /// - Complexity: O(n)
  @inlinable
  public func argmax(by areInIncreasingOrder: (Element, Element) throws -> Bool) rethrows -> Int {
    var rest = makeIterator()
    guard var largest = rest.next() else { return 0 }
    var (place, found) = (0, 0)
    while let element = rest.next() {
      place += 1
      if try areInIncreasingOrder(largest, element) { (largest, found) = (element, place) }
    }
    return found
  }

  /// Where the smallest element is, the first among equals.
  /// - Parameter areInIncreasingOrder: whether its first argument is the smaller one.
  /// - Returns: the place, counted from 0; 0 where there are no elements.
  /// - Complexity: O(n)
  @inlinable
  public func argmin(by areInIncreasingOrder: (Element, Element) throws -> Bool) rethrows -> Int {
    try argmax { try areInIncreasingOrder($1, $0) }
  }

  /// The places, counted from 0, of the elements, from the largest key to the smallest, equal ones in their order.
  /// - Complexity: O(n log n)
  @inlinable
  public func fallingOrder<Key: Comparable>(by key: (Element) throws -> Key) rethrows -> [Int] {
    try map(key).fallingOrder()
  }

  /// The places, counted from 0, of the elements, from the smallest key to the largest, equal ones in their order.
  /// - Complexity: O(n log n)
  @inlinable
  public func risingOrder<Key: Comparable>(by key: (Element) throws -> Key) rethrows -> [Int] {
    try map(key).risingOrder()
  }

  /// The elements, from the largest key to the smallest, equal ones in their order.
  /// - Complexity: O(n log n)
  @inlinable
  public func sortedFalling<Key: Comparable>(by key: (Element) throws -> Key) rethrows -> [Element] {
    let elements = Array(self)
    return try elements.fallingOrder(by: key).map { elements[$0] }
  }
}

extension Collection where Element: Comparable {
  /// The place, counted from 0, of the largest element, the first among equals; 0 where there are no elements.
  /// - Complexity: O(n)
  @inlinable
  public func argmax() -> Int { argmax(by: <) }

  /// The place, counted from 0, of the smallest element, the first among equals; 0 where there are no elements.
  /// - Complexity: O(n)
  @inlinable
  public func argmin() -> Int { argmin(by: <) }

  /// The places, counted from 0, of the elements, from the largest to the smallest, equal ones in their order.
  /// - Complexity: O(n log n)
  @inlinable
  public func fallingOrder() -> [Int] {
    let elements = Array(self)
    return elements.indices.sorted { (elements[$1], $0) < (elements[$0], $1) }
  }

  /// The places, counted from 0, of the elements, from the smallest to the largest, equal ones in their order.
  /// - Complexity: O(n log n)
  @inlinable
  public func risingOrder() -> [Int] {
    let elements = Array(self)
    return elements.indices.sorted { (elements[$0], $0) < (elements[$1], $1) }
  }

  /// The rank of each element in rising order, counted from 0; equal elements share the mean of their ranks.
  /// - Complexity: O(n log n)
  @inlinable
  public func meanRanks() -> [Double] {
    let elements = Array(self)
    let order = elements.risingOrder()
    var ranks = [Double](repeating: 0, count: elements.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, elements[order[end]] == elements[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Double(start + end - 1) / 2 }
      start = end
    }
    return ranks
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first index whose element fulfils a condition that no element fulfils before it and all do from it on; the end
  /// where none does. Found by halving.
  /// - Complexity: O(log n)
  @inlinable
  public func partitioningIndex(where isBehind: (Element) throws -> Bool) rethrows -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if try isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension RandomAccessCollection where Index == Int, Element: Comparable {
  /// The first index of a rising collection whose element is at least `value`; the end where none is.
  /// - Complexity: O(log n)
  @inlinable
  public func lowerBound(of value: Element) -> Int { partitioningIndex { !($0 < value) } }

  /// The first index of a rising collection whose element is more than `value`; the end where none is.
  /// - Complexity: O(log n)
  @inlinable
  public func upperBound(of value: Element) -> Int { partitioningIndex { !($0 <= value) } }
}
