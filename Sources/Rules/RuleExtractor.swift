import Learning
import Trees

/// A way to rules.
///
/// A way is one file, a conformance and a line in `RuleExtractors.all`; its settings are its own, with defaults.
public protocol RuleExtractor: Sendable {
  /// The name on the command line.
  var name: String { get }
  /// What the method does, in a line that goes on behind its name and begins with a verb: "asks any model for …".
  var summary: String { get }
  /// What it works on.
  var requirement: ExtractionRequirement { get }
  /// The kind of model, as the command line names it, that is trained where none is given; nil for a method that takes
  /// none.
  var usualModel: String? { get }
  /// Extracts rules from what a task gives.
  /// - Throws: `ExtractionError` where the task does not give what the method needs, and what keeps a model from
  ///   answering.
  func extract(_ task: ExtractionTask) throws -> Extraction
}

/// What a way to rules works on.
public enum ExtractionRequirement: Sendable {
  /// The rows and their classes; no model.
  case dataAlone
  /// A model that can be asked, whatever it is.
  case anyModel
  /// A network whose hidden layers can be looked at.
  case network
  /// A model that is a mean of trees.
  case forest
}

extension RuleExtractor {
  /// A forest for a method that takes one apart, and a network for the others.
  public var usualModel: String? {
    switch requirement {
    case .dataAlone: nil
    case .anyModel, .network: "network"
    case .forest: "forest"
    }
  }
}

extension ExtractionTask {
  /// The hidden layers for a method that needs them.
  /// - Throws: `ExtractionError.needsNetwork`
  func network(for method: some RuleExtractor) throws -> any LayeredModel {
    guard let network = model as? any LayeredModel, network.hiddenLayerCount > 0 else {
      throw ExtractionError.needsNetwork(method: method.name)
    }
    return network
  }

  /// The trees for a method that needs them.
  /// - Throws: `ExtractionError.needsForest`
  func trees(for method: some RuleExtractor) throws -> TreeEnsemble {
    guard let ensemble else { throw ExtractionError.needsForest(method: method.name) }
    return ensemble
  }
}
