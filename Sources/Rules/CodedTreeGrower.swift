import DataFrames
import RealModule
import Tensors

/// The rows of a tree while it grows.
struct CodedTreeGrower {
  let rows: CodedRows
  let labels: [Int]
  let classCount: Int
  let columns: [Int]
  let settings: CodedTree.Settings
  let workers: Workers
  var members: [Int32]
  let logs: [Double]

  struct Split {
    let left: Box.Side
    let right: Box.Side
    let gain: Double
    let ratio: Double
  }

  func tally(_ range: Range<Int>) -> [Int] {
    var counts = [Int](repeating: 0, count: classCount)
    for place in range { counts[labels[Int(members[place])]] += 1 }
    return counts
  }

  /// Puts the rows of the left side first and returns where the right side starts.
  mutating func partition(_ range: Range<Int>, _ left: Box.Side) -> Int {
    var rest: [Int32] = []
    var next = range.lowerBound
    let start = left.column * rows.count
    for place in range {
      let row = members[place]
      if left.allows(rows.codes[start + Int(row)]) {
        members[next] = row
        next += 1
      } else {
        rest.append(row)
      }
    }
    for (offset, row) in rest.enumerated() { members[next + offset] = row }
    return next
  }

  /// The columns that may be tested at a node.
  private func candidates(_ node: Int) -> [Int] {
    guard let count = settings.drawnColumns, count < columns.count else { return columns }
    var generator = SeededGenerator(seed: settings.seed, stream: UInt64(node), purpose: .tree)
    var drawn = columns
    for place in 0..<count { drawn.swapAt(place, Int.random(in: place..<drawn.count, using: &generator)) }
    return Array(drawn[..<count])
  }

  func split(_ range: Range<Int>, node: Int) -> Split? {
    let size = range.count
    if size < 2 * settings.minimumRows { return nil }
    let counts = tally(range)
    guard let largest = counts.max(), Double(largest) < settings.purity * Double(size), largest < size else {
      return nil
    }
    let columns = candidates(node)
    // The same for all columns, and read in order by each.
    let held = range.map { (row: members[$0], label: Int32(labels[Int(members[$0])])) }
    // Below this, threads cost more than they save.
    let found = (range.count * columns.count > 50_000 ? workers : .one).map(count: columns.count) {
      split(held, counts, column: columns[$0])
    }.compactMap { $0 }
    if found.isEmpty { return nil }
    if !settings.usesRatio {
      return found.reduce(nil) { best, split in best.map { $0.gain >= split.gain } ?? false ? best : split }
    }
    let average = found.reduce(0) { $0 + $1.gain } / Double(found.count) - 1e-3
    return found.filter { $0.gain >= average }.reduce(nil) { best, split in
      best.map { $0.ratio >= split.ratio } ?? false ? best : split
    }
  }

  /// The best cut of one column, for rows with their labels, of which there are so many of each class.
  private func split(_ held: [(row: Int32, label: Int32)], _ counts: [Int], column: Int) -> Split? {
    let size = rows.table.sizes[column]
    if size < 2 { return nil }
    var histogram = [Int32](repeating: 0, count: size * classCount)
    var lowest = size
    var highest = -1
    var missing = [Int32](repeating: 0, count: classCount)
    rows.codes.withUnsafeBufferPointer { all in
      let codes = UnsafeBufferPointer(rebasing: all[column * rows.count..<(column + 1) * rows.count])
      for (row, label) in held {
        let code = codes[Int(row)]
        // Where most cells are alike, as in pictures, they have the lowest code; to count each would wait for the last
        // count.
        if code == 0 { continue }
        if code == CutTable.missing {
          missing[Int(label)] += 1
          continue
        }
        let bin = Int(code)
        histogram[bin * classCount + Int(label)] += 1
        if bin < lowest { lowest = bin }
        if bin > highest { highest = bin }
      }
    }
    for label in 0..<classCount {
      var others = missing[label]
      if highest > 0 { for bin in lowest...highest { others += histogram[bin * classCount + label] } }
      histogram[label] = Int32(counts[label]) - others
    }
    if histogram[..<classCount].contains(where: { $0 > 0 }) {
      lowest = 0
      highest = max(0, highest)
    }
    let known = held.count - missing.reduce(0) { $0 + Int($1) }
    if highest <= lowest { return nil }
    let isCategory = column < rows.table.features.count && rows.table.features[column].levelCount != nil
    let order = isCategory ? order(histogram, size) : Array(lowest...highest)
    guard let best = bestCut(histogram, order, known: known) else { return nil }
    let charge = settings.chargesCuts ? Double.log2(Double(best.tries)) : 0
    let gain = (best.gain * Double(known) - charge) / Double(held.count)
    if gain <= 1e-9 { return nil }
    // A plane's sides say nothing of missing cells.
    let saysMissing = known < held.count && column < rows.table.features.count
    let leftTakesMissing = saysMissing && best.left * 2 >= known
    let rightTakesMissing = saysMissing && !leftTakesMissing
    let left: Box.Side
    let right: Box.Side
    if isCategory {
      let words = CategorySet(order[...best.place])
      left = Box.Side(column: column, set: words, orMissing: leftTakesMissing)
      right = Box.Side(
        column: column, set: CategorySet(all: size).subtracting(words), orMissing: rightTakesMissing)
    } else {
      left = Box.Side(column: column, low: 0, high: order[best.place], orMissing: leftTakesMissing)
      right = Box.Side(column: column, low: order[best.place] + 1, high: size - 1, orMissing: rightTakesMissing)
    }
    let share = Double(best.left) / Double(known)
    let information = -(share * Double.log2(share) + (1 - share) * Double.log2(1 - share))
    return Split(left: left, right: right, gain: gain, ratio: gain / max(information, 1e-9))
  }

  /// The categories by the share of the commonest class among their rows; those without rows last.
  private func order(_ histogram: [Int32], _ size: Int) -> [Int] {
    var totals = [Int32](repeating: 0, count: classCount)
    for index in histogram.indices { totals[index % classCount] += histogram[index] }
    let label = totals.argmax()
    let shares = (0..<size).map { code -> Double in
      let sum = histogram[code * classCount..<(code + 1) * classCount].reduce(0, +)
      return sum == 0 ? 2 : Double(histogram[code * classCount + label]) / Double(sum)
    }
    return shares.risingOrder()
  }

  private func bestCut(
    _ histogram: [Int32], _ order: [Int], known: Int
  ) -> (place: Int, gain: Double, tries: Int, left: Int)? {
    var totals = [Int](repeating: 0, count: classCount)
    for code in order {
      for label in 0..<classCount { totals[label] += Int(histogram[code * classCount + label]) }
    }
    let before = logs[known] - totals.reduce(0.0) { $0 + logs[$1] }
    var left = [Int](repeating: 0, count: classCount)
    var below = 0
    var tries = 0
    var best: (place: Int, after: Double, left: Int)?
    for (place, code) in order.enumerated().dropLast() {
      var here = 0
      for label in 0..<classCount {
        let count = Int(histogram[code * classCount + label])
        left[label] += count
        here += count
      }
      below += here
      if here == 0 || below < settings.minimumRows || known - below < settings.minimumRows { continue }
      tries += 1
      var after = logs[below] + logs[known - below]
      for label in 0..<classCount { after -= logs[left[label]] + logs[totals[label] - left[label]] }
      if best.map({ after < $0.after }) ?? true { best = (place, after, below) }
    }
    return best.map { ($0.place, (before - $0.after) / Double(known), max(1, tries), $0.left) }
  }
}
