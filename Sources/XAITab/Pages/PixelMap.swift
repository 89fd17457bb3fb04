import DataFrames
import Reports

/// Numbers of a table's columns as a picture, where the columns are the pixels of pictures.
struct PixelMap {
  private let map: HeatMap

  /// nil where the table is not made of pictures, or lacks some of their pixels.
  init?(_ table: LearningTable, title: String, values: [Double]) {
    guard case .idx(let layout) = table.source.format else { return nil }
    let features = table.encoding.features
    let places = Dictionary(features.enumerated().map { ($0.element.name, $0.offset) }) { first, _ in first }
    let names = IDXReader.columnNames(height: layout.height, width: layout.width)
    guard names.contains(where: { places[$0] != nil }) else { return nil }
    map = HeatMap(
      title: title, height: layout.height, width: layout.width,
      values: names.map { places[$0].map { values[$0] } ?? 0 })
  }

  func svg(using gnuplot: Gnuplot) throws -> SVG { try map.svg(using: gnuplot) }
}
