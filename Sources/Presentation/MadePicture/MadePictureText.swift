import Images
public import Runs
import Tensors

/// The text form of a picture that was made to look into a network.
public enum MadePictureText {
  /// The text form.
  public static func text(_ made: MadePicture) -> String {
    lines(made).map { OneLine.text($0) + "\n" }.joined()
  }

  /// What the picture is, as a heading.
  static func title(_ made: MadePicture) -> String {
    switch made.kind {
    case .inverted(_, let run, let layer): "What layer \(layer) keeps of \(run.path)"
    case .maximized(_, _, let name, _): "What \(name) likes best"
    }
  }

  /// The text form, line by line.
  static func lines(_ made: MadePicture) -> [String] {
    switch made.kind {
    case .inverted(let result, let run, let layer): lines(result, run, layer, made.verdict)
    case .maximized(let result, let run, let name, let form): lines(result, run, name, form, made.verdict)
    }
  }

  private static func lines(
    _ result: Inversion.Result, _ run: ImageRun, _ layer: String, _ verdict: (name: String, probability: Double)?
  ) -> [String] {
    let others = result.errors.map { NumberText.percent($0) }.joined(separator: ", ")
    let (error, rounded) = (NumberText.percent(result.error), NumberText.percent(result.pictureError))
    let (factor, length) = (NumberText.significant(result.totalVariation, 3), NumberText.significant(result.length, 3))
    var lines = [ImageText.headline(run), ""]
    lines.append(
      "layer \(layer), inverted: the outputs differ by \(error) of their length "
        + "(\(rounded) for the picture with rounded samples)")
    lines.append("  \(result.errors.count) starts, \(result.effort.done) steps: \(others)")
    lines.append("  total variation counts \(factor); the picture's length is \(length)")
    if let verdict {
      lines.append(
        "  the new picture is \(verdict.name) with probability \(NumberText.fixed(verdict.probability, decimals: 3))")
    }
    return lines
  }

  private static func lines(
    _ result: ActivationMaximization.Result, _ run: NetworkRun, _ name: String, _ form: ActivationMaximization.Form,
    _ verdict: (name: String, probability: Double)?
  ) -> [String] {
    let (start, end) = (NumberText.significant(result.start, 4), NumberText.significant(result.end, 4))
    var lines = ["\(name) of \(run.modelPath), \(form.rawValue), \(result.effort.done) steps: from \(start) to \(end)"]
    if let verdict {
      lines.append(
        "  the picture, \(result.picture.width) x \(result.picture.height), is \(verdict.name) with probability "
          + NumberText.fixed(verdict.probability, decimals: 3))
    }
    return lines
  }
}
