public import Images
public import Tensors

/// A picture that was made to look into a network, and what the network says of it.
public struct MadePicture: Sendable {
  /// How it was made, with what came of it.
  public enum Kind: Sendable {
    /// It was made so that a layer cannot tell it from the run's picture.
    case inverted(Inversion.Result, ImageRun, layer: String)
    /// It was made so that a named unit of the run's network is large.
    case maximized(ActivationMaximization.Result, NetworkRun, name: String, form: ActivationMaximization.Form)
  }

  /// How it was made.
  public let kind: Kind
  /// The likeliest class of the picture and its probability; nil where the network does not answer.
  public let verdict: (name: String, probability: Double)?

  /// A picture that a layer cannot tell from another.
  public init(inverted result: Inversion.Result, _ run: ImageRun, layer: String) {
    kind = .inverted(result, run, layer: layer)
    let input = run.preprocessing.tensor(result.picture)
    let answers = try? run.subject.model.probabilities(of: input, workers: run.run.workers)
    let probabilities = answers?.elements ?? []
    verdict = probabilities.indices.max { probabilities[$0] < probabilities[$1] }.map {
      (run.classNames[$0], probabilities[$0])
    }
  }

  /// A picture that a unit likes.
  public init(
    maximized result: ActivationMaximization.Result, _ run: NetworkRun, name: String, form: ActivationMaximization.Form
  ) {
    kind = .maximized(result, run, name: name, form: form)
    verdict = run.verdict(result.picture, workers: .one)
  }

  /// The picture.
  public var picture: Picture {
    switch kind {
    case .inverted(let result, _, _): result.picture
    case .maximized(let result, _, _, _): result.picture
    }
  }

  /// The run whose picture it was made for; nil where there was none.
  public var origin: ImageRun? {
    if case .inverted(_, let run, _) = kind { run } else { nil }
  }

  /// What went into it.
  public var effort: Effort {
    switch kind {
    case .inverted(let result, _, _): result.effort
    case .maximized(let result, _, _, _): result.effort
    }
  }

  /// The path of the network's file.
  public var modelPath: String {
    switch kind {
    case .inverted(_, let run, _): run.modelPath
    case .maximized(_, let run, _, _): run.modelPath
    }
  }

  /// What should be said beside the result.
  public var notes: [String] {
    switch kind {
    case .inverted(_, let run, _): run.notes
    case .maximized(_, let run, _, _): run.notes
    }
  }
}
