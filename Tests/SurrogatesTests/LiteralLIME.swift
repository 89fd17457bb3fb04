import Foundation
import Tensors
import Trees

@testable import Surrogates

/// LIME as its paper tells it, slowly: draw bins, draw values, ask the model, weight by the kernel, fit a weighted
/// regression. The twin of the closed form.
struct LiteralLIME {
  var intercept: Double
  var slopes: [Double]
  /// Standard errors by the sandwich formula for independent draws with known mean weights.
  var errors: [Double]
  var rSquared: Double

  init(
    _ ensemble: TreeEnsemble, bins: [ColumnBins], row: [Double], output: Int, kernelWidth: Double, samples: Int,
    using generator: inout SeededGenerator
  ) {
    let columns = row.count
    let own = zip(bins, row).map { $0.bin(of: $1) }
    let shares = zip(bins, own).map { $0.shares(explaining: $1) }
    var drawn = Matrix(rows: samples, columns: columns)
    var matches = drawn
    var weights = [Double](repeating: 0, count: samples)
    for sample in 0..<samples {
      var mismatches = 0.0
      for column in 0..<columns {
        var rest = generator.uniform()
        var bin = 0
        while bin < shares[column].count - 1, rest > shares[column][bin] {
          rest -= shares[column][bin]
          bin += 1
        }
        matches[sample, column] = bin == own[column] ? 1 : 0
        mismatches += bin == own[column] ? 0 : 1
        drawn[sample, column] =
          bin == bins[column].laws.count ? .nan : Self.value(bins[column].laws[bin], using: &generator)
      }
      weights[sample] = exp(-mismatches / (2 * kernelWidth * kernelWidth))
    }
    let answers = ensemble.predict(drawn, workers: .one)
    let outputs = (0..<samples).map { answers[$0, output] }

    // Normal equations of the weighted regression on [1, z].
    let size = columns + 1
    func design(_ sample: Int, _ place: Int) -> Double { place == 0 ? 1 : matches[sample, place - 1] }
    var gram = Matrix(rows: size, columns: size)
    var right = [Double](repeating: 0, count: size)
    for sample in 0..<samples {
      for one in 0..<size where design(sample, one) != 0 {
        right[one] += weights[sample] * outputs[sample]
        for other in 0..<size where design(sample, other) != 0 { gram[one, other] += weights[sample] }
      }
    }
    // A column whose indicator never changes carries no information: its slope is 0 by definition.
    let isConstant = (0..<size).map { $0 > 0 && gram[$0, $0] >= gram[0, 0] * (1 - 1e-12) }
    for place in 0..<size where isConstant[place] {
      for other in 0..<size {
        gram[place, other] = place == other ? 1 : 0
        gram[other, place] = place == other ? 1 : 0
      }
      right[place] = 0
    }
    let inverse = Self.inverse(gram)
    let coefficients = (0..<size).map { one in (0..<size).reduce(0) { $0 + inverse[one, $1] * right[$1] } }
    var meat = Matrix(rows: size, columns: size)
    var weightSum = 0.0
    var residualSum = 0.0
    var mean = 0.0
    for sample in 0..<samples {
      var fitted = 0.0
      for place in 0..<size { fitted += coefficients[place] * design(sample, place) }
      let residual = outputs[sample] - fitted
      let score = weights[sample] * residual
      for one in 0..<size where design(sample, one) != 0 {
        for other in 0..<size where design(sample, other) != 0 { meat[one, other] += score * score }
      }
      weightSum += weights[sample]
      residualSum += weights[sample] * residual * residual
      mean += weights[sample] * outputs[sample]
    }
    mean /= weightSum
    let total = zip(weights, outputs).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }
    rSquared = 1 - residualSum / total
    intercept = coefficients[0]
    slopes = Array(coefficients.dropFirst())
    errors = (1..<size).map { place in
      var variance = 0.0
      for one in 0..<size {
        for other in 0..<size { variance += inverse[place, one] * meat[one, other] * inverse[other, place] }
      }
      return variance.squareRoot()
    }
  }

  private static func value(_ law: BinLaw, using generator: inout SeededGenerator) -> Double {
    switch law {
    case .point(let value): return value
    case .truncatedNormal(let mean, let deviation, let lower, let upper):
      let below = NormalDistribution.cumulative((lower - mean) / deviation)
      let above = NormalDistribution.cumulative((upper - mean) / deviation)
      let share = NormalDistribution.quantile(below + generator.uniform() * (above - below))
      return min(max(mean + deviation * share, lower), upper)
    }
  }

  /// The inverse by Gauss-Jordan elimination with row exchanges.
  private static func inverse(_ matrix: Matrix) -> Matrix {
    let size = matrix.rows
    var left = matrix
    var inverse = Matrix(rows: size, columns: size)
    for place in 0..<size { inverse[place, place] = 1 }
    for column in 0..<size {
      let pivot = (column..<size).max { left[$0, column].magnitude < left[$1, column].magnitude } ?? column
      for place in 0..<size {
        (left[column, place], left[pivot, place]) = (left[pivot, place], left[column, place])
        (inverse[column, place], inverse[pivot, place]) = (inverse[pivot, place], inverse[column, place])
      }
      let scale = left[column, column]
      for place in 0..<size {
        left[column, place] /= scale
        inverse[column, place] /= scale
      }
      for row in 0..<size where row != column {
        let factor = left[row, column]
        for place in 0..<size {
          left[row, place] -= factor * left[column, place]
          inverse[row, place] -= factor * inverse[column, place]
        }
      }
    }
    return inverse
  }
}

