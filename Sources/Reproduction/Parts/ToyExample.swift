import DataFrames
import Learning
import Presentation
import Runs
import Surrogates
import Tensors
import Trees

/// Section 3.1 of the review: seven columns of pupils, a network of their final grade, and three surrogates.
enum ToyExample: ReviewPart {
  static let name = "toy"
  static let title = "Section 3.1: a toy example explained by three surrogates"
  static let says =
    "A small fully connected network predicts pupils' final grade from seven features. Linear regression (t-tests), a "
    + "decision tree on above-average or not (Gini index) and perturbation (deleting a variable) all pick the seventh "
    + "variable, each by a wide margin."

  private static let columns = ["age", "traveltime", "studytime", "failures", "absences", "G1", "G2"]
  private static let network = ModelRequest(.network)
  /// By how much the first column must lead the next one to lead by a wide margin.
  private static let margin = 2.0

  static func reproduce(_ bench: inout Bench, _ result: inout Reproduced) throws {
    let kept = columns + ["G3"]
    let isAboveMean = TargetRequest(options: TargetOptions(above: .mean))
    let file = ("student/student-mat.csv", "student")
    let grades = try bench.table(file.0, set: file.1, kept: kept, &result)
    let halves = try bench.table(file.0, set: file.1, kept: kept, target: isAboveMean, &result)
    let run = bench.run
    let explained = try ExplainedModel.make(grades, network, run)
    let classified = try ExplainedModel.make(halves, network, run)
    result.runs = [
      NamedText("Rows", "\(grades.rows.rows) pupils, \(columns.count) columns, the final grade G3 from 0 to 20"),
      NamedText(
        "Model",
        "a \(explained.trained.name); R2 \(two(Bench.figure("r2", explained.trained.heldOut))) on held-out pupils"),
      NamedText(
        "Model of above the mean or not",
        "a \(classified.trained.name); right in "
          + "\(NumberText.percent(Bench.figure("accuracy", classified.trained.heldOut))) of held-out pupils"
      ),
    ]

    let request = RegressionRun.Request(
      regression: LinearRegression(hasIntercept: true, errors: .classical, confidence: 0.95), seed: run.seed)
    let regressions = try [nil, explained].map { try RegressionRun.run(grades, $0, request, workers: run.workers) }
    let tests = regressions.map { regression in
      columns.map { name in
        regression.fit.coefficients.first { $0.term == name }?.estimate?.t.magnitude ?? .nan
      }
    }
    let trees = try [nil, classified].map { model in
      try TreeRun.run(
        halves, model,
        TreeRun.Request(
          tree: DecisionTree(criterion: .gini, maximumDepth: nil, minimumSamplesLeaf: 1, maximumLeaves: nil),
          repeats: 1, run: run))
    }
    let shares = trees.map { tree in columns.map { name in share(tree, name) } }
    let errors = try errors(grades, explained.trained, bench)

    let measures = [tests[0], tests[1], shares[0], shares[1], errors.mean, errors.permuted]
    let largest = measures.map { $0.max() ?? 1 }
    result.exhibits = [
      .table(
        caption:
          "What each of the seven columns is worth: size of t, share of Gini impurity, and rise of the mean absolute "
          + "error with the column's mean in its place or its cells permuted; of the data or of the network",
        columns: [
          "Column", "|t|, data", "|t|, network", "Gini, data", "Gini, network",
          "Error, mean", "Error, permuted",
        ],
        rows: columns.indices.map { column in
          .init(columns[column], measures.indices.map { .bar(measures[$0][column], of: largest[$0]) })
        })
    ]
    func statement(_ claim: String, _ measure: String, _ values: [Double]) -> Statement {
      let lead = Lead(zip(columns, values).map { ($0, $1) }, of: "G2")
      return Statement(
        claim,
        criterion:
          "G2, the seventh column, has the largest \(measure), and at least \(NumberText.exact(margin)) times that of "
          + "the next column.",
        [
          .init("\(measure) of G2", lead.value), .init("the largest of another column (\(lead.nextName))", lead.next),
          .init("ratio", lead.ratio),
        ], holds: lead.ratio >= margin)
    }
    result.statements = [
      statement("The t-test of the seventh variable is much more significant than the others'.", "|t|", tests[1]),
      statement("The Gini index of the seventh variable is much higher than the others'.", "Gini share", shares[1]),
      statement(
        "Deleting the seventh variable makes the mean error larger than deleting another.",
        "rise of the mean absolute error", errors.mean),
    ]
    let leaders = measures.map { values in values.indices.max { values[$0] < values[$1] } ?? 0 }
    result.statements.append(
      Statement(
        "All three methods pick the same, seventh feature.",
        criterion: "G2 comes first by all six measures of the table.",
        [
          .init("measures by which G2 comes first, of \(measures.count)", Double(leaders.count { columns[$0] == "G2" }))
        ],
        holds: leaders.allSatisfy { columns[$0] == "G2" }))
  }

  private static func share(_ tree: TreeRun, _ name: String) -> Double {
    tree.features.firstIndex { $0.name == name }.map { tree.impurityShares[$0] } ?? .nan
  }

  /// How much the network's mean absolute error on held-out pupils rises without each column.
  private static func errors(_ table: LearningTable, _ trained: TrainedModel, _ bench: Bench) throws -> (
    mean: [Double], permuted: [Double]
  ) {
    let results = try [ImportanceRun.Method.mean, .permute].map { method in
      let run = try ImportanceRun.run(
        table, trained,
        ImportanceRun.Request(
          method: method, repeats: method == .mean ? 1 : 10, groups: .single, score: .mae, run: bench.run,
          model: network))
      return columns.map { name in
        run.entries.first { table.encoding.features[$0.columns[0]].name == name }?.importance.difference ?? .nan
      }
    }
    return (results[0], results[1])
  }

  private static func two(_ value: Double) -> String { NumberText.fixed(value, decimals: 2) }
}

/// How far one of several named values leads the others.
struct Lead: Equatable {
  let value: Double
  /// The largest of the others.
  let next: Double
  let nextName: String

  /// The lead of the value with a name; NaN where there is none.
  init(_ values: [(String, Double)], of name: String) {
    value = values.first { $0.0 == name }?.1 ?? .nan
    let best = values.filter { $0.0 != name }.max { $0.1 < $1.1 }
    next = best?.1 ?? .nan
    nextName = best?.0 ?? "none"
  }

  /// The value over the next one; infinite where the others are not above 0 and it is.
  var ratio: Double { next > 0 ? value / next : value > 0 ? .infinity : .nan }
}
