public import Learning
public import Tensors

/// A small convolutional network for grey pictures whose pixels are a table's columns: two convolutions of 3 x 3 with
/// rectifiers and pools, a hidden layer, and one output a class; trained as `NeuralNetwork` is.
public struct ConvolutionalNetwork: Estimator, Equatable {
  /// The rows of a picture.
  public var height: Int
  /// The columns of a picture.
  public var width: Int
  /// The pixel of each column of the table, row after row; pixels without a column are 0.
  public var pixels: [Int]
  /// The channels of the two convolutions.
  public var channels: [Int]
  /// The units of the hidden layer.
  public var hidden: Int
  /// How it is trained; the hidden layers of this are not used.
  public var training: NeuralNetwork

  /// What a sample from 0 to 255 is multiplied with.
  public static let scale = 1.0 / 255

  /// A network for pictures of a size.
  public init(
    height: Int, width: Int, pixels: [Int], channels: [Int] = [16, 32], hidden: Int = 64,
    training: NeuralNetwork = NeuralNetwork(epochs: 6, batchSize: 128, learningRate: 2e-3)
  ) {
    precondition(
      height >= 4 && width >= 4 && channels.count == 2 && hidden >= 1
        && pixels.allSatisfy { 0..<height * width ~= $0 }, "ConvolutionalNetwork: impossible settings")
    self.height = height
    self.width = width
    self.pixels = pixels
    self.channels = channels
    self.hidden = hidden
    self.training = training
  }

  /// A network over pictures as a predictor over a table's columns.
  public struct Model: Predictor {
    /// The network, from pictures `[batch, 1, height, width]` of numbers from 0 to 1 to logits.
    public let network: Network
    /// The rows of a picture.
    public let height: Int
    /// The columns of a picture.
    public let width: Int
    /// The pixel of each column of the table.
    public let pixels: [Int]
    /// The number of classes.
    public let outputs: Int

    /// A network that takes such pictures.
    public init(network: Network, height: Int, width: Int, pixels: [Int], outputs: Int) {
      self.network = network
      self.height = height
      self.width = width
      self.pixels = pixels
      self.outputs = outputs
    }

    /// Class probabilities.
    public func predict(_ rows: Matrix, workers: Workers) -> Matrix {
      let blocks = Workers.ranges(rows.rows, size: Training.blockSize)
      let size = height * width
      let parts = workers.map(count: blocks.count) { index in
        let input = Tensor(
          shape: [blocks[index].count, 1, height, width],
          elements: ConvolutionalNetwork.pictures(rows, blocks[index], pixels: pixels, size: size))
        var values = network.forward(input, keeping: .output).output.elements.map { Double($0) }
        for row in 0..<blocks[index].count {
          TargetEncoding.classes(outputs).decode(&values[row * outputs..<(row + 1) * outputs])
        }
        return values
      }
      return Matrix(rows: rows.rows, columns: outputs, elements: parts.flatMap { $0 })
    }
  }

  /// Trains a network on pictures of classes.
  /// - Throws: `FitError` for no rows, for a number as target, and where the weights leave the range of numbers.
  public func fit(
    _ data: Dataset, workers: Workers, using generator: inout some RandomNumberGenerator
  ) throws -> Model {
    let target = try TargetEncoding(data.target)
    guard case .classes(let count) = target else { throw FitError.noClasses }
    let size = height * width
    let split = HoldOut(data.target, fraction: training.validationShare, using: &generator)
    var network = network(outputs: count, using: &generator)
    let run = Training(
      settings: training,
      inputs: Tensor(
        shape: [data.count, size],
        elements: Self.pictures(data.rows, 0..<data.count, pixels: pixels, size: size)),
      targets: Tensor(shape: [data.count, count], elements: target.encode(data.target)), loss: .crossEntropy,
      workers: workers)
    _ = try run.run(&network, training: split.training, validation: split.heldOut, using: &generator)
    // Rows of pixels become pictures in the first layer behind the input; pictures need it no more.
    return Model(
      network: Network(chain: network.nodes.dropFirst(2).map(\.layer)), height: height, width: width, pixels: pixels,
      outputs: count)
  }

  /// The network before its training, over rows of pixels.
  private func network(outputs: Int, using generator: inout some RandomNumberGenerator) -> Network {
    let window = Window(size: [3, 3], padding: [1, 1, 1, 1])
    let pool = MaxPool(Window(size: [2, 2], step: [2, 2]))
    let last = channels[1] * (height / 4) * (width / 4)
    let layers: [any Layer] = [
      Reshape([1, height, width]),
      Convolution(inputs: 1, outputs: channels[0], window: window, using: &generator), Activation.relu, pool,
      Convolution(inputs: channels[0], outputs: channels[1], window: window, using: &generator), Activation.relu, pool,
      Reshape.flatten, FullyConnected(inputs: last, outputs: hidden, using: &generator), Activation.relu,
      FullyConnected(inputs: hidden, outputs: outputs, using: &generator),
    ]
    return Network(chain: layers)
  }

  /// Some rows as pictures of numbers from 0 to 1; a missing cell is 0.
  private static func pictures(_ rows: Matrix, _ range: Range<Int>, pixels: [Int], size: Int) -> [Float] {
    var result = [Float](repeating: 0, count: range.count * size)
    for (place, row) in range.enumerated() {
      for (column, pixel) in pixels.enumerated() {
        let value = rows[row, column]
        result[place * size + pixel] = value.isNaN ? 0 : Float(value * scale)
      }
    }
    return result
  }
}
