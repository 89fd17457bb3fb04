import Foundation
import Learning
import Tensors
import Testing

struct MetricsTests {
  /// Figures of another implementation.
  private struct References: Decodable {
    struct Classification: Decodable {
      let truth: [Int]
      let predictions: [[Double]]
      let figures: [String: Double]
    }
    struct Regression: Decodable {
      let truth: [Double]
      let predictions: [Double]
      let figures: [String: Double]
    }
    let twoClasses: Classification
    let fourClasses: Classification
    let regression: Regression

    static func load() throws -> References {
      let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../References/trees.json")
      return try JSONDecoder().decode(References.self, from: Data(contentsOf: file))
    }
  }

  private static func expect(_ metrics: [Metric], are figures: [String: Double]) {
    let values = values(metrics)
    for (name, figure) in figures { #expect(((values[name] ?? .nan) - figure).magnitude < 1e-12, "\(name)") }
  }

  private static func values(_ metrics: [Metric]) -> [String: Double] {
    Dictionary(uniqueKeysWithValues: metrics.map { ($0.name, $0.value) })
  }

  @Test func classificationAgreesWithScikitLearn() throws {
    let references = try References.load()
    for (reference, classes) in [(references.twoClasses, 2), (references.fourClasses, 4)] {
      let predictions = Matrix(
        rows: reference.truth.count, columns: classes, elements: reference.predictions.flatMap { $0 })
      let target = Target.classes(reference.truth, names: (0..<classes).map { "\($0)" })
      Self.expect(Metrics.of(predictions, target: target), are: reference.figures)
    }
  }

  @Test func regressionAgreesWithScikitLearn() throws {
    let reference = try References.load().regression
    let predictions = Matrix(rows: reference.truth.count, columns: 1, elements: reference.predictions)
    Self.expect(Metrics.of(predictions, target: .values(reference.truth)), are: reference.figures)
  }

  @Test func classificationByHand() {
    // Truth b, b, a; p(b) = 0.75, 0.25, 0.25. Right: rows 1 and 3. Recalls: a 1/1, b 1/2. Pairs of b and a: 1 won,
    // 1 tied.
    let predictions = Matrix(rows: 3, columns: 2, elements: [0.25, 0.75, 0.75, 0.25, 0.75, 0.25])
    let metrics = Self.values(Metrics.of(predictions, target: .classes([1, 1, 0], names: ["a", "b"])))
    #expect(metrics["accuracy"] == 2.0 / 3 && metrics["balancedAccuracy"] == 0.75 && metrics["auc"] == 0.75)
    let loss = -(2 * log(0.75) + log(0.25)) / 3
    #expect(((metrics["logLoss"] ?? .nan) - loss).magnitude < 1e-15)
  }

  @Test func aClassThatIsCertainlyWrongCostsNoInfinity() {
    let predictions = Matrix(rows: 1, columns: 2, elements: [1, 0])
    let metrics = Self.values(Metrics.of(predictions, target: .classes([1], names: ["a", "b"])))
    #expect(metrics["logLoss"] == -log(Double.ulpOfOne))
    // One class alone has no curve.
    #expect(metrics["auc"]?.isNaN == true && metrics["balancedAccuracy"] == 0)
  }

  @Test func equalNumbersHaveNoR2() {
    // The mean of three times 0.1 is not 0.1 in Double.
    for value in [0.1, 5] {
      let metrics = Self.values(
        Metrics.of(Matrix(rows: 3, columns: 1, elements: [1, 2, 3]), target: .values([value, value, value])))
      #expect(metrics["r2"]?.isNaN == true && (metrics["rmse"] ?? 0) > 0)
    }
  }

  @Test func theMostProbableClassIsTheFirstOfEqualOnes() {
    #expect(
      Metrics.classes(Matrix(rows: 3, columns: 3, elements: [0, 0.5, 0.5, 1, 0, 0, 0.2, 0.3, 0.5])) == [1, 0, 2])
  }

  @Test func noRowsHaveNoFigures() {
    #expect(Metrics.of(Matrix(rows: 0, columns: 2), target: .classes([], names: ["a", "b"])).isEmpty)
  }
}
