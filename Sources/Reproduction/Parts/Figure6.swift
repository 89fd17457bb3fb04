import DataFrames
import Learning
import Presentation
import Runs
import Surrogates
import Tensors

/// Figure 6 of the review: LIME for one sample of a table.
enum Figure6: ReviewPart {
  static let name = "figure6"
  static let title = "Figure 6: LIME for a single sample"
  static let says =
    "(a) For biological data of 13 features, LIME shows how each feature contributes to the prediction for one sample. "
    + "(b) For a network over-fitted to 46 samples of 18,632 features, LIME shows that no feature drives its extreme "
    + "predictions."

  private static let drug = "Everolimus(mTOR)"
  /// The other columns of responses, which tell the one that is predicted.
  private static let leaks = [
    "Disulfiram(ALDH2)", "Methylglyoxol(Pyruvate)", "Mebendazole(Tubulin)", "4-HC(DNA alkylator)",
    "Everolimus_response", "Mebendazole_response", "Methylglyoxol_response",
  ]
  /// From which probability on a prediction is extreme.
  private static let extreme = 0.95

  static func reproduce(_ bench: inout Bench, _ result: inout Reproduced) throws {
    result.standIns = [
      "Orange's heart disease data, 303 patients of 13 columns, stand in for the biological data",
      "DREAM7 (46 cell lines, 1,000 of the 18,632 genes) and bladderbatch (57 tissues, 22,283 genes) stand in for the "
        + "drug data",
    ]
    let bench = bench
    try result.attempt { try patient(bench, &$0) }
    try result.attempt { try overfitted(bench, &$0) }
    try result.attempt { try wide(bench, &$0) }
  }

  /// One patient, by a forest and by a network.
  private static func patient(_ bench: Bench, _ result: inout Reproduced) throws {
    let table = try bench.table("heart.csv", set: nil, &result)
    let number = 12
    for kind in [ModelKind.forest, .network] {
      let trained = try TrainedModel.make(table, ModelRequest(kind), bench.run)
      let run = try explained(table, trained, [number], bench, limit: 13)
      guard let row = run.rows.first, let explanation = row.explained.explanations.first else { continue }
      let output = run.classNames?[explanation.output] ?? ""
      result.runs.append(
        NamedText(
          "(a) \(kind.name)",
          "a \(trained.name); right in \(NumberText.percent(Bench.figure("accuracy", trained.heldOut))) of held-out "
            + "patients"
        ))
      result.exhibits.append(
        bars(
          run, row, explanation, title: "Why \(table.targetName) = \(output) for patient \(number)",
          caption: "(a) The \(trained.name) gives patient \(number) the class \(output) with probability "
            + "\(NumberText.significant(row.answer[explanation.output], 3)). A bar says how much higher that is, on "
            + "average around the patient, where the condition holds. R2 "
            + "\(NumberText.significant(explanation.rSquared, 2))."))
      // A surrogate that says no more than the mean does not explain; half of the variance is more than half of the
      // story.
      result.statements.append(
        Statement(
          "(a) LIME shows how each feature contributes to a single prediction of the \(kind.name).",
          criterion:
            "The weights of the conditions explain at least half of the model's variance around the patient (R2), and "
            + "the order of the first of them is no matter of chance (stability high or medium).",
          [
            .init("R2 of the weights around the patient", explanation.rSquared),
            .init("columns with a weight", Double(explanation.terms.count)),
          ], holds: explanation.rSquared >= 0.5 && explanation.stability != .low))
    }
  }

  /// Networks over-fitted to a few wide rows.
  private static func overfitted(_ bench: Bench, _ result: inout Reproduced) throws {
    let table = try bench.table(
      "dream7_expression1000/dream_46x1000_merged.csv", set: "dream7", dropped: leaks,
      target: TargetRequest(column: drug), &result)
    var gaps: (training: [Double], heldOut: [Double], rows: Int) = ([], [], 0)
    var first: TrainedModel?
    for seed in 0..<UInt64(bench.count(5, quick: 3)) {
      var run = bench.run
      run.seed &+= seed
      let trained = try TrainedModel.make(table, ModelRequest(.network), run)
      gaps.training.append(Bench.figure("accuracy", trained.onTraining))
      gaps.heldOut.append(Bench.figure("accuracy", trained.heldOut))
      gaps.rows += trained.counts?.heldOut ?? 0
      first = first ?? trained
    }
    guard let trained = first else { return }
    let (training, heldOut) = (mean(gaps.training), mean(gaps.heldOut))
    let error = (heldOut * (1 - heldOut) / Double(gaps.rows)).squareRoot()
    let isClear = training - heldOut > 2 * error
    result.runs.append(
      NamedText(
        "(b) DREAM7",
        "a \(trained.name), one of \(gaps.training.count) that differ in their seeds; \(trained.training.count) cell "
          + "lines to learn from"
      ))
    result.statements.append(
      Statement(
        "(b) A network is over-fitted to few samples of very many features.",
        criterion:
          "Over networks of several seeds the accuracy on the rows that they were trained on is larger than that on "
          + "held-out rows by more than two standard errors of the latter.",
        [
          .init("accuracy on training rows", training), .init("accuracy on held-out rows", heldOut),
          .init("its standard error", error),
        ], holds: isClear ? true : training - heldOut <= 0 ? false : nil))
    try driven(table, trained, what: "cell lines of DREAM7", limit: bench.count(10, quick: 4), bench, &result)
  }

