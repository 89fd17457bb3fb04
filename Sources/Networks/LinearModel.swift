public import Learning
public import Tensors

/// Penalised linear models on the encoded inputs x: ridge regression for a number, logistic regression for classes.
///
/// With the penalty λ, a number is fitted by the least Σ (y − b − x · w)² + λ‖w‖², as scikit-learn's `Ridge(alpha=λ)`;
/// classes by the least −Σ ln p(class) + λ/2 ‖W‖² with p = softmax(b + x · W), as its `LogisticRegression(C=1/λ)`: for
/// two classes the first one's weights are 0. Intercepts are free.
public struct LinearModel: Estimator, Equatable {
  /// The strength λ of the penalty.
  public var penalty: Double

  /// Models with a penalty above 0.
  public init(penalty: Double = 1) {
    precondition(penalty > 0, "LinearModel: penalty \(penalty)")
    self.penalty = penalty
  }

  /// A fitted linear model that takes the user's columns.
  public struct Model: Predictor {
    /// The way from the user's columns to the model's inputs.
    public let encoding: InputEncoding
    /// W, `[inputs, outputs]`: what an input adds to each class's logit, or to the standardised number.
    public let weights: Matrix
    /// b, one an output.
    public let intercepts: [Double]
    /// The way from outputs to predictions.
    public let target: TargetEncoding
    /// Whether the fit ended at the minimum, within rounding.
    public let converged: Bool

    /// One column a class, or 1.
    public var outputs: Int { target.outputs }

    /// Class probabilities or numbers; each row is computed by itself.
    public func predict(_ rows: Matrix, workers: Workers) -> Matrix {
      let blocks = Workers.ranges(rows.rows, size: 256)
      let shape = BLAS.Shape(rows: 1, inner: encoding.inputs.count, columns: outputs)
      let parts = workers.map(count: blocks.count) { index in
        var values: [Double] = []
        for row in blocks[index] {
          var output = intercepts[...]
          let inputs = encoding.encode(rows, row..<row + 1)
          output.withUnsafeMutableBufferPointer {
            BLAS.multiply(inputs, weights.elements, shape, adding: true, into: $0)
          }
          target.decode(&output)
          values += output
        }
        return values
      }
      return Matrix(rows: rows.rows, columns: outputs, elements: parts.flatMap { $0 })
    }
  }

  /// Fits a model to the rows of `data`; nothing is drawn at random.
  /// - Throws: `FitError` for infinite values and for no rows.
  /// - Complexity: for a number O(n · d · m + m³), m being the smaller of the number of rows n and of inputs d; for
  ///   classes O(n · d · classes) a step.
  public func fit(
    _ data: Dataset, workers: Workers, using generator: inout some RandomNumberGenerator
  ) throws -> Model {
    let target = try TargetEncoding(data.target)
    let encoding = try InputEncoding(data.features, rows: data.rows, workers: workers)
    switch data.target {
    case .values:
      let (weights, intercept) = try RidgeRegression(penalty: penalty).fit(
        encoding.encode(data.rows, 0..<data.count), width: encoding.inputs.count, values: target.encode(data.target))
      return Model(
        encoding: encoding, weights: Matrix(rows: weights.count, columns: 1, elements: weights),
        intercepts: [intercept], target: target, converged: true)
    case .classes(let codes, let names):
      let blocks = Workers.ranges(data.count, size: LogisticRegression.blockSize)
      let regression = LogisticRegression(
        penalty: penalty, blocks: workers.silent.map(count: blocks.count) { encoding.encode(data.rows, blocks[$0]) },
        width: encoding.inputs.count, codes: codes, classCount: names.count, workers: workers)
      let fitted = regression.fit()
      return Model(
        encoding: encoding, weights: fitted.weights, intercepts: fitted.intercepts, target: target,
        converged: fitted.converged)
    }
  }
}
