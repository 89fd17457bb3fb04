import DataFrames
import Learning
import ModelFiles
import Tensors
import Trees

/// A kind of model that is trained on the spot: how it is trained, and how it is saved.
///
/// A kind is one file, a conformance and a line in `ModelTrainers.all`.
protocol ModelTrainer: Sendable {
  /// The kind of the models.
  static var kind: ModelKind { get }
  /// Whether any columns will do; else they are the pixels of pictures, of which none can be left out.
  static var takesAnyColumns: Bool { get }
  /// Whether the models compare cells as Floats, about seven digits.
  static var comparesFloats: Bool { get }
  /// Whether the models are means of trees.
  static var growsTrees: Bool { get }
  /// Whether the models have hidden layers that rules can be extracted from.
  static var hasHiddenLayers: Bool { get }
  /// What the kind is for, behind its name in help; empty where the name says it.
  static var remark: String { get }

  /// Trains a model.
  /// - Parameters:
  ///   - request: what is asked of the model.
  ///   - data: rows whose targets are all known.
  ///   - layout: the size of the pictures that the rows are; nil for other tables.
  ///   - workers: the threads that may share the work.
  ///   - generator: what the training draws.
  /// - Returns: the model.
  /// - Throws: `FitError` or `UsageError` where the data cannot be learned from.
  static func fit(
    _ request: ModelRequest, _ data: Dataset, layout: IDXLayout?, workers: Workers,
    using generator: inout SeededGenerator
  ) throws -> FittedModel

  /// The file of a model that was trained by `fit`; nil for another one.
  /// - Throws: `ONNXError` for what no file can hold.
  static func file(
    _ model: any Predictor, features: [Feature], classNames: [String]?, metadata: [String: String]
  ) throws -> ONNXModel?
}

extension ModelTrainer {
  static var takesAnyColumns: Bool { true }
  static var comparesFloats: Bool { false }
  static var growsTrees: Bool { false }
  static var hasHiddenLayers: Bool { false }
  static var remark: String { "" }
}

/// All kinds of models that are trained on the spot.
enum ModelTrainers {
  static let all: [any ModelTrainer.Type] = [
    ForestTrainer.self,
    NetworkTrainer.self,
    LinearTrainer.self,
    ConvolutionalTrainer.self,
  ]
}

/// A model that has just been trained.
struct FittedModel: Sendable {
  /// The model.
  let model: any Predictor
  /// The model in a few words, such as `forest of 100 trees`.
  let name: String
  /// The model's trees, if it is a mean of trees.
  var ensemble: TreeEnsemble?
  /// For each tree the rows that it was grown on; nil for other models.
  var drawn: [[Bool]]?
  /// The predictions of each row by the trees that did not see it, NaN where all did; nil for other models.
  var outOfBag: Matrix?
}
