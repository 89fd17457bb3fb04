import RealModule

/// The pointing game (Zhang et al., *Top-down Neural Attention by Excitation Backprop*, arXiv 1608.00507), by
/// TorchRay's rules: a map hits if some pixel of the object lies closer than 15 pixels to the map's largest value; the
/// accuracy is the mean over the classes of hits / (hits + misses).
public struct PointingGame: Sendable, Equatable {
  /// A part of a picture, its first and last pixels included, counted from 0.
  public struct Box: Sendable, Equatable {
    /// The first column.
    public let left: Int
    /// The first row.
    public let top: Int
    /// The last column.
    public let right: Int
    /// The last row.
    public let bottom: Int

    /// A box of at least one pixel.
    public init(left: Int, top: Int, right: Int, bottom: Int) {
      precondition(left <= right && top <= bottom, "Box: \(left)...\(right), \(top)...\(bottom)")
      self.left = left
      self.top = top
      self.right = right
      self.bottom = bottom
    }
  }

  /// Below which distance a point hits.
  public static let tolerance = 15.0

  /// Whether a pixel of the boxes lies closer than the tolerance to a point.
  public static func isHit(column: Double, row: Double, boxes: [Box]) -> Bool {
    boxes.contains { box in
      // The nearest pixel of a box to a point.
      func distance(_ place: Double, _ first: Int, _ last: Int) -> Double {
        place - min(max(place.rounded(), Double(first)), Double(last))
      }
      let (across, down) = (distance(column, box.left, box.right), distance(row, box.top, box.bottom))
      return across * across + down * down < tolerance * tolerance
    }
  }

  /// The hits and misses of each class.
  public private(set) var counts: [String: (hits: Int, misses: Int)] = [:]

  /// A game before its first point.
  public init() {}

  /// Adds a point for an object of a class.
  public mutating func add(_ name: String, isHit: Bool) {
    let (hits, misses) = counts[name] ?? (0, 0)
    counts[name] = isHit ? (hits + 1, misses) : (hits, misses + 1)
  }

  /// The number of points.
  public var points: Int { counts.values.reduce(0) { $0 + $1.hits + $1.misses } }

  /// The mean over the classes that were pointed at of the share of hits; NaN before the first point.
  public var accuracy: Double {
    // In the order of the names, so that the sum is the same each time.
    let shares = counts.sorted { $0.key < $1.key }.map {
      Double($0.value.hits) / Double($0.value.hits + $0.value.misses)
    }
    return shares.isEmpty ? .nan : shares.reduce(0, +) / Double(shares.count)
  }

  /// Whether all counts are equal.
  public static func == (one: PointingGame, other: PointingGame) -> Bool {
    one.counts.mapValues { [$0.hits, $0.misses] } == other.counts.mapValues { [$0.hits, $0.misses] }
  }
}
