import Learning
public import Reports

extension Section {
  /// What the model is, and how good it is.
  static func model(_ model: ModelFacts, target: String) -> Section {
    Section(heading: "How good the model is", id: "model", blocks: modelBlocks(model, target: target))
  }

  /// What the model is, with a table of its figures on each set of rows.
  static func modelBlocks(_ model: ModelFacts, target: String) -> [Block] {
    func table(_ figures: [String: JSONNumber], _ caption: String) -> Block {
      .table(Table(caption: caption, metrics: figures, digits: 3))
    }
    var blocks = [Block.paragraph(ModelText.sentence(model, target: target))]
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

extension Table {
  /// Metrics by their names, to some significant digits.
  init(caption: String, metrics: [String: JSONNumber], digits: Int) {
    self.init(
      caption: caption, columns: [.init("Figure"), .init("Value", isNumeric: true)],
      rows: ModelFacts.metrics(metrics).map {
        [.init(MetricText.name($0.name)), .init(NumberText.significant($0.value, digits))]
      })
  }
}

extension [Fact] {
  /// How to get a page again: the program, what is the page's own, and the command.
  static func provenance(_ header: ResultHeader, _ own: [Fact]) -> [Fact] {
    provenance(version: header.version, seed: header.seed, own)
  }

  /// How to get a page again: the program, what is the page's own, and the command.
  public static func provenance(version: String, seed: UInt64, _ own: [Fact]) -> [Fact] {
    [Fact("Program", "xai-tab \(version)"), Fact("Made", Provenance.time)] + own
      + [Fact("Seed", "\(seed)"), Fact("Command", Provenance.command)]
  }

  /// How to get the page of a result about a table again: also the data and how they were read.
  static func provenance(
    _ header: ResultHeader, _ data: DataFacts?, _ reading: ReadingFacts?, _ own: [Fact]
  ) -> [Fact] {
    var facts: [Fact] = []
    if let data { facts += [Fact("Data", data.path), Fact("SHA-256", data.sha256)] }
    if let reading { facts.append(Fact("Read as", reading.summary)) }
    if let target = data?.target { facts.append(Fact("Target", target)) }
    facts = provenance(header, facts + own)
    if let names = reading?.setAside, !names.isEmpty { facts.append(Fact("Set aside", names.joined(separator: ", "))) }
    return facts
  }

  /// How to get the page of a result about a table, and maybe about a model, again.
  static func provenance(_ header: TableHeader, _ model: ModelFacts?, _ own: [Fact] = []) -> [Fact] {
    provenance(header.header, header.data, header.reading, (model.map { [Fact("Model", $0.name)] } ?? []) + own)
  }
}