  /// A network of a table as wide as the review's.
  private static func wide(_ bench: Bench, _ result: inout Reproduced) throws {
    let table = try bench.table(
      "bladderbatch_57x22283.csv.gz", set: nil, target: TargetRequest(column: "cancer"), &result)
    let trained = try TrainedModel.make(table, ModelRequest(.network), bench.run)
    result.runs.append(
      NamedText(
        "(b) bladderbatch",
        "a \(trained.name); accuracy \(NumberText.significant(Bench.figure("accuracy", trained.onTraining), 3)) on "
          + "training rows, \(NumberText.significant(Bench.figure("accuracy", trained.heldOut), 3)) on "
          + "\(trained.counts?.heldOut ?? 0) held-out rows"
      ))
    try driven(table, trained, what: "tissues of bladderbatch", limit: bench.count(3, quick: 1), bench, &result)
  }

  /// Whether any column drives a model's extreme predictions.
  private static func driven(
    _ table: LearningTable, _ trained: TrainedModel, what: String, limit: Int, _ bench: Bench,
    _ result: inout Reproduced
  ) throws {
    let answers = try trained.model.predict(table.rows, workers: bench.run.workers)
    let rows = (0..<answers.rows).filter { (answers.row($0).max() ?? 0) >= extreme }.prefix(limit).map { $0 + 1 }
    guard !rows.isEmpty else {
      result.statements.append(
        Statement(
          "(b) No feature drives the extreme predictions for \(what).",
          criterion: "There are predictions of at least \(extreme).", [.init("such predictions", 0)], holds: nil))
      return
    }
    let run = try explained(table, trained, rows, bench, limit: 10)
    let evidence = run.rows.compactMap { $0.explained.explanations.first?.evidence }
    if let row = run.rows.first, let explanation = row.explained.explanations.first {
      let output = run.classNames?[explanation.output] ?? ""
      result.exhibits.append(
        bars(
          run, row, explanation, title: "Row \(row.number): \(table.targetName) = \(output)",
          caption: "(b) For one of the \(what) the network says \(output) with probability "
            + "\(NumberText.significant(row.answer[explanation.output], 3)), which is "
            + "\(NumberText.significant(explanation.evidence?.distance ?? .nan, 2)) from its mean around the row; the "
            + "ten largest weights of \(table.encoding.features.count) columns. Whiskers are standard errors."
        ))
    }
    let shares = evidence.map { $0.distance > 0 ? $0.largestWeight / $0.distance : .nan }
    let count = evidence.count { $0.isDriven }
    result.statements.append(
      Statement(
        "(b) No feature drives the extreme predictions for \(what).",
        criterion:
          "In no row that the network gives a probability of at least \(extreme) is the largest weight both beyond "
          + "chance among all columns and at least \(NumberText.percent(Evidence.share)) of how far the prediction is "
          + "from its mean around the row.",
        [
          .init("rows with a feature that drives, of \(rows.count)", Double(count)),
          .init("largest weight over that distance, mean over the rows", mean(shares)),
        ], holds: count == 0))
  }

  private static func explained(
    _ table: LearningTable, _ trained: TrainedModel, _ rows: [Int], _ bench: Bench, limit: Int
  ) throws -> LimeRun {
    let request = RowExplainer.Request(
      columns: trained.training.features.count, limit: limit, seed: bench.run.seed)
    var run = LimeRun(table, trained, request, workers: bench.run.workers)
    try run.explain(rows, classes: .predicted, workers: bench.run.workers(showing: "explaining"))
    return run
  }

  private static func bars(
    _ run: LimeRun, _ row: LimeRun.Row, _ explanation: LocalExplanation, title: String, caption: String
  ) -> Exhibit {
    .bars(
      title: title, axis: "weight", caption: caption,
      explanation.terms.map { .init(label: run.condition($0, row), value: $0.weight, error: $0.standardError) })
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
