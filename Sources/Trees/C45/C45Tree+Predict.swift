public import Tensors

extension C45Tree {
  /// The shares of the classes for each row: those of its leaf, or where the row's way splits at missing cells, of all
  /// its leaves by the share of the way that leads there.
  ///
  /// A branch that no training case took says what its parent says.
  /// - Parameters:
  ///   - rows: `[n, features]`: numbers, indices of categories, NaN where a cell is missing.
  ///   - workers: the threads that may share the work.
  /// - Returns: `[n, classCount]`, each row summing to 1.
  /// - Complexity: O(n · depth) without missing cells.
  public func predict(_ rows: Matrix, workers: Workers) -> Matrix {
    let ranges = Workers.ranges(rows.rows, size: 1024)
    let parts = workers.map(count: ranges.count) { part in
      var answers = [Double](repeating: 0, count: ranges[part].count * classCount)
      for row in ranges[part] {
        add(rows.row(row), share: 1, at: 0, to: &answers, offset: (row - ranges[part].lowerBound) * classCount)
      }
      return answers
    }
    return Matrix(rows: rows.rows, columns: classCount, elements: parts.flatMap { $0 })
  }

  private func add(_ row: ArraySlice<Double>, share: Double, at start: Int, to answers: inout [Double], offset: Int) {
    var index = start
    while !nodes[index].isLeaf {
      let node = nodes[index]
      let branch = branch(node, value: row[row.startIndex + Int(node.column)])
      if branch < 0 {
        let total = node.children.reduce(0) { $0 + weight($1) }
        for child in node.children where weight(child) > 0 {
          add(row, share: share * weight(child) / total, at: child, to: &answers, offset: offset)
        }
        return
      }
      let child = Int(node.firstChild) + branch
      if weight(child) <= C45Split.tolerance { break }
      index = child
    }
    let weights = classWeights(index)
    let total = weights.reduce(0, +)
    for place in 0..<classCount {
      answers[offset + place] +=
        share * (total > 0 ? weights[weights.startIndex + place] / total : 1 / Double(classCount))
    }
  }
}
