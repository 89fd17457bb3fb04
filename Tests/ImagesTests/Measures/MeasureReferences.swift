import RealModule
import Tensors

@testable import Images

/// What the RISE authors' measure, transcribed, captum and TorchRay make of pictures
/// (Tests/References/make_measures.py).
struct MeasureReferences: Decodable {
  struct Run: Decodable {
    let mode: String
    let step: Int
    let scores: [Double]
    let auc: Double
  }
  struct Infidelity: Decodable {
    struct Case: Decodable {
      let normalized: Bool
      let value: Double
    }
    let sums: [Double]
    let falls: [Double]
    let cases: [Case]
  }
  struct Sensitivity: Decodable {
    let maps: [[Float]]
    let value: Double
  }
  struct Pointing: Decodable {
    struct Case: Decodable {
      let boxes: [[Int]]
      let point: [Int]
      let `class`: Int
      let hit: Bool
    }
    let cases: [Case]
    let accuracy: Double
  }
  let shape: [Int]
  let x: [Float]
  let weights: [Float]
  let classes: Int
  let saliency: [Float]
  let kernel: [Double]
  let blurred: [Double]
  let target: Int
  let runs: [Run]
  let pointing: Pointing
  let infidelity: Infidelity
  let sensitivity: Sensitivity

  static func read() throws -> MeasureReferences { try References.read("measures.json", as: MeasureReferences.self) }

  var subject: Subject {
    Subject(
      model: LinearClassifier(weights: weights, classes: classes), input: Tensor(shape: [1] + shape, elements: x),
      target: target)
  }
}

/// The softmax of linear scores.
struct LinearClassifier: PictureClassifier {
  let weights: [Float]
  let classes: Int

  func probabilities(of pictures: Tensor, workers: Workers) -> Matrix {
    let size = weights.count / classes
    var result = Matrix(rows: pictures.shape[0], columns: classes)
    for row in 0..<result.rows {
      let scores = (0..<classes).map { name in
        (0..<size).reduce(0.0) {
          $0 + Double(weights[name * size + $1]) * Double(pictures.elements[row * size + $1])
        }
      }
      let largest = scores.max() ?? 0
      let odds = scores.map { Double.exp($0 - largest) }
      for name in 0..<classes { result[row, name] = odds[name] / odds.reduce(0, +) }
    }
    return result
  }
}
