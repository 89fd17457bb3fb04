public import Tensors

extension RuleSet {
  /// The rules with the numbers of rows for which each fires, and of those that are of its class.
  public func counted(_ rows: Matrix, labels: [Int], workers: Workers) -> RuleSet {
    let counts = workers.silent.map(count: rules.count) { index in
      var counts = (support: 0.0, correct: 0.0)
      for row in 0..<rows.rows where rules[index].fires(rows, row: row) {
        counts.support += 1
        if labels[row] == rules[index].conclusion { counts.correct += 1 }
      }
      return counts
    }
    var set = self
    for (index, count) in counts.enumerated() {
      set.rules[index].support = count.support
      set.rules[index].correct = count.correct
    }
    return set
  }
}
