/// The cases at a node: rows with what is left of their weight, each row at most once.
struct C45Cases: Sendable, Sequence {
  var rows: [Int32]
  var weights: [Double]

  var count: Int { rows.count }

  func makeIterator() -> Zip2Sequence<[Int32], [Double]>.Iterator { zip(rows, weights).makeIterator() }

  /// The weight of each class.
  func classWeights(_ classes: [Int32], _ classCount: Int) -> [Double] {
    var result = [Double](repeating: 0, count: classCount)
    for (row, weight) in self { result[Int(classes[Int(row)])] += weight }
    return result
  }

  /// The cases of each branch of a test; those that the test has no answer for go to every branch that has any others,
  /// with the branch's share of the weight, and to all branches alike where there are no others.
  func split(_ tree: C45Tree, _ index: Int, _ columns: C45Columns) -> [C45Cases] {
    let node = tree.nodes[index]
    var counts = [Int](repeating: 0, count: Int(node.childCount))
    var known = [Double](repeating: 0, count: counts.count)
    var branches = [Int](repeating: 0, count: count)
    for place in rows.indices {
      let branch = tree.branch(node, code: columns.code(Int(rows[place]), Int(node.column)))
      branches[place] = branch
      if branch >= 0 {
        counts[branch] += 1
        known[branch] += weights[place]
      }
    }
    let unknown = count - counts.reduce(0, +)
    let total = known.reduce(0, +)
    return counts.indices.map { branch in
      let share = total > C45Split.tolerance ? known[branch] / total : 1 / Double(counts.count)
      var part = C45Cases(rows: [], weights: [])
      if counts[branch] == 0, unknown == 0 || share <= C45Split.tolerance { return part }
      part.rows.reserveCapacity(counts[branch] + unknown)
      part.weights.reserveCapacity(counts[branch] + unknown)
      for place in rows.indices {
        if branches[place] == branch {
          part.rows.append(rows[place])
          part.weights.append(weights[place])
        } else if branches[place] < 0, share > C45Split.tolerance {
          part.rows.append(rows[place])
          part.weights.append(weights[place] * share)
        }
      }
      return part
    }
  }
}
