import DataFrames
public import Images
import Learning
import ModelFiles
import Networks
public import Tensors

/// A model of pictures from a file: a network over pictures, or a model whose columns are the pixels of grey ones.
public struct PictureModel {
  /// What answers for a picture.
  public let classifier: any PictureClassifier
  /// The channels, height and width that it takes; nil where it leaves one open.
  public let inputShape: [Int?]
  /// The classes' names, where the file tells them.
  public let classNames: [String]?
  /// Whether its numbers are samples from 0 to 255 unless something else is said.
  public let takesSamples: Bool
  /// What a user should know of the file.
  public let notes: [String]

  /// Opens a file.
  /// - Parameters:
  ///   - path: the file.
  ///   - picture: the picture whose pixels are the columns of a model that does not name them.
  ///   - workers: the threads that may share the reading.
  /// - Throws: `FileError`, and `OpenedModelError` for a model that is not supported or takes columns that are no
  ///   pixels.
  public init(_ path: String, picture: Picture, workers: Workers) throws {
    let model = try FileBinding.decode(path, workers: workers)
    let inputs = model.graph.inputs
    if inputs.count == 1, (inputs[0].shape?.count ?? 0) > 2 {
      let network = try FileBinding.naming(path) { try PictureNetwork(model) }
      classifier = NetworkClassifier(network.network)
      inputShape = network.inputShape
      classNames = network.classNames
      takesSamples = false
      notes = []
      return
    }
    let pixels = picture.width * picture.height
    let slots = try FileBinding.naming(path) { try ModelInputs(model.graph, columnCount: pixels) }
    let entry = ModelCard.entry(in: model.metadata)
    let card = entry.value
    guard !slots.slots.contains(where: \.isText),
      let layout = PixelLayout(
        names: card.map { $0.columns.map(\.name) } ?? slots.slots.map(\.name), picture: picture)
    else {
      throw OpenedModelError.unusable(
        path: path,
        reason:
          "it takes \(Plural.text(slots.slots.count, "column", "columns")), which are not the pixels of a picture"
      )
    }
    let features = slots.slots.enumerated().map { Feature(name: $1.name ?? "\($0)", kind: .number) }
    let file = try FileBinding.naming(path) {
      try FileModel(
        model, inputs: slots, features: features, classNames: card?.target.classes,
        isClassification: card.map { $0.target.classes != nil })
    }
    classifier = PixelClassifier(file, pixels: layout.places)
    inputShape = [1, layout.height, layout.width]
    classNames = file.classNames
    takesSamples = true
    notes = FileBinding.note(unreadable: entry, path: path).map { [$0] } ?? []
  }
}

/// Where in a picture the columns of a model are.
public struct PixelLayout: Equatable {
  /// The number of rows of pixels.
  public let height: Int
  /// The number of columns of pixels.
  public let width: Int
  /// For each column the place of its pixel, row after row.
  public let places: [Int]

  /// The layout of columns that are called `r03c17`, for row 3 and column 17, or of nameless ones, one for each pixel
  /// of the picture or of a square; nil for others.
  public init?(names: [String?], picture: Picture) {
    let pixels = names.map { $0.flatMap { Self.place($0) } }
    if pixels.allSatisfy({ $0 != nil }) {
      let pixels = pixels.compactMap { $0 }
      // A picture may have more: pixels that never change are no help to a model.
      let height = max((pixels.map(\.row).max() ?? 0) + 1, picture.channels == 1 ? picture.height : 0)
      let width = max((pixels.map(\.column).max() ?? 0) + 1, picture.channels == 1 ? picture.width : 0)
      let isNear = height * width <= 4 * pixels.count
      (self.height, self.width) =
        isNear ? (height, width) : ((pixels.map(\.row).max() ?? 0) + 1, (pixels.map(\.column).max() ?? 0) + 1)
      let columns = self.width
      places = pixels.map { $0.row * columns + $0.column }
      return
    }
    let side = Int(Double(names.count).squareRoot().rounded())
    if picture.width * picture.height == names.count {
      (height, width) = (picture.height, picture.width)
    } else if side * side == names.count, side >= 4 {
      (height, width) = (side, side)
    } else {
      return nil
    }
    places = Array(names.indices)
  }

  /// The row and column of a pixel's name.
  private static func place(_ name: String) -> (row: Int, column: Int)? {
    guard name.first == "r", let middle = name.firstIndex(of: "c") else { return nil }
    let digits = [name[name.index(after: name.startIndex)..<middle], name[name.index(after: middle)...]]
    guard digits.allSatisfy({ !$0.isEmpty && $0.count <= 5 && $0.allSatisfy { $0.isASCII && $0.isNumber } }),
      let row = Int(digits[0]), let column = Int(digits[1])
    else { return nil }
    return (row, column)
  }
}
