import Tensors

/// The weighted second moments of samples, all that linear surrogates of several outputs are fitted from.
struct WeightedMoments: Sendable {
  /// Σ of the weights.
  let weightSum: Double
  /// The weighted means of the features.
  let featureMeans: [Double]
  /// The weighted means of the outputs.
  let outputMeans: [Double]
  /// Σ π (z − z̄)(z − z̄)ᵀ, `[features, features]`.
  let gram: Matrix
  /// Σ π (z − z̄)(y − ȳ), `[features, outputs]`.
  let cross: Matrix
  /// Σ π (y − ȳ)², `[outputs]`.
  let outputSquares: [Double]

  /// The moments of n samples.
  ///
  /// Costs O(n · features · (features + outputs)).
  /// - Parameters:
  ///   - features: `[n, features]`.
  ///   - outputs: `[n, outputs]`.
  ///   - weights: `[n]`, not negative.
  init(features: Matrix, outputs: Matrix, weights: [Double]) {
    precondition(
      features.rows == outputs.rows && features.rows == weights.count,
      "WeightedMoments: \(features.rows) rows, \(outputs.rows) outputs, \(weights.count) weights")
    let width = features.columns
    let outputCount = outputs.columns
    var weightSum = 0.0
    var featureMeans = [Double](repeating: 0, count: width)
    var outputMeans = [Double](repeating: 0, count: outputCount)
    for row in 0..<features.rows {
      let weight = weights[row]
      weightSum += weight
      for column in 0..<width { featureMeans[column] += weight * features[row, column] }
      for column in 0..<outputCount { outputMeans[column] += weight * outputs[row, column] }
    }
    for column in 0..<width { featureMeans[column] /= weightSum }
    for column in 0..<outputCount { outputMeans[column] /= weightSum }

    var gram = Matrix(rows: width, columns: width)
    var cross = Matrix(rows: width, columns: outputCount)
    var outputSquares = [Double](repeating: 0, count: outputCount)
    var centered = [Double](repeating: 0, count: width)
    for row in 0..<features.rows {
      let weight = weights[row]
      for column in 0..<width { centered[column] = features[row, column] - featureMeans[column] }
      for one in 0..<width {
        let scaled = weight * centered[one]
        for other in 0...one { gram.elements[one * width + other] += scaled * centered[other] }
      }
      for output in 0..<outputCount {
        let difference = outputs[row, output] - outputMeans[output]
        outputSquares[output] += weight * difference * difference
        for column in 0..<width {
          cross.elements[column * outputCount + output] += weight * centered[column] * difference
        }
      }
    }
    for one in 0..<width {
      for other in 0..<one { gram[other, one] = gram[one, other] }
    }
    self.weightSum = weightSum
    self.featureMeans = featureMeans
    self.outputMeans = outputMeans
    self.gram = gram
    self.cross = cross
    self.outputSquares = outputSquares
  }

  /// G + αI of the given features, in their order, `[features, features]`.
  func system(_ features: [Int], penalty: Double) -> Matrix {
    var system = Matrix(rows: features.count, columns: features.count)
    for (row, one) in features.enumerated() {
      for (column, other) in features.enumerated() {
        system[row, column] = gram[one, other] + (row == column ? penalty : 0)
      }
    }
    return system
  }
}
