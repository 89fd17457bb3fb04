public import Learning
public import Networks
import RealModule
public import Tensors

/// A model of pictures seen as a black box: pictures in, the classes' probabilities out.
public protocol PictureClassifier: Sendable {
  /// The probabilities of the classes for some pictures; a picture's do not depend on the others.
  /// - Parameters:
  ///   - pictures: `[n, channels, height, width]`, as the model takes them.
  ///   - workers: the threads that may share the work.
  /// - Returns: `[n, classes]`.
  /// - Throws: what keeps the model from answering.
  func probabilities(of pictures: Tensor, workers: Workers) throws -> Matrix
}

/// A convolutional network as a black box: the softmax of its logits.
public struct NetworkClassifier: PictureClassifier {
  /// The network, whose last node gives logits.
  public let network: Network

  /// A network whose last node gives logits `[n, classes]`, or maps of them `[n, classes, ...]`.
  public init(_ network: Network) { self.network = network }

  /// The softmax of the logits, in double precision; of their means where the output is a map.
  public func probabilities(of pictures: Tensor, workers: Workers) -> Matrix {
    Self.softmax(logits(of: pictures, workers: workers))
  }

  /// The logits, or their means over the places of an output that is a map, `[n, classes]`.
  public func logits(of pictures: Tensor, workers: Workers) -> Matrix {
    Self.means(network.forward(pictures, workers: workers, keeping: .output).output)
  }

  /// The means over the places of an output `[n, classes, ...]`.
  static func means(_ output: Tensor) -> Matrix {
    let size = output.elements.count / output.shape[0] / output.shape[1]
    return Matrix(
      rows: output.shape[0], columns: output.shape[1],
      elements: (0..<output.shape[0] * output.shape[1]).map { place in
        output.elements[place * size..<(place + 1) * size].reduce(0) { $0 + Double($1) } / Double(size)
      })
  }

  /// The softmax of each row of logits.
  static func softmax(_ logits: Matrix) -> Matrix {
    var shares = logits
    for row in 0..<shares.rows {
      let places = row * shares.columns..<(row + 1) * shares.columns
      let largest = shares.elements[places].max() ?? 0
      for place in places { shares.elements[place] = Double.exp(shares.elements[place] - largest) }
      let sum = shares.elements[places].reduce(0, +)
      for place in places { shares.elements[place] /= sum }
    }
    return shares
  }
}

/// Any model over columns that are the pixels of grey pictures, such as a random forest.
public struct PixelClassifier: PictureClassifier {
  /// The model.
  public let predictor: any Predictor
  /// For each of the model's columns the place of its pixel, row after row.
  public let pixels: [Int]

  /// A model whose columns are pixels.
  public init(_ predictor: any Predictor, pixels: [Int]) {
    self.predictor = predictor
    self.pixels = pixels
  }

  /// The model's predictions for pictures `[n, 1, height, width]`.
  /// - Throws: what keeps the model from answering.
  public func probabilities(of pictures: Tensor, workers: Workers) throws -> Matrix {
    let (count, size) = (pictures.shape[0], pictures.elements.count / max(1, pictures.shape[0]))
    precondition(pixels.allSatisfy { 0..<size ~= $0 }, "PixelClassifier: pictures \(pictures.shape)")
    var elements: [Double] = []
    elements.reserveCapacity(count * pixels.count)
    for start in stride(from: 0, to: count * size, by: size) {
      for pixel in pixels { elements.append(Double(pictures.elements[start + pixel])) }
    }
    return try predictor.predict(Matrix(rows: count, columns: pixels.count, elements: elements), workers: workers)
  }
}
