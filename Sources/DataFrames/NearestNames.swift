import Tensors

/// The names that are most like `name`, nearest first, at most three: for "did you mean".
///
/// Likeness is the edit distance of the lower-case forms with swaps of neighbours (Damerau, *A technique for
/// computer detection and correction of spelling errors*, CACM 7(3), 1964, restricted form). A name counts if its
/// distance is at most a third of the longer length, and at least 1; a name that begins with all of `name`, or
/// holds it whole when it has at least 3 letters, counts too, after those.
/// - Complexity: O(`names.count` · |name|²), since names of too different a length are passed over.
public func nearest(to name: String, among names: [String]) -> [String] {
  let wanted = Array(name.lowercased().unicodeScalars)
  var ranked: [(rank: Int, position: Int)] = []
  for (position, candidate) in names.enumerated() {
    let scalars = Array(candidate.lowercased().unicodeScalars)
    let longer = max(scalars.count, wanted.count)
    let allowed = max(1, longer / 3)
    if abs(scalars.count - wanted.count) <= allowed {
      let distance = editDistance(wanted, scalars)
      if distance <= allowed {
        ranked.append((distance, position))
        continue
      }
    }
    if !wanted.isEmpty, scalars.starts(with: wanted) {
      ranked.append((longer, position))
    } else if wanted.count >= 3, contains(scalars, wanted) {
      ranked.append((2 * longer, position))
    }
  }
  return ranked.risingOrder(by: \.rank).prefix(3).map { names[ranked[$0].position] }
}

/// The fewest insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
private func editDistance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
  var beforeLast = [Int](repeating: 0, count: second.count + 1)
  var last = Array(0...second.count)
  var current = last
  for row in 0..<first.count {
    current[0] = row + 1
    for column in 0..<second.count {
      let same = first[row] == second[column]
      var best = min(last[column] + (same ? 0 : 1), last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
        best = min(best, beforeLast[column - 1] + 1)
      }
      current[column + 1] = best
    }
    (beforeLast, last, current) = (last, current, beforeLast)
  }
  return last[second.count]
}

/// Whether `part` stands somewhere in `whole`.
private func contains(_ whole: [Unicode.Scalar], _ part: [Unicode.Scalar]) -> Bool {
  guard part.count <= whole.count else { return false }
  return (0...whole.count - part.count).contains { whole[$0...].starts(with: part) }
}