/// The closed form, leaf by leaf and path by path: the twin of the pass along the edges.
struct LeafByLeafLIME {
  var means: [Double]
  var slopes: Matrix

  init(_ ensemble: TreeEnsemble, bins: [ColumnBins], neighborhood: Neighborhood) {
    means = [Double](repeating: 0, count: ensemble.outputs)
    slopes = Matrix(rows: bins.count, columns: ensemble.outputs)
    for tree in ensemble.trees {
      descend(tree, 0, [], bins, neighborhood, Double(ensemble.trees.count), ensemble.outputs)
    }
  }

  private typealias Step = (node: Tree.Node, goesLeft: Bool)

  private mutating func descend(
    _ tree: Tree, _ index: Int, _ path: [Step], _ bins: [ColumnBins], _ neighborhood: Neighborhood, _ trees: Double,
    _ outputs: Int
  ) {
    let node = tree.nodes[index]
    guard node.isLeaf else {
      for goesLeft in [true, false] {
        descend(
          tree, Int(node.firstChild) + (goesLeft ? 0 : 1), path + [(node, goesLeft)], bins, neighborhood, trees, outputs
        )
      }
      return
    }
    let used = Set(path.map { Int($0.node.slot) }).sorted()
    var given: [Int: (match: Double, mismatch: Double, mean: Double)] = [:]
    for slot in used {
      let own = neighborhood.bins[slot]
      let shares = neighborhood.shares[slot]
      let steps = path.filter { Int($0.node.slot) == slot }
      let chances = shares.indices.map { Self.chance(tree, steps, bins[slot], bin: $0) }
      let match = chances[own]
      let others = shares.indices.filter { $0 != own }
      let weight = others.reduce(0) { $0 + shares[$1] }
      let mismatch = weight > 0 ? others.reduce(0) { $0 + shares[$1] * chances[$1] } / weight : match
      let share = neighborhood.matchChances[slot]
      given[slot] = (match, mismatch, share * match + (1 - share) * mismatch)
    }
    for output in 0..<outputs {
      let value = tree.leafValues[node.leaf * outputs + output] / trees
      means[output] += used.reduce(value) { $0 * (given[$1]?.mean ?? 0) }
      for slot in used {
        var product = value * ((given[slot]?.match ?? 0) - (given[slot]?.mismatch ?? 0))
        for other in used where other != slot { product *= given[other]?.mean ?? 0 }
        slopes[slot, output] += product
      }
    }
  }

  /// The chance that a value drawn from a bin takes all of the steps.
  private static func chance(_ tree: Tree, _ steps: [Step], _ bins: ColumnBins, bin: Int) -> Double {
    if bin == bins.laws.count { return steps.allSatisfy { $0.node.missingGoesLeft == $0.goesLeft } ? 1 : 0 }
    if bins.cuts == nil { return steps.allSatisfy { tree.setContains($0.node, bin) == $0.goesLeft } ? 1 : 0 }
    var lower = 0.0
    var upper = 1.0
    for step in steps {
      let below = bins.laws[bin].cumulative(step.node.threshold)
      if step.goesLeft { upper = min(upper, below) } else { lower = max(lower, below) }
    }
    return max(0, upper - lower)
  }
}
