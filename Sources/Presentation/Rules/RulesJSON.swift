import DataFrames
import Learning
import Rules
public import Runs
import Tensors

/// The figures of rules on training and held-out rows.
struct RuleFiguresJSON: Codable, Equatable {
  /// A figure on both sets of rows; null where a set is empty.
  struct Both: Codable, Equatable {
    let train: JSONNumber
    let heldOut: JSONNumber
  }

  let fidelity: Both
  let balancedFidelity: Both
  let accuracy: Both
  /// For each of the model's classes the share of its rows on which the rules agree.
  let recall: [String: JSONNumber]
  let rules: Int
  let meanLength: JSONNumber
  let coverage: JSONNumber
  let overlap: JSONNumber
  let conflicts: JSONNumber
  /// The number of rows of each set.
  let trainRows: Int
  let heldOutRows: Int

  init(set: RuleSet, train: RuleFigures, heldOut: RuleFigures) {
    func both(_ value: (RuleFigures) -> Double) -> Both {
      Both(train: JSONNumber(value(train)), heldOut: JSONNumber(value(heldOut)))
    }
    let figures = heldOut.rows > 0 ? heldOut : train
    fidelity = both(\.fidelity)
    balancedFidelity = both(\.balancedFidelity)
    accuracy = both(\.accuracy)
    recall = Dictionary(zip(set.classNames, figures.recalls.map { JSONNumber($0) })) { first, _ in first }
    rules = set.rules.count
    meanLength = JSONNumber(set.meanLength)
    coverage = JSONNumber(figures.coverage)
    overlap = JSONNumber(figures.overlap)
    conflicts = JSONNumber(figures.conflicts)
    trainRows = train.rows
    heldOutRows = heldOut.rows
  }

  /// Whether there are rows that were held out.
  var isHeldOut: Bool { heldOutRows > 0 }
  /// The number of the rows that the figures other than `both` are of.
  var rows: Int { isHeldOut ? heldOutRows : trainRows }
  /// Which rows those are.
  var kind: String { isHeldOut ? "held-out" : "training" }
  /// A figure on those rows.
  func value(_ both: Both) -> Double { isHeldOut ? both.heldOut.value : both.train.value }
}

/// The JSON form of extracted rules, `xai-tab/rules/1`.
public struct RulesJSON: HeadedObject, Equatable {
  /// The name and version of the JSON form.
  public static let schema = "xai-tab/rules/1"
  let header: TableHeader
  let body: Body

  struct Body: Codable, Equatable {
    let model: ModelFacts?
    let method: String
    /// The classes in their order.
    let classes: [String]
    let semantics: String
    let rules: [RuleSetJSON.RuleJSON]
    let `default`: String
    let metrics: RuleFiguresJSON
    /// What each rule does on the held-out rows, or on the training rows where none is held out.
    let decisions: [Decisions]
    let graph: Graph?
    let baseline: RuleFiguresJSON?
    let warnings: [String]
    /// nil where the result is to be the same bytes each time.
    let seconds: JSONNumber?

    init(_ run: RulesRun) {
      let set = run.extraction.rules
      let written = RuleSetJSON(WrittenRules(set))
      model = run.explained.map { ModelFacts($0.trained) }
      method = run.method.name
      classes = set.classNames
      semantics = written.semantics
      rules = written.rules
      self.default = written.default
      metrics = RuleFiguresJSON(set: set, train: run.train, heldOut: run.heldOut)
      let isHeldOut = run.heldOut.rows > 0
      let figures = isHeldOut ? run.heldOut : run.train
      let rows = isHeldOut ? run.split.heldOut : run.split.training
      decisions = set.rules.indices.map { index in
        Decisions(
          decided: figures.decided[index], right: figures.right[index],
          example: figures.examples[index].map { RulesJSON.example(run, rows[$0], set.rules[index]) })
      }
      graph = run.graph.flatMap { graph in
        run.extraction.graph.map {
          Graph(
            fidelity: JSONNumber(graph.fidelity), agreement: JSONNumber(graph.agreement), nodes: $0.nodeCount)
        }
      }
      baseline = run.baseline.map { RuleFiguresJSON(set: $0.rules, train: $0.train, heldOut: $0.heldOut) }
      warnings = run.warnings
      seconds = Provenance.isReproducible ? nil : JSONNumber(run.seconds)
    }
  }

  struct Graph: Codable, Equatable {
    let fidelity: JSONNumber
    let agreement: JSONNumber
    let nodes: Int
  }

  /// The rows that a rule decides.
  struct Decisions: Codable, Equatable {
    let decided: Int
    let right: Int
    /// The first of them; nil where there is none.
    let example: Example?
  }

  /// A row in the columns that a rule asks of.
  struct Example: Codable, Equatable {
    let row: Int
    let cells: [LimeJSON.Cell]
  }

  private static func example(_ run: RulesRun, _ row: Int, _ rule: Rule) -> Example {
    var seen: Set<Int> = []
    let columns = rule.conditions.flatMap(\.columns).filter { seen.insert($0).inserted }
    return Example(
      row: row + 1,
      cells: columns.map { column in
        let feature = run.table.encoding.features[column]
        return LimeJSON.Cell(
          column: feature.name,
          value: JSONText.Nullable(text: ConditionText.cell(run.table.rows[row, column], feature)))
      })
  }

  /// The rules; nil where they are none that can be read.
  var written: WrittenRules? {
    RuleSetJSON(semantics: body.semantics, rules: body.rules, default: body.default).written
  }
}

extension RulesJSON {
  /// The object of a rule set.
  public init(_ run: RulesRun) {
    self.init(header: TableHeader(Self.schema, run.table, seed: run.run.seed), body: Body(run))
  }
}

extension RulesJSON: RuleFormat {
  /// `json`
  public static let name = "json"

  /// The object of a rule set.
  public static func text(_ run: RulesRun) throws -> String { try JSONText.text(RulesJSON(run)) }
}
