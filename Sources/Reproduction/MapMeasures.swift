import Images
import Tensors

/// What is measured of maps to judge the review's statements. All maps are in the size of the picture, row by row.
enum MapMeasures {
  /// The share of the `marks.count { $0 }` largest values that lie on marked places: 1 where the map shows just them.
  /// Of equal values at the border each counts in part.
  static func overlap(_ values: [Float], marks: [Bool]) -> Double {
    top(values, count: marks.count { $0 }, on: marks)
  }

  /// The share of the `count` largest values that lie on marked places.
  static func top(_ values: [Float], count: Int, on marks: [Bool]) -> Double {
    precondition(values.count == marks.count, "MapMeasures: \(values.count) values, \(marks.count) marks")
    guard count > 0, count <= values.count else { return .nan }
    let border = values.sorted(by: >)[count - 1]
    let above = values.indices.filter { values[$0] > border }
    let equal = values.indices.filter { values[$0] == border }
    let share = Double(count - above.count) / Double(equal.count)
    return (Double(above.count { marks[$0] }) + share * Double(equal.count { marks[$0] })) / Double(count)
  }

  /// The share of the positive values' sum that lies on marked places; NaN where no value is positive.
  static func share(_ values: [Float], on marks: [Bool]) -> Double {
    var (inside, all) = (0.0, 0.0)
    for (value, isMarked) in zip(values, marks) where value > 0 {
      all += Double(value)
      if isMarked { inside += Double(value) }
    }
    return all > 0 ? inside / all : .nan
  }

  /// Pearson's correlation; NaN where one of the maps is constant.
  static func correlation(_ one: [Float], _ other: [Float]) -> Double {
    let count = Double(one.count)
    let means = (one.reduce(0) { $0 + Double($1) } / count, other.reduce(0) { $0 + Double($1) } / count)
    var (cross, first, second) = (0.0, 0.0, 0.0)
    for (a, b) in zip(one, other) {
      let (a, b) = (Double(a) - means.0, Double(b) - means.1)
      cross += a * b
      first += a * a
      second += b * b
    }
    return first > 0 && second > 0 ? cross / (first * second).squareRoot() : .nan
  }

  /// The Gini coefficient of the values' sizes: 0 where all are equal, near 1 where a few hold nearly all.
  static func concentration(_ values: [Float]) -> Double {
    let sizes = values.map { Double($0.magnitude) }.sorted()
    let sum = sizes.reduce(0, +)
    guard sum > 0 else { return .nan }
    let count = Double(sizes.count)
    var weighted = 0.0
    for (place, size) in sizes.enumerated() { weighted += (2 * Double(place + 1) - count - 1) * size }
    return weighted / (count * sum)
  }

  /// The places of the largest values, as many as the share of all.
  static func largest(_ values: [Float], share: Double) -> [Bool] {
    let count = max(1, Int((share * Double(values.count)).rounded()))
    let order = values.fallingOrder()
    var marks = [Bool](repeating: false, count: values.count)
    for place in order.prefix(count) { marks[place] = true }
    return marks
  }

  /// The number of separate regions of marked places, which touch along sides.
  static func regions(_ marks: [Bool], width: Int) -> Int {
    var isSeen = marks.map { !$0 }
    var count = 0
    for start in marks.indices where !isSeen[start] {
      count += 1
      var open = [start]
      isSeen[start] = true
      while let place = open.popLast() {
        for next in neighbours(place, width: width, count: marks.count) where !isSeen[next] {
          isSeen[next] = true
          open.append(next)
        }
      }
    }
    return count
  }

  /// The length of the border between marked places and others, over that of a square of the same area.
  static func roughness(_ marks: [Bool], width: Int) -> Double {
    let area = marks.count { $0 }
    guard area > 0 else { return .nan }
    var length = 0
    for place in marks.indices where marks[place] {
      length += neighbours(place, width: width, count: marks.count).count { !marks[$0] }
    }
    return Double(length) / (4 * Double(area).squareRoot())
  }

  private static func neighbours(_ place: Int, width: Int, count: Int) -> [Int] {
    var places: [Int] = []
    if place % width > 0 { places.append(place - 1) }
    if place % width < width - 1 { places.append(place + 1) }
    if place >= width { places.append(place - width) }
    if place + width < count { places.append(place + width) }
    return places
  }

  /// Whether a mask of extremal perturbation has come to cover about its area: from three quarters of it up to seven
  /// quarters, because an area is a share of a mask with a margin around the picture (260 x 260 places for 224 x 224
  /// pixels, 1.35 times as many).
  static func isSettled(covered: Double, area: Double) -> Bool { 0.75 * area <= covered && covered <= 1.75 * area }

  /// The places inside some of the boxes.
  static func marks(_ boxes: [PointingGame.Box], height: Int, width: Int) -> [Bool] {
    (0..<height * width).map { place in
      boxes.contains {
        $0.left...$0.right ~= place % width && $0.top...$0.bottom ~= place / width
      }
    }
  }
}
