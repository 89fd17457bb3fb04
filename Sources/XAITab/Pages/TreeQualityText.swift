import Learning

extension TreeQuality {
  /// How well the tree does, and on which rows.
  var sentence: String {
    let others =
      switch judged {
      case .heldOut(let rows): "on \(rows) held-out rows \(LimeText.metrics(onOthers))"
      case .crossValidated(let folds): "in \(folds)-fold cross-validation \(LimeText.metrics(onOthers))"
      case .split(let rows): "on \(rows) rows, by a tree grown without them, \(LimeText.metrics(onOthers))"
      case .nothing: "no other rows to measure it on"
      }
    let first =
      onTraining.first.map { "\(LimeText.metricName($0.name)) \(NumberText.significant($0.value, 3))" } ?? ""
    if !isOfModel { return "Quality: \(others); on the rows it was grown on \(first)." }
    let actual =
      actualOnOthers.isEmpty
      ? "" : " Against the data's own \(targetName) there: \(LimeText.metrics(actualOnOthers))."
    return "Fidelity to the model: \(others); on the rows it was grown on \(first).\(actual)"
  }

  /// The figures by the rows they come from.
  var figures: [String: [String: JSONNumber]] {
    func dictionary(_ metrics: [Metric]) -> [String: JSONNumber] {
      Dictionary(metrics.map { ($0.name, JSONNumber($0.value)) }) { first, _ in first }
    }
    var result = ["train": dictionary(onTraining)]
    switch judged {
    case .heldOut, .split: result["heldOut"] = dictionary(onOthers)
    case .crossValidated: result["crossValidated"] = dictionary(onOthers)
    case .nothing: break
    }
    if isOfModel {
      let name = onOthers.first?.name ?? ""
      func fidelity(_ metrics: [Metric]) -> JSONNumber { JSONNumber(metrics.first { $0.name == name }?.value ?? .nan) }
      result["fidelity"] = ["train": fidelity(onTraining), "heldOut": fidelity(onOthers)]
      result["actual"] = dictionary(actualOnOthers)
    }
    return result
  }
}
