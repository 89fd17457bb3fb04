public import DataFrames
import Learning
public import ModelFiles
import Networks
import Tensors

extension Source {
  /// The size of the pictures that the rows are; nil for other tables.
  public var pictureLayout: IDXLayout? {
    if case .idx(let layout) = format { layout } else { nil }
  }
}

extension LearningTable {
  /// The size of the pictures that the rows are; nil for other tables.
  public var pictureLayout: IDXLayout? { source.pictureLayout }

  /// A table of grey pictures whose rows a network from a file is asked about.
  /// - Throws: what keeps the table from being read, and `OpenedModelError.unusable` for a network of other pictures.
  public init(
    _ frame: DataFrame, data: TableSource, target request: TargetRequest, network: PictureNetwork,
    layout: IDXLayout,
    path: String
  ) throws {
    let table = try LearningTable(frame, data: data, target: request)
    let shape = [1, 1, layout.height, layout.width]
    let fits = zip(network.inputShape, shape.dropFirst()).allSatisfy { $0 == nil || $0 == $1 }
    guard fits, let output = try? network.network.outputShapes(for: shape).last, output.count == 2 else {
      throw OpenedModelError.unusable(
        path: path, reason: "the network does not take grey pictures of \(layout.width) x \(layout.height) pixels")
    }
    let pixels = try ConvolutionalTrainer.pixels(table.encoding.features, layout: layout)
    let model = ConvolutionalNetwork.Model(
      network: network.network, height: layout.height, width: layout.width, pixels: pixels, outputs: output[1])
    let known = table.target.classNames.flatMap { $0.count == output[1] ? $0 : nil }
    let names = network.classNames ?? known ?? (0..<output[1]).map { "\($0)" }
    let goal = ModelCard.Goal(name: table.targetName, classes: names, positive: request.options.positive, above: nil)
    self.init(
      source: table.source, reading: frame.summary, targetName: table.targetName,
      target: Self.target(frame[table.targetName], goal: goal, classNames: names, count: frame.rowCount),
      setAside: table.setAside, encoding: table.encoding, rows: table.rows, opened: OpenedModel(model, path: path))
  }
}
