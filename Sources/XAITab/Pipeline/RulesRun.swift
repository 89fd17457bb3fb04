import DataFrames
import Learning
import Networks
import Rules
import Tensors
import Trees

/// Rules of a model, with what a reader must know of their making.
struct RulesRun: Sendable {
  /// The ways to rules, as the command line names them.
  enum Method: String, CaseIterable, Sendable {
    case pedagogical
    case deepred
    case annDT = "ann-dt"
    case hypinv
    case eclaire
    case forest

    /// The model of the method where none is named.
    var usualModel: String { self == .forest ? "forest" : "network" }
  }

  let table: LearningTable
  let explained: ExplainedModel
  let method: Method
  let run: RunOptions
  let extraction: Extraction
  /// The figures of the rules as printed, on the rows they were made from and on others.
  let train: RuleFigures
  let heldOut: RuleFigures
  /// The rules of the baseline, and their figures.
  let baseline: RuleSet
  let baselineTrain: RuleFigures
  let baselineHeldOut: RuleFigures
  /// The exact form's fidelity on the held-out rows, and the share of them on which it decides as the printed rules do.
  let graph: (fidelity: Double, agreement: Double)?
  let seconds: Double

  /// Extracts and measures rules.
  /// - Throws: what keeps a model from answering, and `ExtractionError` for a model that the method cannot work with.
  init(
    _ table: LearningTable, _ explained: ExplainedModel, method: Method, budget: ExtractionBudget, run: RunOptions
  ) throws {
    guard case .classes(let codes, let names) = table.target else { throw ExtractionError.needsClasses }
    let features = table.encoding.features
    let workers = run.workers(showing: "extracting rules")
    let task = try ExtractionTask(
      features: features, classNames: names, rows: table.rows.selectingRows(explained.fitted),
      model: explained.trained.model, budget: budget, seed: run.seed, workers: workers)
    let clock = ContinuousClock()
    let start = clock.now
    let extraction = try Self.extract(method, explained.trained, task)
    let duration = start.duration(to: clock.now).components
    seconds = Double(duration.seconds) + Double(duration.attoseconds) * 1e-18
    let answers = Metrics.classes(explained.answers)
    func figures(_ set: RuleSet, _ rows: [Int]) -> RuleFigures {
      RuleFigures(
        set, table.rows.selectingRows(rows), answers: rows.map { answers[$0] }, classes: rows.map { codes[$0] },
        workers: workers)
    }
    train = figures(extraction.rules, explained.fitted)
    heldOut = figures(extraction.rules, explained.heldOut)
    baseline = method == .pedagogical ? extraction.rules : Pedagogical().extract(task).rules
    baselineTrain = figures(baseline, explained.fitted)
    baselineHeldOut = figures(baseline, explained.heldOut)
    graph = extraction.graph.map { graph in
      let rest = table.rows.selectingRows(explained.heldOut)
      let decisions = Metrics.classes(graph.predict(rest, workers: workers.silent))
      let printed = extraction.rules.classes(rest, workers: workers)
      let count = Double(decisions.count)
      return (
        Double(zip(decisions, explained.heldOut).count { $0 == answers[$1] }) / count,
        Double(zip(decisions, printed).count { $0 == $1 }) / count
      )
    }
    self.table = table
    self.explained = explained
    self.method = method
    self.run = run
    self.extraction = extraction
  }

  private static func extract(_ method: Method, _ trained: TrainedModel, _ task: ExtractionTask) throws -> Extraction {
    func network() throws -> NeuralNetwork.Model {
      guard let network = trained.model as? NeuralNetwork.Model else {
        throw ExtractionError.needsNetwork(method: method.rawValue)
      }
      return network
    }
    switch method {
    case .pedagogical: return Pedagogical().extract(task)
    case .eclaire: return try ECLAIRE().extract(try network(), task)
    case .forest:
      guard let ensemble = trained.ensemble else { throw ExtractionError.needsForest }
      return try ForestRules().extract(ensemble, task)
    case .deepred: return try DeepRED().extract(try network(), task)
    case .annDT: return try ANNDT().extract(task)
    case .hypinv: return try HypInv().extract(task)
    }
  }

  /// What a reader must know, most important first.
  var warnings: [String] {
    var warnings = extraction.cuts.map { cut in
      switch cut {
      case .candidates(let kept, let count): "of \(count) candidates the \(kept) with the most rows were looked at"
      case .intermediateRules(let kept, let count):
        "the budget was spent: \(kept) of \(count) intermediate rules were put in terms of the columns"
      case .coarserGraph(let share):
        "to stay in its budget the graph was composed of trees with at least \(NumberText.percent(share)) of the rows on each side"
      case .planes(let found): "the budget was spent: \(found) planes were found"
      }
    }
    if extraction.rules.rules.isEmpty { warnings.append("no rule does better than the default alone") }
    return warnings
  }
}
