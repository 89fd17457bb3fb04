import Learning
import Tensors
import Testing
import Trees

@testable import Surrogates

@Suite struct KernelWidthTests {
  @Test func choosesTheWidestThatIsGoodEnough() {
    let data = TestTables.random(rows: 150, classes: 2, seed: 30)
    var generator = SeededGenerator(seed: 8, purpose: .test)
    let model = RandomForest(trees: 9).fit(data, workers: .one, using: &generator)
    let exact = ExactLIME(model.ensemble, discretizer: Discretizer(data, binning: .quartile), workers: .one)
    let fidelity = LocalFidelity(exact, workers: .one, using: &generator)
    for row in 0..<10 {
      let search = exact.widthSearch(
        data.rows.row(row), number: row + 1, output: 1, fidelity: fidelity, workers: .one)
      let (candidates, chosen) = (search.candidates, search.chosen)
      #expect(candidates.count == 16)
      #expect(zip(candidates, candidates.dropFirst()).allSatisfy { $0.width < $1.width })
      if candidates.contains(where: { $0.rSquared >= WidthSearch.adherence }) {
        #expect(chosen.rSquared >= WidthSearch.adherence)
        #expect(candidates.filter { $0.width > chosen.width }.allSatisfy { $0.rSquared < WidthSearch.adherence })
      } else {
        #expect(candidates.allSatisfy { $0.rSquared <= chosen.rSquared })
      }
      let explained = exact.explain(
        data.rows.row(row), number: row + 1, outputs: [1], kernelWidth: .automatic, limit: 5, fidelity: fidelity,
        workers: .one)
      #expect(explained.kernelWidth == chosen.width)
    }
  }

  @Test func lastWidthOfTheKernelIsNoKernel() {
    // A mismatch in one of d columns costs a factor exp(-1 / 2w²): 1 for a wide kernel, next to 0 for a narrow one.
    #expect(abs(Neighborhood.mismatchWeight(1e6) - 1) < 1e-12)
    #expect(abs(Neighborhood.mismatchWeight(0.5) - 0.135_335_283_236_612_7) < 1e-15)
    #expect(ExactLIME.defaultKernelWidth(columns: 16) == 3)
  }
}
