import Learning
import Surrogates
import Tensors
import Trees

/// The global surrogates: a regression with its t-tests, a single tree, and permutation importance.
enum SurrogateJob {
  /// How often a short job is repeated.
  private static let repeats = 5

  /// Linear regression on 100,000 x 30, with everything that its table shows.
  static func regression(_ folder: String, workers: Workers) throws {
    let data = try InputTable.read("\(folder)/regress-100k.csv", workers: workers)
    guard case .values(let values) = data.target else { return }
    let samples = try (0..<repeats).map { _ in
      try Measurement.milliseconds {
        try LinearRegression().fit(data.features, rows: data.rows, values: values, workers: workers)
      }.elapsed
    }
    try Measurement(job: "regress-100k", unit: "ms", samples: samples, threads: workers.count).report()
  }

  /// A tree grown to the end on 19,020 x 10.
  static func tree(_ folder: String, workers: Workers) throws {
    let data = try InputTable.read("\(folder)/magic.csv.gz", workers: workers)
    var generator = SeededGenerator(seed: 0, purpose: .tree)
    let samples = (0..<repeats).map { _ in
      Measurement.milliseconds { DecisionTree().fit(data, workers: workers, using: &generator) }.elapsed
    }
    try Measurement(job: "tree-magic", unit: "ms", samples: samples, threads: workers.count).report()
  }

  /// Permutation importance with ten repeats on 10,000 x 30, of a forest of 100 trees that is grown on the same rows.
  static func importance(_ folder: String, workers: Workers) throws {
    let data = try InputTable.read("\(folder)/importance-10k.csv", workers: workers)
    var generator = SeededGenerator(seed: 0, purpose: .tree)
    let forest = RandomForest().fit(data, workers: workers, using: &generator)
    let measure = PermutationImportance(repeats: 10, score: .accuracy)
    let (elapsed, _) = try Measurement.milliseconds {
      let leaves = LeafTable(forest.ensemble, data.rows, workers: workers)
      return try measure.measure(
        forest, leaves, data, groups: data.features.indices.map { [$0] }, workers: workers)
    }
    try Measurement(job: "importance-10k", unit: "ms", samples: [elapsed], threads: workers.count).report()
  }
}
