import Learning
public import Runs
import Surrogates

extension ImportanceRun {
  /// Which rows were scored, in words.
  var rowsText: String {
    switch scored {
    case .heldOut: "\(rowsScored) held-out rows"
    case .outOfBag: "\(rowsScored) training rows, each by the trees that did not see it (out of bag)"
    case .training: "\(rowsScored) rows that the model was trained on"
    case .all: "all \(rowsScored) rows with a known \(table.targetName)"
    }
  }

  /// What a reader must know, most important first.
  public var warnings: [String] {
    var warnings: [String] = []
    if scored == .training {
      warnings.append(
        "no rows are held out, so the model is measured on rows that it has seen: a column that it only learned by "
          + "heart looks important; --test-fraction 0.2 holds some out")
    }
    if request.score.error(baseline) == 0 {
      warnings.append(
        "the model makes no error on these rows, so there is no error ratio; --metric log-loss may say more")
    }
    if entries.allSatisfy({ $0.importance.difference == 0 }) {
      warnings.append(
        "no column changes the score; the model may not use any, or the score may be too coarse: try another --metric")
    }
    return warnings
  }
}
