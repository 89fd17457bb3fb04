import Learning
import Runs

extension LearningTable {
  /// The target's value in a row, as the file has it; nil where it is missing.
  func actual(_ row: Int) -> String? {
    switch target {
    case .classes(let codes, let names): codes[row] < 0 ? nil : names[codes[row]]
    case .values(let values): values[row].isNaN ? nil : NumberText.exact(values[row])
    }
  }
}
