import DataFrames
import Learning
import RealModule
import Rules
import Tensors
import Testing

@Suite struct HypInvTests {
  /// The probability of class 1 is the logistic function of a plane.
  private struct Plane: Predictor {
    let outputs = 2

    func predict(_ rows: Matrix, workers: Workers) -> Matrix {
      var shares = Matrix(rows: rows.rows, columns: 2)
      for row in 0..<rows.rows {
        let share = 1 / (1 + Double.exp(-8 * (2 * rows[row, 0] - rows[row, 1] + 0.01 * rows[row, 2] - 0.5)))
        shares[row, 1] = share
        shares[row, 0] = 1 - share
      }
      return shares
    }
  }

  @Test func findsThePlaneOfALinearModelWithoutItsSmallWeights() throws {
    var generator = SeededGenerator(seed: 3, purpose: .test)
    let rows = Matrix(rows: 800, columns: 3, elements: (0..<2400).map { _ in generator.uniform() })
    let features = ["x", "y", "z"].map { Feature(name: $0, kind: .number) }
    let task = try ExtractionTask(
      features: features, classNames: ["0", "1"], rows: rows, model: Plane(), seed: 1, workers: .one)
    let rules = try HypInv().extract(task).rules
    #expect(rules.rules.count == 1)
    guard case .plane(let plane) = try #require(rules.rules.first?.conditions.first) else {
      Issue.record("no plane")
      return
    }
    #expect(plane.terms.map(\.column) == [0, 1])
    // Columns of one spread: the weights are as 2 to -1 but for their three digits and the differences' own error.
    #expect((plane.terms[0].weight / plane.terms[1].weight + 2).magnitude < 0.05)
    let agreement = zip(rules.classes(rows), task.labels).count { $0 == $1 }
    #expect(agreement >= 784)
  }

  @Test func saysThatItNeedsNumbers() throws {
    let feature = Feature(name: "c", kind: .category(levels: ["a", "b"]))
    let model = KnownModel(outputs: 2, decide: { Int($0[$0.startIndex]) })
    let task = try ExtractionTask(
      features: [feature], classNames: ["0", "1"], rows: Matrix(rows: 2, columns: 1, elements: [0, 1]), model: model,
      seed: 1, workers: .one)
    #expect(throws: ExtractionError.needsNumbers(method: "hypinv")) { try HypInv().extract(task) }
  }
}
