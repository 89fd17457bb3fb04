import DataFrames
import Images
import Reports
import Tensors

/// A picture that was made to look into a network, and what is said of it.
struct MadePicture {
  let schema: String
  let title: String
  let picture: Picture
  /// The picture that it began with, where there was one.
  var given: Picture?
  /// The text form, line by line.
  let lines: [String]
  /// The numbers, with their names in JSON.
  let figures: [(name: String, value: Double)]
  /// Words, with their names in JSON.
  let words: [(name: String, value: String)]
  /// The error of each start.
  var errors: [Double]?
  let effort: Effort
  /// The picture's facts; nil where there was none.
  var data: PictureFacts?
  let model: String
  let notes: [String]

  /// A picture that a layer cannot tell from another.
  init(inverted result: Inversion.Result, _ run: ImageRun, layer: String) {
    schema = "xai-tab/image-invert/1"
    title = "What layer \(layer) keeps of \(run.path)"
    picture = result.picture
    given = run.seen
    errors = result.errors
    effort = result.effort
    data = PictureFacts(run)
    model = run.modelPath
    notes = run.notes
    let input = run.preprocessing.tensor(result.picture)
    let answers = try? run.subject.model.probabilities(of: input, workers: run.run.workers)
    let chances: [Double] = answers?.elements ?? []
    let best = chances.indices.max { chances[$0] < chances[$1] } ?? 0
    let verdict = chances.isEmpty ? "" : run.classNames[best]
    figures = [
      ("error", result.error), ("pictureError", result.pictureError), ("totalVariation", result.totalVariation),
      ("length", result.length), ("probability", chances.isEmpty ? Double.nan : chances[best]),
    ]
    words = [("layer", layer), ("class", verdict)]
    let others = result.errors.map { NumberText.percent($0) }.joined(separator: ", ")
    let chance = chances.isEmpty ? "" : NumberText.fixed(chances[best], decimals: 3)
    let (error, rounded) = (NumberText.percent(result.error), NumberText.percent(result.pictureError))
    let (factor, length) = (NumberText.significant(result.totalVariation, 3), NumberText.significant(result.length, 3))
    var lines = [ImageText.headline(run), ""]
    lines.append(
      "layer \(layer), inverted: the outputs differ by \(error) of their length (\(rounded) for the picture with rounded samples)"
    )
    lines.append("  \(result.errors.count) starts, \(result.effort.done) steps: \(others)")
    lines.append("  total variation counts \(factor); the picture's length is \(length)")
    lines.append("  the new picture is \(verdict) with probability \(chance)")
    self.lines = lines
  }

  /// A picture that a unit likes.
  init(
    maximized result: ActivationMaximization.Result, _ run: NetworkRun, name: String, form: ActivationMaximization.Form
  ) {
    schema = "xai-tab/image-activation/1"
    title = "What \(name) likes best"
    picture = result.picture
    effort = result.effort
    model = run.modelPath
    notes = run.notes
    let verdict = run.verdict(result.picture, workers: .one)
    figures = [("start", result.start), ("end", result.end), ("probability", verdict.probability)]
    words = [("objective", name), ("form", form.rawValue), ("class", verdict.name)]
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
    if let png = outputs.png { try AtomicFile.write(picture.png(), to: png) }
    if let html = outputs.html { try AtomicFile.write(Array(page(options).html().utf8), to: html) }
    if effort.ending != .finished { options.note("stopped after \(effort.done) of \(effort.planned) \(effort.unit)") }
    switch outputs.format {
    case .text: try Terminal.write(lines.map { Terminal.oneLine($0) + "\n" }.joined())
    case .json: try Terminal.write(JSONText.text(MadePictureJSON(self, options)))
    }
  }

  private func page(_ options: RunOptions) -> Page {
    var blocks: [Block] = []
    if let given { blocks.append(.picture(png: given.png(), caption: "The picture as the network sees it.")) }
    blocks.append(.picture(png: picture.png(), caption: title + "."))
    return Page(
      title: title, headline: lines.filter { !$0.isEmpty }.last ?? "", alerts: notes.map { $0 + "." },
      sections: [
        Section(heading: given == nil ? "The picture" : "The pictures", id: "pictures", blocks: blocks),
        Section(heading: "In numbers", id: "numbers", blocks: [.preformatted(lines.joined(separator: "\n"))]),
      ],
      provenance: [
        Fact("Program", "xai-tab \(Provenance.version)"), Fact("Made", Provenance.time), Fact("Network", model),
        Fact("Seed", "\(options.seed)"), Fact("Command", Provenance.command),
      ])
  }
}
