import Learning
public import Reports
import Tensors

/// How much of a report its page shows.
enum ReportPage {
  /// The most columns of the table of importances.
  static let importanceLimit = 40
  /// The most rules.
  static let ruleLimit = 30
  /// The most classes whose confusion matrix is shown whole.
  static let classLimit = 12
  /// The most pairs of confused classes otherwise.
  static let pairLimit = 20
}

extension ReportJSON: PagedResult {
  /// What is wrong with a result that was read; nil where nothing is.
  public var problem: String? {
    if let problem = body.rows.problem ?? body.tree?.problem ?? body.rules?.problem { return problem }
    if let evaluation = body.evaluation, let confusion = evaluation.confusion {
      let count = body.classes?.count ?? 0
      if confusion.count != count || confusion.contains(where: { $0.count != count }) {
        return "the confusion matrix is not of \(count) classes"
      }
    }
    return nil
  }

  /// The page of the result.
  public func page(_ figures: inout Figures) -> Page {
    let target = data.target ?? "the target"
    let sections = [
      Section(heading: "The data", id: "data", blocks: dataBlocks),
      Section(heading: "The model", id: "model", blocks: modelBlocks(&figures)),
      Section(heading: "What matters", id: "matters", blocks: matterBlocks(&figures)),
      Section(heading: "Single rows", id: "rows", blocks: rowBlocks(&figures)),
      Section(heading: "How this was computed", id: "method", blocks: methodBlocks),
    ]
    var own: [Fact] = []
    if let seconds = body.seconds {
      let total = seconds.reduce(0) { $0 + $1.seconds }
      let steps = seconds.map { "\($0.step) \(NumberText.significant($0.seconds, 2))" }.joined(separator: ", ")
      own.append(Fact("Seconds", "\(NumberText.significant(total, 2)): \(steps)"))
    }
    return Page(
      title: "\(target) in \(data.name)", headline: body.headline, alerts: body.alerts, sections: sections,
      provenance: .provenance(header, body.model, own))
  }

  private func missing(_ part: String) -> [Block] {
    body.missing.filter { $0.part == part }.map { .note("Not here: \($0.reason).") }
  }

  private var dataBlocks: [Block] {
    let cut =
      body.columns.columns.count < data.columns
      ? [
        Block.note(
          "The table has the target and the most important of the \(data.columns) columns; xai-tab inspect lists all "
            + "of them."
        )
      ] : []
    let setAside =
      reading.setAside.isEmpty
      ? []
      : [Block.paragraph("Set aside, as it only tells the rows apart: \(reading.setAside.joined(separator: ", ")).")]
    return [.paragraph("Read as \(reading.summary).")] + setAside + cut + body.columns.columnBlocks()
  }

  // MARK: The model

  private func modelBlocks(_ figures: inout Figures) -> [Block] {
    let target = data.target ?? "the target"
    var blocks = [Block.paragraph(ModelText.sentence(body.model, target: target))]
    guard let evaluation = body.evaluation else {
      return blocks + [.note("No row of the file has a known \(target), so nothing tells how good the model is.")]
    }
    blocks.append(.table(metricTable(evaluation)))
    if evaluation.rows < BootstrapInterval.rowMinimum {
      blocks.append(.note("There are no intervals: \(evaluation.rows) rows are too few to draw from."))
    }
    if let confusion = evaluation.confusion, let classes = body.classes {
      blocks.append(
        .part(
          Section(
            heading: "What it takes for what", id: "confusion", blocks: [.table(confusionTable(confusion, classes))])))
    }
    if let curve = evaluation.calibration {
      let plot = calibrationPlot(curve)
      let what = curve.class.map { "of \(target) = \($0)" } ?? "of the predicted class"
      let figure = figures.block(
        "For rows of similar probability \(what) the share for which it was so, with 95 % intervals (Wilson). On the "
          + "dashed line probabilities are what they say; the mean distance from it is "
          + "\(NumberText.significant(curve.error.value, 2))."
      ) { try plot.svg(using: $0) }
      blocks.append(
        .part(
          Section(
            heading: "Whether its probabilities can be taken at their word", id: "calibration",
            blocks: [figure, .details(summary: "The numbers of the figure", [.table(calibrationTable(curve))])])))
    }
    if let points = evaluation.points, !points.isEmpty {
      let plot = PointPlot(
        title: "Prediction and truth", xAxis: "predicted \(target)", yAxis: "\(target) of the file",
        points: points.map { PointPlot.Point(x: $0.predicted.value, y: $0.actual.value) })
      let some = points.count < evaluation.rows ? "\(points.count) of " : ""
      blocks.append(
        figures.block("\(some)\(evaluation.rows) rows, each a point; on the dashed line the prediction is right.") {
          try plot.svg(using: $0)
        })
    }
    return blocks
  }

