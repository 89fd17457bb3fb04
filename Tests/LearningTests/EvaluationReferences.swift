import Foundation
import Testing

/// Numbers of scikit-learn and statsmodels.
struct EvaluationReferences: Decodable {
  struct Curve: Decodable {
    let probabilities: [Double]
    let outcomes: [Bool]
    let bins: Int
    let observed: [Double]
    let predicted: [Double]
  }

  struct Confusion: Decodable {
    let actual: [Int]
    let predicted: [Int]
    let counts: [[Int]]
  }

  struct Wilson: Decodable {
    let events: Int
    let count: Int
    let interval: [Double]
  }

  let curves: [Curve]
  let confusion: Confusion
  let wilson: [Wilson]

  static func read() throws -> EvaluationReferences {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "References/evaluation.json")
    return try JSONDecoder().decode(EvaluationReferences.self, from: Data(contentsOf: file))
  }
}
