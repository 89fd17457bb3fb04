import DataFrames
public import Learning
public import Rules
public import Tensors

/// Rules of a model, with what a reader must know of their making.
public struct RulesRun: Sendable {
  /// The data.
  public let table: LearningTable
  /// The model; nil where the rules are of the data.
  public let explained: ExplainedModel?
  /// The rows that the rules were made from, and others to measure them on.
  public let split: HoldOut
  /// How the rules were made.
  public let method: any RuleExtractor
  /// How it was computed.
  public let run: RunSettings
  /// The rules, and what bounded the search for them.
  public let extraction: Extraction
  /// Whether somebody ended the extraction before it was done.
  public let isInterrupted: Bool
  /// The figures of the rules as printed, on the rows they were made from and on others.
  public let train: RuleFigures
  /// The same on rows that neither the model nor the rules have seen.
  public let heldOut: RuleFigures
  /// C4.5rules on the model's answers, with their figures; nil without a model, and where somebody ended the work
  /// before they were done.
  public let baseline: (rules: RuleSet, train: RuleFigures, heldOut: RuleFigures)?
  /// The exact form's fidelity on the held-out rows, and the share of them on which it decides as the printed rules do.
  public let graph: (fidelity: Double, agreement: Double)?
  /// How long the extraction took, in seconds.
  public let seconds: Double

  /// Refuses a kind of model that cannot be what a method works on, before it is trained or opened.
  /// - Throws: `ExtractionError.needsForest` or `needsNetwork`.
  public static func check(_ kind: ModelKind, fits method: any RuleExtractor) throws {
    switch method.requirement {
    case .forest:
      // Whether a file or a program is one shows when it has been opened.
      if let trainer = kind.trainer, !trainer.growsTrees { throw ExtractionError.needsForest(method: method.name) }
    case .network:
      if kind != .file, kind.trainer?.hasHiddenLayers != true {
        throw ExtractionError.needsNetwork(method: method.name)
      }
    default: break
    }
  }

  /// Extracts and measures rules.
  /// - Parameters:
  ///   - table: the data, whose target is classes.
  ///   - explained: the model; nil for a method that is of the data.
  ///   - method: the way to rules.
  ///   - budget: how long the work may take.
  ///   - limits: what else bounds it.
  ///   - testFraction: the share of the rows that is held out where there is no model.
  ///   - run: how it is computed.
  /// - Returns: the rules, with how they do.
  /// - Throws: what keeps a model from answering, and `ExtractionError` for a model that the method cannot work with.
  public static func run(
    _ table: LearningTable, _ explained: ExplainedModel?, method: any RuleExtractor, budget: Budget,
    limits: ExtractionLimits, testFraction: Double, run: RunSettings
  ) throws -> RulesRun {
    guard case .classes(let codes, let names) = table.target else { throw ExtractionError.needsClasses }
    let workers = run.workers(showing: "extracting rules")
    let split: HoldOut
    if let explained {
      split = explained.trained.split
    } else {
      var generator = SeededGenerator(seed: run.seed, purpose: .split)
      split = HoldOut(table.target, fraction: testFraction, using: &generator)
    }
    let clock = ContinuousClock()
    let answers = explained.map { Metrics.classes($0.answers) }
    let cells = table.rows
    func figures(_ set: RuleSet, _ rows: [Int]) -> RuleFigures {
      RuleFigures(
        set, cells.selectingRows(rows), answers: answers.map { answers in rows.map { answers[$0] } },
        classes: rows.map { codes[$0] }, workers: workers)
    }
    let isBaseline = method.name == RuleExtractors.baseline.name
    let extraction: Extraction
    let seconds: Double
    let isInterrupted: Bool
    var baseline: (rules: RuleSet, train: RuleFigures, heldOut: RuleFigures)?
    let start: ContinuousClock.Instant
    if let explained {
      // What is left of the time is the baseline's.
      var task = try ExtractionTask(
        features: table.encoding.features, classNames: names, rows: table.rows.selectingRows(split.training),
        model: explained.trained.model, ensemble: explained.trained.ensemble,
        budget: budget.first(isBaseline ? 0.9 : 0.7), limits: limits, seed: run.seed, workers: workers)
      start = clock.now
      extraction = try method.extract(task)
      seconds = Self.seconds(start.duration(to: clock.now))
      isInterrupted = budget.ending == .interrupted
      task.budget = budget.first(0.9)
      let rules = isBaseline ? extraction.rules : RuleExtractors.baseline.extract(task).rules
      let isWhole = isBaseline || budget.ending != .interrupted
      baseline = isWhole ? (rules, figures(rules, split.training), figures(rules, split.heldOut)) : nil
    } else {
      start = clock.now
      extraction = try method.extract(
        ExtractionTask(
          features: table.encoding.features, classNames: names, rows: table.rows.selectingRows(split.training),
          labels: split.training.map { codes[$0] }, budget: budget.first(0.9), limits: limits, seed: run.seed,
          workers: workers))
      seconds = Self.seconds(start.duration(to: clock.now))
      isInterrupted = budget.ending == .interrupted
    }
    return RulesRun(
      table: table, explained: explained, split: split, method: method, run: run, extraction: extraction,
      isInterrupted: isInterrupted, train: figures(extraction.rules, split.training),
      heldOut: figures(extraction.rules, split.heldOut), baseline: baseline,
      graph: Self.graph(extraction, split, table.rows, answers, workers), seconds: seconds)
  }

  /// How often the exact form decides as the model, and the printed rules as the exact form, on rows held out if there
  /// are any.
  private static func graph(
    _ extraction: Extraction, _ split: HoldOut, _ rows: Matrix, _ answers: [Int]?, _ workers: Workers
  ) -> (fidelity: Double, agreement: Double)? {
    guard let graph = extraction.graph, let answers else { return nil }
    let chosen = split.heldOut.isEmpty ? split.training : split.heldOut
    let cells = rows.selectingRows(chosen)
    let decisions = Metrics.classes(graph.predict(cells, workers: workers.silent))
    let printed = extraction.rules.classes(cells, workers: workers)
    let count = Double(chosen.count)
    return (
      Double(zip(decisions, chosen).count { $0 == answers[$1] }) / count,
      Double(zip(decisions, printed).count { $0 == $1 }) / count
    )
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}
