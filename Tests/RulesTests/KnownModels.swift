import DataFrames
import Learning
import Rules
import Tensors

/// A model that is a function of one row.
struct KnownModel: LayeredModel {
  let outputs: Int
  let decide: @Sendable (ArraySlice<Double>) -> Int
  /// What the hidden layers put out, from the input on.
  var layers: [@Sendable (ArraySlice<Double>) -> [Double]] = []

  func predict(_ rows: Matrix, workers: Workers) -> Matrix {
    var shares = Matrix(rows: rows.rows, columns: outputs)
    for row in 0..<rows.rows { shares[row, decide(rows.row(row))] = 1 }
    return shares
  }

  var hiddenLayerCount: Int { layers.count }

  func hiddenActivations(_ rows: Matrix, workers: Workers) -> [Matrix] {
    layers.map { layer in
      let values = (0..<rows.rows).map { layer(rows.row($0)) }
      return Matrix(rows: rows.rows, columns: values[0].count, elements: values.flatMap { $0 })
    }
  }
}

/// Tables with a model whose rules are known.
enum KnownProblem {
  static let features = [
    Feature(name: "a", kind: .number), Feature(name: "b", kind: .number),
    Feature(name: "c", kind: .category(levels: ["red", "green", "blue"])), Feature(name: "noise", kind: .number),
  ]
  static let classNames = ["low", "high", "odd"]

  /// odd if c is blue and a > 0.6, else high if a + … lies in a corner, else low.
  static func decide(_ row: ArraySlice<Double>) -> Int {
    let cells = Array(row)
    if cells[2] == 2 && cells[0] > 0.6 { return 2 }
    return cells[0] > 0.4 && cells[1] <= 0.7 ? 1 : 0
  }

  /// Units that show the same facts one layer up: smooth steps, so that a cut of a unit is a cut of a column.
  static let model = KnownModel(
    outputs: 3, decide: { decide($0) },
    layers: [
      { row in
        let cells = Array(row)
        return [cells[0] - 0.4, 0.7 - cells[1], cells[2] == 2 ? 1 : 0, cells[0] - 0.6].map { max(0, $0) }
      },
      { row in
        let cells = Array(row)
        return [
          min(max(0, cells[0] - 0.4), max(0, 0.7 - cells[1])), min(cells[2] == 2 ? 1 : 0, max(0, cells[0] - 0.6)),
        ]
      },
    ])

  static func rows(_ count: Int, seed: UInt64) -> Matrix {
    var generator = SeededGenerator(seed: seed, purpose: .test)
    return Matrix(
      rows: count, columns: 4,
      elements: (0..<count).flatMap { _ in
        [
          generator.uniform(), generator.uniform(), Double(Int.random(in: 0..<3, using: &generator)),
          generator.uniform(),
        ]
      })
  }

  static func task(
    _ count: Int = 600, seed: UInt64 = 1, workers: Workers = .one, budget: Budget = .unlimited,
    limits: ExtractionLimits = ExtractionLimits()
  ) throws -> ExtractionTask {
    try ExtractionTask(
      features: features, classNames: classNames, rows: rows(count, seed: seed), model: model, budget: budget,
      limits: limits, seed: seed, workers: workers)
  }
}
