import DataFrames
import Learning
import Rules
import Tensors

/// Rules of a model, with what a reader must know of their making.
struct RulesRun: Sendable {
  let table: LearningTable
  /// The model; nil where the rules are of the data.
  let explained: ExplainedModel?
  /// The rows that the rules were made from, and others to measure them on.
  let split: HoldOut
  let method: any RuleExtractor
  let run: RunOptions
  let extraction: Extraction
  /// Whether somebody ended the extraction before it was done.
  let isInterrupted: Bool
  /// The figures of the rules as printed, on the rows they were made from and on others.
  let train: RuleFigures
  let heldOut: RuleFigures
  /// C4.5rules on the model's answers, with their figures; nil without a model, and where somebody ended the work before
  /// they were done.
  let baseline: (rules: RuleSet, train: RuleFigures, heldOut: RuleFigures)?
  /// The exact form's fidelity on the held-out rows, and the share of them on which it decides as the printed rules do.
  let graph: (fidelity: Double, agreement: Double)?
  let seconds: Double

  /// Extracts and measures rules.
  /// - Parameters:
  ///   - table: the data, whose target is classes.
  ///   - explained: the model; nil for a method that is of the data.
  ///   - method: the way to rules.
  ///   - budget: how long the work may take.
  ///   - limits: what else bounds it.
  ///   - testFraction: the share of the rows that is held out where there is no model.
  ///   - run: how the command runs.
  /// - Throws: what keeps a model from answering, and `ExtractionError` for a model that the method cannot work with.
  init(
    _ table: LearningTable, _ explained: ExplainedModel?, method: any RuleExtractor, budget: Budget,
    limits: ExtractionLimits, testFraction: Double, run: RunOptions
  ) throws {
    guard case .classes(let codes, let names) = table.target else { throw ExtractionError.needsClasses }
    let workers = run.workers(showing: "extracting rules")
    let split: HoldOut
    if let explained {
      split = explained.trained.split
    } else {
      var generator = SeededGenerator(seed: run.seed, purpose: .split)
      split = HoldOut(table.target, fraction: testFraction, using: &generator)
    }
    self.table = table
    self.explained = explained
    self.split = split
    self.method = method
    self.run = run
    let clock = ContinuousClock()
    let answers = explained.map { Metrics.classes($0.answers) }
    let cells = table.rows
    func figures(_ set: RuleSet, _ rows: [Int]) -> RuleFigures {
      RuleFigures(
        set, cells.selectingRows(rows), answers: answers.map { answers in rows.map { answers[$0] } },
        classes: rows.map { codes[$0] }, workers: workers)
    }
    let isBaseline = method.name == RuleExtractors.baseline.name
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
      baseline = nil
    }
    train = figures(extraction.rules, split.training)
    heldOut = figures(extraction.rules, split.heldOut)
    graph = Self.graph(extraction, split, table.rows, answers, workers)
  }

  /// How often the exact form decides as the model, and the printed rules as the exact form, on rows held out if there are any.
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

  /// What a reader must know, most important first.
  var warnings: [String] {
    var warnings = extraction.cuts.map { cut in
      switch cut {
      case .candidates(let kept, let count):
        "the budget was spent: of \(count) candidates for rules \(kept) were looked at"
      case .intermediateRules(let kept, let count):
        "the budget was spent: \(kept) of \(count) intermediate rules were put in terms of the columns"
      case .coarserGraph(let share):
        "to stay in its budget the graph was composed of trees with at least \(NumberText.percent(share)) of the rows on each side"
      case .planes(let found):
        "the budget was spent: \(DataFrame.counted(found, "plane was", "planes were")) found"
      case .rows(let kept, let count):
        "to stay in its budget \(kept) of the \(count) training rows were learned from"
      case .unfinishedChoice: "the budget was spent before all candidates for rules were weighed against each other"
      case .unfinishedTree: "the budget was spent: a tree was left unfinished"
      case .rules(let kept, let count, let share):
        "of \(count) rules \(kept) are printed (--max-rules); all of them follow \(explained == nil ? "the data" : "the model") in "
          + "\(NumberText.percent(share)) of the rows that they were chosen on"
      }
    }
    if isInterrupted { warnings.insert("interrupted: these are the best rules found by then", at: 0) }
    if !extraction.cuts.isEmpty {
      let share = explained == nil ? train.accuracy : train.fidelity
      warnings.append(
        "what was left out costs at most \(NumberText.percent(1 - share)) of the training rows: on the others the rules decide as "
          + (explained == nil ? "the data say" : "the model does"))
    }
    if extraction.rules.rules.isEmpty { warnings.append("no rule does better than the default alone") }
    return warnings
  }
}
