import Learning
import Networks
import Surrogates
import Tensors
import Trees

/// Exact LIME of rows after training: all that happens between the fitted forest and the explanation, the row's
/// prediction, the bins of the columns and the preparation of the trees included.
struct LimeJob {
  private let data: Dataset
  private let model: RandomForest.Model
  private let workers: Workers

  private init(_ path: String, workers: Workers) throws {
    data = try InputTable.read(path, workers: workers)
    var generator = SeededGenerator(seed: 0, purpose: .tree)
    model = RandomForest().fit(data, workers: workers, using: &generator)
    self.workers = workers
  }

  /// Explanations of the wine data, of ten and of five features.
  static func wine(_ folder: String, workers: Workers) throws {
    let job = try LimeJob("\(folder)/wine.csv", workers: workers)
    let rows = [11, 71, 151]
    job.explain(0, limit: 10)
    for limit in [10, 5] {
      let samples = rows.map { row in Measurement.milliseconds { job.explain(row, limit: limit) }.elapsed }
      try job.report("lime-wine/\(limit)-features", samples)
    }
    try job.reportParts("lime-wine", rows: rows)
    try job.reportSampled("lime-wine-sampled", job.model, rows: rows)
    var generator = SeededGenerator(seed: 0, purpose: .network)
    let network = try NeuralNetwork(hidden: [64, 32]).fit(job.data, workers: workers, using: &generator)
    try job.reportSampled("lime-wine-network", network, rows: rows)
  }

  /// Explanations by 5,000 draws, of ten and of five features; the bins are made once, as lime does.
  private func reportSampled(_ name: String, _ model: any Predictor, rows: [Int]) throws {
    let explainer = SampledLIME(
      model, discretizer: Discretizer(data, binning: .quartile), space: .bins, workers: workers)
    let width = ExactLIME.defaultKernelWidth(columns: data.features.count)
    for limit in [10, 5] {
      let samples = try rows.map { row in
        try Measurement.milliseconds {
          let prediction = try model.predict(data.rows.selectingRows([row]), workers: .one)
          let best = (0..<model.outputs).max { prediction[0, $0] < prediction[0, $1] } ?? 0
          return try explainer.explain(
            data.rows.row(row), number: row + 1, outputs: [best], kernelWidth: .fixed(width), limit: limit,
            selection: .auto, size: .fixed(5000), seed: 0, workers: workers)
        }.elapsed
      }
      try report("\(name)/\(limit)-features", samples)
    }
  }

  /// The explanation of a row of 57 x 22,283.
  static func wide(_ folder: String, workers: Workers) throws {
    let job = try LimeJob("\(folder)/bladderbatch_57x22283.csv.gz", workers: workers)
    try job.report("lime-wide/explain", [Measurement.milliseconds { job.explain(11, limit: 10) }.elapsed])
    try job.reportParts("lime-wide", rows: [11])
  }

  /// What the measure of fit adds (the draws for R², made once), and what each further row costs.
  private func reportParts(_ name: String, rows: [Int]) throws {
    let explainer = makeExplainer()
    let fidelity = makeFidelity(explainer)
    let withoutDraws = rows.map { row in
      Measurement.milliseconds { explain(row, limit: 10, makeExplainer(), fidelity) }.elapsed
    }
    try report("\(name)/without the draws for R2", withoutDraws)
    let further = rows.map { row in
      Measurement.milliseconds { explain(row, limit: 10, explainer, fidelity) }.elapsed
    }
    try report("\(name)/further row", further)
  }

  private func report(_ name: String, _ samples: [Double]) throws {
    try Measurement(job: name, unit: "ms", samples: samples, threads: workers.count).report()
  }

  private func makeExplainer() -> ExactLIME {
    ExactLIME(model.ensemble, discretizer: Discretizer(data, binning: .quartile), workers: workers)
  }

  private func makeFidelity(_ explainer: ExactLIME) -> LocalFidelity {
    var generator = SeededGenerator(seed: 0, purpose: .bank)
    return LocalFidelity(explainer, workers: workers, using: &generator)
  }

  private func explain(_ row: Int, limit: Int) {
    let explainer = makeExplainer()
    explain(row, limit: limit, explainer, makeFidelity(explainer))
  }

  /// Explains the predicted class of a row.
  private func explain(_ row: Int, limit: Int, _ explainer: ExactLIME, _ fidelity: LocalFidelity) {
    let prediction = model.predict(data.rows.selectingRows([row]), workers: workers)
    _ = explainer.explain(
      data.rows.row(row), number: row + 1, outputs: Metrics.classes(prediction),
      kernelWidth: .fixed(ExactLIME.defaultKernelWidth(columns: data.features.count)), limit: limit,
      fidelity: fidelity, workers: workers)
  }
}
