import DataFrames
import Learning
import Reports

extension Section {
  /// What the model is, and how good it is.
  static func model(_ trained: TrainedModel, target: String) -> Section {
    func table(_ metrics: [Metric], _ caption: String) -> Block {
      .table(
        Table(
          caption: caption, columns: [.init("Figure"), .init("Value", isNumeric: true)],
          rows: metrics.map { [.init(LimeText.metricName($0.name)), .init(NumberText.significant($0.value, 3))] }))
    }
    var blocks: [Block] = [
      .paragraph(
        "A \(trained.name), \(trained.counts.map { "trained on \($0.training) rows" } ?? "not trained here,") to predict "
          + "\(target).")
    ]
    if !trained.heldOut.isEmpty {
      blocks.append(table(trained.heldOut, "On \(trained.counts?.heldOut ?? 0) rows that were held out"))
    } else if !trained.outOfBag.isEmpty {
      blocks.append(table(trained.outOfBag, "Out of bag: each training row by the trees that did not see it"))
    }
    if trained.counts == nil {
      blocks.append(table(trained.onTraining, "On the rows at hand"))
    } else {
      blocks.append(table(trained.onTraining, "On the rows that it was trained on, where a model always does better"))
    }
    return Section(heading: "How good the model is", id: "model", blocks: blocks)
  }
}

extension [Fact] {
  /// How to get a page again: the program, the data, what is the page's own, and the command.
  static func provenance(_ table: LearningTable, seed: UInt64, _ own: [Fact]) -> [Fact] {
    let source = table.source
    var facts = [
      Fact("Program", "xai-tab \(Provenance.version)"), Fact("Made", Provenance.time), Fact("Data", source.path),
      Fact("SHA-256", source.sha256), Fact("Read as", source.summary), Fact("Target", table.targetName),
    ]
    facts += own
    facts += [Fact("Seed", "\(seed)"), Fact("Command", Provenance.command)]
    if !table.setAside.isEmpty { facts.append(Fact("Set aside", table.setAside.joined(separator: ", "))) }
    return facts
  }
}
