/// A set of a column's categories, one bit each.
public struct CategorySet: Sendable, Hashable {
  /// The bits, 64 categories a word, without zero words at the end, so that equal sets are equal values.
  public private(set) var words: [UInt64]

  /// The set of the given categories.
  public init(_ codes: some Sequence<Int> = []) {
    words = []
    for code in codes { insert(code) }
  }

  /// All of `count` categories.
  public init(all count: Int) { self.init(0..<count) }

  private init(trimming words: [UInt64]) {
    self.words = words
    trim()
  }

  /// Whether the set holds category `code`.
  @inlinable
  public func contains(_ code: Int) -> Bool {
    let word = code >> 6
    return code >= 0 && word < words.count && words[word] >> UInt64(code & 63) & 1 != 0
  }

  /// Adds category `code`, from 0.
  public mutating func insert(_ code: Int) {
    precondition(code >= 0, "CategorySet: category \(code)")
    while words.count <= code >> 6 { words.append(0) }
    words[code >> 6] |= 1 << UInt64(code & 63)
  }

  /// Takes category `code` out.
  public mutating func remove(_ code: Int) {
    if !contains(code) { return }
    words[code >> 6] &= ~(1 << UInt64(code & 63))
    trim()
  }

  private mutating func trim() { while words.last == 0 { words.removeLast() } }

  /// The categories, ascending.
  public var codes: [Int] {
    words.indices.flatMap { word in
      (0..<64).compactMap { words[word] >> UInt64($0) & 1 != 0 ? word << 6 | $0 : nil }
    }
  }

  /// The number of categories.
  public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Whether no category is in the set.
  public var isEmpty: Bool { words.isEmpty }

  /// The categories of both sets.
  public func intersection(_ other: CategorySet) -> CategorySet {
    CategorySet(trimming: zip(words, other.words).map { $0 & $1 })
  }

  /// The categories of either set.
  public func union(_ other: CategorySet) -> CategorySet {
    let (long, short) = words.count < other.words.count ? (other.words, words) : (words, other.words)
    var joined = long
    for word in short.indices { joined[word] |= short[word] }
    return CategorySet(trimming: joined)
  }

  /// The categories of this set that are not in `other`.
  public func subtracting(_ other: CategorySet) -> CategorySet {
    var left = words
    for word in left.indices where word < other.words.count { left[word] &= ~other.words[word] }
    return CategorySet(trimming: left)
  }

  /// Whether every category of this set is in `other`.
  public func isSubset(of other: CategorySet) -> Bool {
    words.indices.allSatisfy { words[$0] & ~($0 < other.words.count ? other.words[$0] : 0) == 0 }
  }
}
