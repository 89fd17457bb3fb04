/// Minimises a smooth function of many variables by the limited-memory BFGS method (Nocedal, *Updating Quasi-Newton
/// Matrices with Limited Storage*, Mathematics of Computation 35, 1980), with steps that are halved until the function
/// falls enough (Armijo's condition). A strictly convex function then has positive curvature along every step.
struct LimitedMemoryBFGS {
  /// The greatest element of the gradient at which the search ends.
  var tolerance: Double
  /// The most steps.
  var maximumSteps = 2000
  /// The number of past steps from which curvature is taken.
  private let memory = 20

  /// Where a search ended.
  struct Minimum: Equatable {
    /// The point.
    var point: [Double]
    /// Whether the gradient is within the tolerance there.
    var converged: Bool
  }

  /// A past step s with the change y of the gradient, and 1 / (s · y).
  private struct Pair {
    var step: [Double]
    var change: [Double]
    var factor: Double
  }

  /// Searches from `start`.
  /// - Parameters:
  ///   - start: the first point.
  ///   - function: gives the value and the gradient at a point.
  /// - Returns: the last point.
  func minimize(
    from start: [Double], _ function: ([Double]) -> (value: Double, gradient: [Double])
  ) -> Minimum {
    var point = start
    var (value, gradient) = function(point)
    var pairs: [Pair] = []
    for _ in 0..<maximumSteps {
      if isFlat(gradient) { return Minimum(point: point, converged: true) }
      let direction = direction(gradient, pairs)
      let slope = dot(gradient, direction)
      var length = pairs.isEmpty ? min(1, 1 / dot(gradient, gradient).squareRoot()) : 1
      var next = function(add(point, direction, times: length))
      // What rounding alone may add to the value does not count against a step.
      let slack = 4 * value.magnitude.ulp
      while !(next.value <= value + 1e-4 * length * slope + slack) {
        length /= 2
        if length < 1e-12 { return Minimum(point: point, converged: false) }
        next = function(add(point, direction, times: length))
      }
      let step = direction.map { length * $0 }
      let change = add(next.gradient, gradient, times: -1)
      let curvature = dot(step, change)
      if curvature > 0 {
        if pairs.count == memory { pairs.removeFirst() }
        pairs.append(Pair(step: step, change: change, factor: 1 / curvature))
      }
      point = add(point, step, times: 1)
      (value, gradient) = next
    }
    return Minimum(point: point, converged: isFlat(gradient))
  }

  private func isFlat(_ gradient: [Double]) -> Bool { gradient.allSatisfy { $0.magnitude <= tolerance } }

  /// Minus the gradient times the estimated inverse of the matrix of second derivatives (the two-loop recursion).
  private func direction(_ gradient: [Double], _ pairs: [Pair]) -> [Double] {
    var result = gradient.map { -$0 }
    var weights: [Double] = []
    for pair in pairs.reversed() {
      let weight = pair.factor * dot(pair.step, result)
      weights.append(weight)
      result = add(result, pair.change, times: -weight)
    }
    if let last = pairs.last {
      let scale = 1 / (last.factor * dot(last.change, last.change))
      result = result.map { scale * $0 }
    }
    for (pair, weight) in zip(pairs, weights.reversed()) {
      result = add(result, pair.step, times: weight - pair.factor * dot(pair.change, result))
    }
    return result
  }

  private func dot(_ first: [Double], _ second: [Double]) -> Double {
    var sum = 0.0
    for index in first.indices { sum += first[index] * second[index] }
    return sum
  }

  private func add(_ first: [Double], _ second: [Double], times factor: Double) -> [Double] {
    var result = first
    for index in result.indices { result[index] += factor * second[index] }
    return result
  }
}
