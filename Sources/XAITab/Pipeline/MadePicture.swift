import DataFrames
import Images
import Tensors

/// A picture that was made to look into a network, and what is said of it.
struct MadePicture {
  /// How it was made, with what came of it.
  enum Kind {
    case inverted(Inversion.Result, layer: String)
    case maximized(ActivationMaximization.Result, name: String, form: ActivationMaximization.Form)
  }

  let kind: Kind
  let title: String
  let picture: Picture
  /// The picture that it began with, where there was one.
  var given: Picture?
  /// The text form, line by line.
  let lines: [String]
  /// What the network says of the picture.
  let verdict: (name: String, probability: Double)?
  let effort: Effort
  /// The picture's facts; nil where there was none.
  var data: PictureFacts?
  let model: String
  let notes: [String]

  /// A picture that a layer cannot tell from another.
  init(inverted result: Inversion.Result, _ run: ImageRun, layer: String) {
    kind = .inverted(result, layer: layer)
    title = "What layer \(layer) keeps of \(run.path)"
    picture = result.picture
    given = run.seen
    effort = result.effort
    data = PictureFacts(run)
    model = run.modelPath
    notes = run.notes
    let input = run.preprocessing.tensor(result.picture)
    let answers = try? run.subject.model.probabilities(of: input, workers: run.run.workers)
    let chances = answers?.elements ?? []
    verdict = chances.indices.max { chances[$0] < chances[$1] }.map { (run.classNames[$0], chances[$0]) }
    let others = result.errors.map { NumberText.percent($0) }.joined(separator: ", ")
    let (error, rounded) = (NumberText.percent(result.error), NumberText.percent(result.pictureError))
    let (factor, length) = (NumberText.significant(result.totalVariation, 3), NumberText.significant(result.length, 3))
    var lines = [ImageText.headline(run), ""]
    lines.append(
      "layer \(layer), inverted: the outputs differ by \(error) of their length (\(rounded) for the picture with rounded samples)"
    )
    lines.append("  \(result.errors.count) starts, \(result.effort.done) steps: \(others)")
    lines.append("  total variation counts \(factor); the picture's length is \(length)")
    if let verdict {
      let chance = NumberText.fixed(verdict.probability, decimals: 3)
      lines.append("  the new picture is \(verdict.name) with probability \(chance)")
    }
    self.lines = lines
  }

  /// A picture that a unit likes.
  init(
    maximized result: ActivationMaximization.Result, _ run: NetworkRun, name: String, form: ActivationMaximization.Form
  ) {
    kind = .maximized(result, name: name, form: form)
    title = "What \(name) likes best"
    picture = result.picture
    effort = result.effort
    model = run.modelPath
    notes = run.notes
    let verdict = run.verdict(result.picture, workers: .one)
    self.verdict = verdict
    let (start, end) = (NumberText.significant(result.start, 4), NumberText.significant(result.end, 4))
    let chance = NumberText.fixed(verdict.probability, decimals: 3)
    var lines = ["\(name) of \(run.modelPath), \(form.rawValue), \(result.effort.done) steps: from \(start) to \(end)"]
    lines.append(
      "  the picture, \(result.picture.width) x \(result.picture.height), is \(verdict.name) with probability \(chance)"
    )
    self.lines = lines
  }

  /// Writes all that was asked for.
  /// - Throws: `FileError.cannotWrite`
  func write(_ outputs: MadePictureOutputs, _ options: RunOptions) throws {
    let result = MadePictureJSON(self, seed: options.seed)
    if let png = outputs.png { try AtomicFile.write(result.picture.bytes, to: png) }
    if let html = outputs.html { try PageFile.write(result, to: html, options) }
    if effort.ending != .finished { options.note("stopped after \(effort.done) of \(effort.planned) \(effort.unit)") }
    switch outputs.format {
    case .text: try Terminal.write(lines.map { Terminal.oneLine($0) + "\n" }.joined())
    case .json: try Terminal.write(JSONText.text(result))
    }
  }
}