  private func metricTable(_ evaluation: Evaluation) -> Table {
    let place =
      switch evaluation.kind {
      case "heldOut": "rows that were held out"
      case "training": "rows that it was trained on"
      default: "rows of the file"
      }
    let hasTraining = evaluation.kind == "heldOut" && body.model.trainingRows != nil
    let names = ModelFacts.metrics(evaluation.metrics.mapValues(\.value)).map(\.name)
    func number(_ value: JSONNumber?) -> String {
      value.map { $0.value.isNaN ? "" : NumberText.significant($0.value, 3) } ?? ""
    }
    return Table(
      caption: "On \(evaluation.rows) \(place)",
      columns: [
        .init("Figure"), .init("Value", isNumeric: true), .init("95 % from", isNumeric: true),
        .init("to", isNumeric: true),
      ] + (hasTraining ? [.init("On the rows it was trained on", isNumeric: true)] : []),
      rows: names.map { name in
        let interval = evaluation.metrics[name]
        return [
          .init(MetricText.name(name)), .init(number(interval?.value)), .init(number(interval?.lower)),
          .init(number(interval?.upper)),
        ] + (hasTraining ? [.init(number(body.model.onTraining[name]))] : [])
      })
  }

  private func confusionTable(_ counts: [[Int]], _ classes: [String]) -> Table {
    if classes.count <= ReportPage.classLimit {
      return Table(
        caption:
          "Rows by the class of the file and the class that is predicted; the darker, the larger the share of its line",
        columns: [.init("In the file")] + classes.map { .init("\($0) predicted", isNumeric: true) },
        rows: zip(classes, counts).map { name, row in
          let total = max(1, row.reduce(0, +))
          return [.init(name)] + row.map { .init("\($0)", shade: Double($0) / Double(total)) }
        })
    }
    let pairs = classes.indices.flatMap { actual in
      classes.indices.filter { $0 != actual && counts[actual][$0] > 0 }.map { (actual, $0, counts[actual][$0]) }
    }.sortedFalling { $0.2 }
    return Table(
      caption: "The classes that are confused most often, of \(classes.count)",
      columns: [.init("In the file"), .init("Predicted"), .init("Rows", isNumeric: true)],
      rows: pairs.prefix(ReportPage.pairLimit).map { [.init(classes[$0.0]), .init(classes[$0.1]), .init("\($0.2)")] })
  }

  private func calibrationPlot(_ curve: Evaluation.Curve) -> PointPlot {
    PointPlot(
      title: "Said and seen", xAxis: "probability that the model gives", yAxis: "share of the rows",
      points: curve.bins.map { bin in
        let whisker = bin.lower <= bin.upper ? bin.lower...bin.upper : nil
        return PointPlot.Point(x: bin.predicted, y: bin.observed, whisker: whisker)
      }, isJoined: true, range: 0...1)
  }

  private func calibrationTable(_ curve: Evaluation.Curve) -> Table {
    func number(_ value: Double) -> String { NumberText.significant(value, 3) }
    return Table(
      caption: "Groups of rows by probability",
      columns: [
        .init("Mean probability", isNumeric: true), .init("Share of the rows", isNumeric: true),
        .init("95 % from", isNumeric: true), .init("to", isNumeric: true), .init("Rows", isNumeric: true),
      ],
      rows: curve.bins.map {
        [
          .init(number($0.predicted)), .init(number($0.observed)), .init(number($0.lower)), .init(number($0.upper)),
          .init("\($0.count)"),
        ]
      })
  }

  // MARK: What matters

