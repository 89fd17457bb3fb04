import Learning
import Rules
import Tensors
import Testing

@Suite struct DeepREDTests {
  @Test func graphIsCloseToTheNetworkAndTheRulesToTheGraph() throws {
    let task = try KnownProblem.task(1500)
    let extraction = try DeepRED(minimumShare: 0.002, unitBins: 64).extract(task)
    let graph = try #require(extraction.graph)
    let rows = KnownProblem.rows(4000, seed: 7)
    let decisions = Metrics.classes(graph.predict(rows, workers: .one))
    let answers = (0..<rows.rows).map { KnownProblem.decide(rows.row($0)) }
    #expect(zip(decisions, answers).count { $0 == $1 } > 3700)
    #expect(zip(decisions, extraction.rules.classes(rows)).count { $0 == $1 } > 3700)
    #expect(extraction.cuts.isEmpty)
  }

  @Test func parityThatNoColumnShowsAloneIsFound() throws {
    // The units see the four corners of a parity, which no single cut of a column tells from its neighbours.
    let decide: @Sendable (ArraySlice<Double>) -> Int = { row in
      let cells = Array(row)
      return (cells[0] > 0.5) != (cells[1] > 0.5) ? 1 : 0
    }
    let model = KnownModel(
      outputs: 3, decide: decide,
      layers: [
        { row in
          let cells = Array(row)
          return [max(0, cells[0] - cells[1]), max(0, cells[1] - cells[0]), cells[0] + cells[1]]
        }
      ])
    var task = try KnownProblem.task(500)
    task.model = model
    task.labels = (0..<500).map { decide(task.rows.row($0)) }
    let extraction = try DeepRED().extract(task)
    let rows = KnownProblem.rows(3000, seed: 8)
    let decisions = extraction.rules.classes(rows)
    #expect((0..<3000).count { decisions[$0] == decide(rows.row($0)) } > 2550)
    #expect(extraction.rules.rules.count <= 30)
  }

  @Test func tooSmallABudgetMakesTheGraphCoarserAndSaysSo() throws {
    let task = try KnownProblem.task(1500)
    let extraction = try DeepRED(maximumNodes: 3).extract(task)
    #expect(extraction.cuts.contains { if case .coarserGraph = $0 { true } else { false } })
    #expect(try #require(extraction.graph).nodeCount <= 3)
  }
}
