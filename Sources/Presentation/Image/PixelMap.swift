import DataFrames
import Reports
import Runs

/// The size of the pictures that a table's rows are.
struct PictureLayout: Codable, Equatable {
  let height: Int
  let width: Int

  /// nil where the table is not made of pictures.
  init?(_ table: LearningTable) {
    guard case .idx(let layout) = table.source.format else { return nil }
    height = layout.height
    width = layout.width
  }
}

/// Numbers of a table's columns as a picture, where the columns are the pixels of pictures.
struct PixelMap {
  private let map: HeatMap
  private let title: String

  /// nil where the layout is no picture's, or none of the numbers is a pixel's.
  init?(_ layout: PictureLayout?, title: String, values: [String: Double]) {
    guard let layout, (1...4096).contains(layout.height), (1...4096).contains(layout.width) else { return nil }
    let names = IDXReader.columnNames(height: layout.height, width: layout.width)
    guard names.contains(where: { values[$0] != nil }) else { return nil }
    self.title = title
    map = HeatMap(
      title: title, height: layout.height, width: layout.width, values: names.map { values[$0] ?? 0 })
  }

  /// The picture, and what its colours say.
  func block(_ figures: inout Figures) -> Block {
    figures.block("\(title): the darker, the more; white has none.") { try map.svg(using: $0) }
  }
}
