import Learning
import Surrogates
import Tensors

/// The explainer of a model's rows: exact where the model is a mean of trees, else by sampling.
enum RowExplainer: Sendable {
  /// The closed form, with the draws that its fidelity needs.
  case exact(ExactLIME, LocalFidelity)
  /// Sampling.
  case sampled(SampledLIME, SampledLIME.SampleSize, FeatureSelection)

  /// How a user asks for explanations.
  struct Request: Sendable {
    /// Whether the margin is explained, of which the model's probabilities are the logistic function or the softmax.
    var explainsMargin = false
    /// How columns are cut into bins; nil: they are not.
    var binning: Binning?
    /// Without bins, whether draws are around the row, not around the training mean.
    var aroundRow: Bool
    /// How the shown terms are chosen where there are samples.
    var selection: FeatureSelection
    /// The number of draws; nil: none for trees, else until the order is settled.
    var samples: Int?
    /// How far the neighbourhood reaches.
    var kernelWidth: KernelWidth
    /// The most terms.
    var limit: Int
    /// The seed of all random numbers.
    var seed: UInt64
  }

  /// The explainer of `trained`.
  init(_ trained: TrainedModel, _ request: Request, workers: Workers) {
    let discretizer = trained.discretizer(request.binning ?? .quartile)
    let trees = request.explainsMargin ? trained.margin : trained.ensemble
    if let ensemble = trees, request.samples == nil, request.binning != nil {
      let explainer = ExactLIME(ensemble, discretizer: discretizer, workers: workers)
      var generator = SeededGenerator(seed: request.seed, purpose: .bank)
      self = .exact(explainer, LocalFidelity(explainer, workers: workers, using: &generator))
    } else {
      let space: SampledLIME.Space = request.binning == nil ? .raw(aroundRow: request.aroundRow) : .bins
      let size: SampledLIME.SampleSize =
        request.samples.map { .fixed($0) } ?? .untilSettled(columns: discretizer.features.count)
      self = .sampled(
        SampledLIME(Self.answering(trained, request), discretizer: discretizer, space: space, workers: workers), size,
        request.selection)
    }
  }

  /// What is explained: the model, or the trees of its margin.
  static func answering(_ trained: TrainedModel, _ request: Request) -> any Predictor {
    guard request.explainsMargin, let margin = trained.margin else { return trained.model }
    return margin
  }

  /// `exact` or `sampled`.
  var name: String {
    switch self {
    case .exact: "exact"
    case .sampled: "sampled"
    }
  }

  /// Explains the given outputs for one row.
  /// - Throws: what keeps the model from answering.
  func explain(
    _ row: ArraySlice<Double>, number: Int, outputs: [Int], _ request: Request, workers: Workers
  ) throws -> ExplainedRow {
    switch self {
    case .exact(let explainer, let fidelity):
      explainer.explain(
        row, number: number, outputs: outputs, kernelWidth: request.kernelWidth, limit: request.limit,
        fidelity: fidelity, workers: workers)
    case .sampled(let explainer, let size, let selection):
      try explainer.explain(
        row, number: number, outputs: outputs, kernelWidth: request.kernelWidth, limit: request.limit,
        selection: selection, size: size, seed: request.seed, workers: workers)
    }
  }
}
