import DataFrames
import Learning
import Tensors
import Testing

@testable import Trees

@Suite struct PruningSearchTests {
  @Test func noiseIsPrunedAwayAndSignalIsKept() {
    var generator = SeededGenerator(seed: 4, purpose: .test)
    let rows = Matrix(rows: 400, columns: 3, elements: (0..<1200).map { _ in generator.uniform() })
    func choice(_ signal: Bool) -> PruningSearch {
      let codes = (0..<400).map { row in
        signal && generator.uniform() < 0.9 ? (rows[row, 1] > 0.5 ? 1 : 0) : (generator.uniform() < 0.5 ? 1 : 0)
      }
      var search = SeededGenerator(seed: 5, purpose: .test)
      return PruningSearch(
        DecisionTree(), Dataset(features: numberFeatures(3), rows: rows, target: .classes(codes, names: ["a", "b"])),
        weights: nil, folds: 10, workers: Workers(count: 2), using: &search)
    }
    let noise = choice(false)
    #expect(noise.ensemble.leafCount <= 3 && noise.candidates[0].leaves > 60)
    let signal = choice(true)
    #expect(signal.ensemble.leafCount == 2 && signal.ensemble.columns == [1])
    #expect(signal.candidates[signal.choice].loss < 0.1)
    #expect(
      zip(signal.candidates, signal.candidates.dropFirst()).allSatisfy { $0.alpha < $1.alpha && $0.leaves >= $1.leaves }
    )
  }
}
