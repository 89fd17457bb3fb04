/// What keeps a network or a linear model from being fitted.
public enum FitError: Error, Equatable, CustomStringConvertible {
  /// There is no row to learn from.
  case noRows
  /// Classes are needed, and the target is a number.
  case noClasses
  /// A cell is infinite: the column's name, and the row of the data set, from 1.
  case infiniteCell(column: String, row: Int)
  /// A target is infinite, in a row of the data set, from 1.
  case infiniteTarget(row: Int)
  /// The loss left the range of numbers in an epoch, from 1, at the given learning rate.
  case diverged(epoch: Int, learningRate: Double)
  /// A linear system of the given order could not be solved.
  case notPositiveDefinite(order: Int)

  /// The error in one sentence.
  public var description: String {
    switch self {
    case .noRows: "there are no rows to learn from"
    case .noClasses: "a convolutional network needs classes, and the target is a number"
    case .infiniteCell(let column, let row): "training row \(row), column \"\(column)\": the value is infinite"
    case .infiniteTarget(let row): "training row \(row): the target is infinite"
    case .diverged(let epoch, let learningRate):
      "training diverged in epoch \(epoch) at learning rate \(learningRate); try a smaller one"
    case .notPositiveDefinite(let order):
      "the ridge regression's system of order \(order) is singular; try a larger penalty"
    }
  }
}
