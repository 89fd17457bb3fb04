public import DataFrames
import Learning
public import Surrogates
public import Tensors

/// LIME over some rows of a table: what the text, the JSON object and the page are made from.
public struct LimeRun: Sendable {
  /// The table, or the part of it that is in hand.
  public private(set) var table: LearningTable
  /// The number of the table's first row among the data rows, from 1.
  public private(set) var firstRow = 1
  /// The model that is explained.
  public let trained: TrainedModel
  /// What was asked for.
  public let request: RowExplainer.Request
  /// `exact` or `sampled`.
  public let method: String
  /// The rows in hand, in the order that was asked for.
  public private(set) var rows: [Row] = []
  private let explainer: RowExplainer

  /// One explained row.
  public struct Row: Sendable {
    /// The row's number among the data rows, from 1.
    public let number: Int
    /// The model's output: class probabilities or one number.
    public let prediction: [Double]
    /// What is explained: the model's output, or its margins.
    public let answer: [Double]
    /// The explanations and the kernel width that was used.
    public let explained: ExplainedRow
  }

  /// Which classes are explained.
  public enum Classes: Sendable, Equatable {
    /// The predicted one.
    case predicted
    /// All, the predicted one first, then by falling probability.
    case all
    /// The most probable ones, so many of them.
    case leading(Int)
    /// One.
    case one(Int)
  }

  /// Makes ready to explain rows of a table.
  public init(_ table: LearningTable, _ trained: TrainedModel, _ request: RowExplainer.Request, workers: Workers) {
    self.table = table
    self.trained = trained
    self.request = request
    explainer = RowExplainer(trained, request, workers: workers)
    method = explainer.name
  }

  /// Explains the rows with the given numbers; they are the rows in hand then.
  /// - Throws: what keeps the model from answering.
  public mutating func explain(_ numbers: [Int], classes: Classes, workers: Workers) throws {
    let (table, explainer, request, firstRow) = (table, explainer, request, firstRow)
    let cells = table.rows.selectingRows(numbers.map { $0 - firstRow })
    let predictions = try trained.model.predict(cells, workers: workers)
    let answers =
      request.explainsMargin
      ? try RowExplainer.answering(trained, request).predict(cells, workers: workers) : predictions
    // Either the rows share the threads or, where there is one, its parts do.
    let inner = numbers.count == 1 ? workers : .one
    rows = try workers.tryMap(count: numbers.count) { place in
      let number = numbers[place]
      let prediction = Array(predictions.row(place))
      let explained = try explainer.explain(
        table.rows.row(number - firstRow), number: number, outputs: Self.outputs(classes, prediction), request,
        workers: inner)
      return Row(number: number, prediction: prediction, answer: Array(answers.row(place)), explained: explained)
    }
  }

  /// Goes on with another part of the table, which begins with the row of the given number.
  public mutating func turn(to table: LearningTable, firstRow: Int) {
    self.table = table
    self.firstRow = firstRow
    rows = []
  }

  /// Keeps the rows whose explanations of the first output together show most.
  public mutating func keepRepresentativeRows(_ count: Int) {
    rows = SubmodularPick.pick(rows.map { $0.explained.explanations[0].terms }, count: count).map { rows[$0] }
  }

  private static func outputs(_ classes: Classes, _ prediction: [Double]) -> [Int] {
    let falling = fallingOutputs(prediction)
    switch classes {
    case .predicted: return [falling[0]]
    case .all: return falling
    case .leading(let count): return Array(falling.prefix(count))
    case .one(let index): return [index]
    }
  }

  /// The outputs of a prediction, the largest first, equal ones in their order.
  public static func fallingOutputs(_ prediction: [Double]) -> [Int] {
    prediction.fallingOrder()
  }

  /// The names of the classes, or nil where the target is a number.
  public var classNames: [String]? { table.target.classNames }

  /// The features' descriptions.
  public var features: [Feature] { table.encoding.features }

  /// The name of the rule that cuts columns into bins.
  public var binning: String { request.binning?.name ?? "none" }

  /// The index of the predicted class.
  public func predictedClass(_ row: Row) -> Int {
    row.prediction.argmax()
  }

  /// The value of a feature in a row.
  public func value(_ row: Row, _ column: Int) -> Double { table.rows[row.number - firstRow, column] }

  /// Whether the model was trained on a row.
  public func isTrainingRow(_ row: Row) -> Bool {
    guard trained.isTrainedHere else { return false }
    let rows = trained.split.training
    // The rows ascend.
    let place = rows.lowerBound(of: row.number - 1)
    return place < rows.count && rows[place] == row.number - 1
  }
}
