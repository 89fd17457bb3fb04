import Learning
import Reports

extension Section {
  /// What the model is, and how good it is.
  static func model(_ model: ModelFacts, target: String) -> Section {
    Section(heading: "How good the model is", id: "model", blocks: modelBlocks(model, target: target))
  }

  /// What the model is, with a table of its figures on each set of rows.
  static func modelBlocks(_ model: ModelFacts, target: String) -> [Block] {
    func table(_ figures: [String: JSONNumber], _ caption: String) -> Block {
      .table(
        Table(
          caption: caption, columns: [.init("Figure"), .init("Value", isNumeric: true)],
          rows: ModelFacts.metrics(figures).map {
            [.init(MetricText.name($0.name)), .init(NumberText.significant($0.value, 3))]
          }))
    }
    var blocks: [Block] = [
      .paragraph(
        "A \(model.name), \(model.trainingRows.map { "trained on \($0) rows" } ?? "not trained here,") to predict \(target)."
      )
    ]
    if !model.heldOut.isEmpty {
      blocks.append(table(model.heldOut, "On \(model.heldOutRows ?? 0) rows that were held out"))
    } else if let outOfBag = model.outOfBag {
      blocks.append(table(outOfBag, "Out of bag: each training row by the trees that did not see it"))
    }
    if model.trainingRows == nil {
      blocks.append(table(model.onTraining, "On the rows at hand"))
    } else {
      blocks.append(table(model.onTraining, "On the rows that it was trained on, where a model always does better"))
    }
    return blocks
  }
}

extension [Fact] {
  /// How to get a page again: the program, the data, what is the page's own, and the command.
  static func provenance(
    _ data: DataFacts?, _ reading: ReadingFacts?, seed: UInt64, version: String, _ own: [Fact]
  ) -> [Fact] {
    var facts = [Fact("Program", "xai-tab \(version)"), Fact("Made", Provenance.time)]
    if let data { facts += [Fact("Data", data.path), Fact("SHA-256", data.sha256)] }
    if let reading { facts.append(Fact("Read as", reading.summary)) }
    if let target = data?.target { facts.append(Fact("Target", target)) }
    facts += own
    facts += [Fact("Seed", "\(seed)"), Fact("Command", Provenance.command)]
    if let names = reading?.setAside, !names.isEmpty { facts.append(Fact("Set aside", names.joined(separator: ", "))) }
    return facts
  }
}