  private func matterBlocks(_ figures: inout Figures) -> [Block] {
    var blocks: [Block] = []
    var importanceBlocks = missing("importance")
    if let importance = body.importance {
      importanceBlocks.append(.paragraph(ImportanceText(result: importance).headline))
      importanceBlocks += importance.columnBlocks(&figures)
    }
    blocks.append(
      .part(Section(heading: "What the model cannot do without", id: "importance", blocks: importanceBlocks)))
    var treeBlocks = missing("tree")
    if let tree = body.tree {
      let text = TreeText(result: tree)
      treeBlocks.append(.paragraph("A small tree that was grown on the model's answers. \(text.judgement)"))
      treeBlocks += tree.treeBlocks(&figures)
      treeBlocks.append(.details(summary: "The tree as text", tree.textBlocks))
    }
    blocks.append(.part(Section(heading: "The model as a small tree", id: "tree", blocks: treeBlocks)))
    var regressionBlocks = missing("regression")
    if let regression = body.regression {
      let text = RegressionText(result: regression)
      regressionBlocks.append(.paragraph(([text.headline] + text.fidelityLines).joined(separator: " ")))
      regressionBlocks += regression.warnings.map { .note($0 + ".") }
      regressionBlocks += regression.termBlocks(&figures)
    }
    blocks.append(.part(Section(heading: "The model as a sum", id: "regression", blocks: regressionBlocks)))
    var ruleBlocks = missing("rules")
    if let rules = body.rules {
      let text = RulesText(result: rules)
      ruleBlocks.append(.paragraph(([text.headline] + text.figures).joined(separator: ". ") + "."))
      ruleBlocks += rules.ruleBlocks(limit: ReportPage.ruleLimit)
    }
    blocks.append(.part(Section(heading: "The model as rules", id: "rules", blocks: ruleBlocks)))
    return blocks
  }

  // MARK: Rows

  private func rowBlocks(_ figures: inout Figures) -> [Block] {
    let byNumber = Dictionary(body.rows.explainedRows.map { ($0.row, $0) }) { first, _ in first }
    let kind = body.rows.method.name == "exact" ? "exact weights" : "weights from samples, with their standard errors"
    var blocks: [Block] = [
      .paragraph(
        "Why the model says what it says of single rows: LIME, \(kind). A weight says how much higher the model's "
          + "output is, on average around the row, where the condition holds than where it does not.")
    ]
    let groups = [
      (
        "Typical rows", "typical", body.typical,
        "Rows whose explanations together show most of what drives the model (SP-LIME)."
      ),
      (
        body.classes == nil ? "Rows with the largest errors" : "Rows that it is most wrong about", "surprising",
        body.surprising,
        body.evaluation?.kind == "heldOut"
          ? "Of the rows that it has not seen, the largest error first." : "The largest error first."
      ),
    ]
    for (heading, id, numbers, sentence) in groups {
      let chosen = numbers.compactMap { byNumber[$0] }
      guard !chosen.isEmpty else { continue }
      blocks.append(
        .part(
          Section(heading: heading, id: id, blocks: [.paragraph(sentence), body.rows.choice(chosen, &figures)])))
    }
    return blocks
  }

  // MARK: Methods

  private var methodBlocks: [Block] {
    var parts: [(String, [Block])] = [
      (
        "Splits and intervals",
        [
          .paragraph(
            "The model is trained once and every part of this page is of that one model. The rows that measure it were "
              + "held out at random, each class in its share. The intervals are percentiles of the figure over rows "
              + "that are drawn again with replacement (bootstrap): they say how much the choice of the measuring rows "
              + "matters, not that of the training rows."
          ),
          .paragraph(
            "Calibration: the rows are put in groups of equal size by their probability; the interval of a group's "
              + "share is Wilson's."
          ),
        ]
      )
    ]
    if let importance = body.importance { parts.append(("Importance", importance.methodBlocks)) }
    if let tree = body.tree { parts.append(("The tree", tree.methodBlocks)) }
    if let regression = body.regression { parts.append(("The regression", regression.methodBlocks)) }
    if let rules = body.rules {
      parts.append(
        (
          "The rules",
          [
            .paragraph(
              rules.method == "forest"
                ? "The ways to the leaves of the forest's trees, without the conditions that do not help, and of those "
                  + "a short list that decides as the forest does. A missing cell satisfies no condition but one that "
                  + "says so."
                : "C4.5rules on the model's answers, which asks nothing of the model but those. A missing cell "
                  + "satisfies no condition but one that says so.")
          ]
        ))
    }
    parts.append(("Single rows", body.rows.methodBlocks(body.rows.explainedRows)))
    return parts.map { .details(summary: $0.0, $0.1) }
  }
}
