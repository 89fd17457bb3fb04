public import Learning
public import Surrogates
public import Tensors

/// The explainer of a model's rows: exact where the model is a mean of trees, else by sampling.
public enum RowExplainer: Sendable {
  /// The closed form, with the draws that its fidelity needs.
  case exact(ExactLIME, LocalFidelity)
  /// Sampling.
  case sampled(SampledLIME, SampledLIME.SampleSize, FeatureSelection)

  /// How a user asks for explanations.
  public struct Request: Sendable {
    /// Whether the margin is explained, of which the model's probabilities are the logistic function or the softmax.
    public var explainsMargin: Bool
    /// How columns are cut into bins; nil: they are not.
    public var binning: Binning?
    /// Without bins, whether draws are around the row, not around the training mean.
    public var aroundRow: Bool
    /// How the shown terms are chosen where there are samples.
    public var selection: FeatureSelection
    /// The number of draws; nil: none for trees, else until the order is settled.
    public var samples: Int?
    /// How far the neighbourhood reaches.
    public var kernelWidth: KernelWidth
    /// The most terms.
    public var limit: Int
    /// The seed of all random numbers.
    public var seed: UInt64

    /// What is usual, but for what is given; a width of nil is the usual one for the number of columns.
    public init(
      columns: Int, explainsMargin: Bool = false, binning: Binning? = .quartile, aroundRow: Bool = false,
      selection: FeatureSelection = .highest, samples: Int? = nil, kernelWidth: KernelWidth? = nil, limit: Int = 10,
      seed: UInt64 = 0
    ) {
      self.explainsMargin = explainsMargin
      self.binning = binning
      self.aroundRow = aroundRow
      self.selection = selection
      self.samples = samples
      self.kernelWidth = kernelWidth ?? .fixed(ExactLIME.defaultKernelWidth(columns: columns))
      self.limit = limit
      self.seed = seed
    }
  }

  /// The explainer of `trained`.
  public init(_ trained: TrainedModel, _ request: Request, workers: Workers) {
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
  public static func answering(_ trained: TrainedModel, _ request: Request) -> any Predictor {
    guard request.explainsMargin, let margin = trained.margin else { return trained.model }
    return margin
  }

  /// `exact` or `sampled`.
  public var name: String {
    switch self {
    case .exact: "exact"
    case .sampled: "sampled"
    }
  }

  /// Explains the given outputs for one row.
  /// - Throws: what keeps the model from answering.
  public func explain(
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
