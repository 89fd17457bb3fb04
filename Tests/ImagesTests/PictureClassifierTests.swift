import Learning
import Networks
import Tensors
import Testing

@testable import Images

/// A model of 8 x 8 pixels that looks at the last one alone: two classes, the second as likely as the pixel is bright.
struct BrightCorner: Predictor {
  var outputs: Int { 2 }

  func predict(_ rows: Matrix, workers: Workers) -> Matrix {
    let last = rows.columns - 1
    return Matrix(
      rows: rows.rows, columns: 2,
      elements: (0..<rows.rows).flatMap { row in
        let share = min(max(rows[row, last] / 255, 0), 1)
        return [1 - share, share]
      })
  }
}

@Suite struct PictureClassifierTests {
  /// Logits 1, 2 and 4: e^x / (e + e² + e⁴).
  @Test func networksGiveTheSoftmaxOfTheirLogits() throws {
    let network = Network([
      Network.Node(Input(), inputs: []), Network.Node(Reshape.flatten, inputs: [0]),
      Network.Node(
        FullyConnected(weight: Tensor(shape: [3, 1], elements: [1, 2, 4]), bias: Tensor(shape: [3])), inputs: [1]),
    ])
    let answers = NetworkClassifier(network).probabilities(
      of: Tensor(shape: [2, 1, 1, 1], elements: [1, 0]), workers: .one)
    let expected = [0.04201007, 0.11419520, 0.84379473, 1.0 / 3, 1.0 / 3, 1.0 / 3]
    #expect(answers.rows == 2 && answers.columns == 3)
    #expect(zip(answers.elements, expected).allSatisfy { ($0 - $1).magnitude < 1e-7 })
  }

  /// The mean over the places comes before the softmax.
  @Test func mapsOfLogitsAreAveraged() {
    let network = Network([Network.Node(Input(), inputs: [])])
    let logits = NetworkClassifier(network).logits(
      of: Tensor(shape: [1, 2, 1, 2], elements: [1, 3, -1, 0]), workers: .one)
    #expect(logits.elements == [2, -0.5])
  }

  @Test func columnsTakeTheirPixels() throws {
    let model = PixelClassifier(BrightCorner(), pixels: [3, 0])
    let answers = try model.probabilities(
      of: Tensor(shape: [2, 1, 2, 2], elements: [51, 1, 2, 255, 0, 7, 7, 7]), workers: .one)
    #expect(answers.elements == [0.8, 0.2, 1, 0])
  }
}
