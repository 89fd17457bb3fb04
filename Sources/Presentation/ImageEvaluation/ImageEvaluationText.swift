import Runs

/// The text form of the measures of methods, and the table that its page shares.
public struct ImageEvaluationText {
  let result: ImageEvaluationJSON

  /// The text of a result.
  public init(result: ImageEvaluationJSON) {
    self.result = result
  }

  /// The text form.
  public var text: String {
    var rows = [columns]
    for method in result.methods where method.error == nil { rows.append(cells(method)) }
    var lines = [
      "\(result.pictureCount) of \(result.data.path), \(result.model)"
        + (result.goesBySteps ? "; deletion and insertion by \(result.pixelsPerStep) pixels a step" : "")
    ]
    lines.append("")
    lines += TextTable.aligned(rows)
    lines.append("")
    lines += result.shown.map { "\($0.rawValue): \($0.summary)" }
    for method in result.methods { if let error = method.error { lines.append("\(method.method): \(error)") } }
    return lines.map { OneLine.text($0) + "\n" }.joined()
  }

  private var showsTimes: Bool { result.methods.contains { $0.seconds != nil } }

  /// The heads of the table's columns.
  var columns: [String] { ["Method"] + result.shown.map(\.rawValue) + (showsTimes ? ["s a map"] : []) }

  /// A method's row of the table.
  func cells(_ method: ImageEvaluationJSON.Method) -> [String] {
    var cells = [method.method]
    for measure in result.shown { cells.append(Self.cell(method.measures[measure.rawValue])) }
    if showsTimes {
      cells.append(method.seconds.map { NumberText.significant($0.value / Double(max(1, method.maps)), 2) } ?? "")
    }
    return cells
  }

  /// A mean and its standard error.
  static func cell(_ mean: ImageEvaluationJSON.Mean?) -> String {
    guard let mean else { return "" }
    let value = NumberText.fixed(mean.mean.value, decimals: 3)
    let error = mean.standardError.value
    return error.isNaN ? value : "\(value) ± \(NumberText.fixed(error, decimals: 3))"
  }
}
