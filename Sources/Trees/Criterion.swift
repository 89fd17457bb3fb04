import RealModule

/// What a split search minimises.
public enum Criterion: Sendable, Equatable {
  /// Gini impurity of the classes, 1 − Σp².
  case gini
  /// Entropy of the classes, −Σ p ln p.
  case entropy
  /// Variance of a number.
  case variance
}

/// The best place to cut a node's groups in two.
struct Cut: Equatable {
  /// Σ over the two sides of −(weight · impurity), up to a constant of the node: the larger the better.
  var score: Double
  /// How many of the groups, in their order, go left.
  var groupsLeft: Int
  /// Whether the missing cells go left.
  var missingLeft: Bool
}

extension GroupTable {
  /// The best cut of the groups in their order, or nil where no cut leaves at least `minimumWeight` on each side.
  ///
  /// Each place between two groups is tried with the missing cells right, then left; last, all groups against the
  /// missing cells. The first of equal scores wins.
  /// - Complexity: O(count · width)
  func bestCut(_ criterion: Criterion, minimumWeight: Double) -> Cut? {
    if width == 2 { return bestScalarCut(minimumWeight) }
    return criterion == .entropy
      ? bestClassCut(minimumWeight, EntropyScore.self) : bestClassCut(minimumWeight, GiniScore.self)
  }

  /// For one sum S of weight · y: the weighted variance is Σwy² − S²/w, so the score of a side is S²/w. With y = 1 for
  /// the second of two classes, the Gini impurity is twice that variance and has the same best cut.
  private func bestScalarCut(_ minimumWeight: Double) -> Cut? {
    var rightWeight = 0.0
    var rightSum = 0.0
    for group in 0..<count {
      rightWeight += moments[2 * group]
      rightSum += moments[2 * group + 1]
    }
    let (missingWeight, missingSum) = (missing[0], missing[1])
    var leftWeight = 0.0
    var leftSum = 0.0
    var best = Cut(score: -.infinity, groupsLeft: 0, missingLeft: false)

    func consider(_ lw: Double, _ ls: Double, _ rw: Double, _ rs: Double, _ groupsLeft: Int, _ missingLeft: Bool) {
      guard lw >= minimumWeight, rw >= minimumWeight else { return }
      let score = ls * ls / lw + rs * rs / rw
      if score > best.score { best = Cut(score: score, groupsLeft: groupsLeft, missingLeft: missingLeft) }
    }
    moments.withUnsafeBufferPointer { moments in
      for group in 0..<max(0, count - 1) {
        leftWeight += moments[2 * group]
        leftSum += moments[2 * group + 1]
        rightWeight -= moments[2 * group]
        rightSum -= moments[2 * group + 1]
        consider(leftWeight, leftSum, rightWeight + missingWeight, rightSum + missingSum, group + 1, false)
        if missingWeight > 0 {
          consider(leftWeight + missingWeight, leftSum + missingSum, rightWeight, rightSum, group + 1, true)
        }
      }
    }
    if missingWeight > 0, count > 0 {
      let last = count - 1
      consider(
        leftWeight + moments[2 * last], leftSum + moments[2 * last + 1], missingWeight, missingSum, count, false)
    }
    return best.groupsLeft > 0 ? best : nil
  }

  /// For the weights of K classes: each side's score is made of Σ term(class weight), which is kept up to date.
  private func bestClassCut<Score: ClassScore>(_ minimumWeight: Double, _ type: Score.Type) -> Cut? {
    let width = self.width
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * width) { sides in
      sides.initialize(repeating: 0)
      let left = UnsafeMutableBufferPointer(rebasing: sides[..<width])
      let right = UnsafeMutableBufferPointer(rebasing: sides[width...])
      return moments.withUnsafeBufferPointer { moments in
        for group in 0..<count {
          for index in 0..<width { right[index] += moments[group &* width &+ index] }
        }
        return hasMissing
          ? bestCutWithMissing(moments, left, right, minimumWeight, type)
          : bestCutOfAll(moments, left, right, minimumWeight, type)
      }
    }
  }

  /// The best cut where every row has a value; `right` holds the moments of all rows, `left` none.
  private func bestCutOfAll<Score: ClassScore>(
    _ moments: UnsafeBufferPointer<Double>, _ left: UnsafeMutableBufferPointer<Double>,
    _ right: UnsafeMutableBufferPointer<Double>, _ minimumWeight: Double, _ type: Score.Type
  ) -> Cut? {
    var best = Cut(score: -.infinity, groupsLeft: 0, missingLeft: false)
    var leftTerms = 0.0
    var rightTerms = 0.0
    for index in 1..<width { rightTerms += Score.term(right[index]) }
    for group in 0..<max(0, count - 1) {
      let weights = UnsafeBufferPointer(rebasing: moments[(group &* width)..<(group &* width &+ width)])
      for index in 1..<width where weights[index] != 0 {
        let weight = weights[index]
        leftTerms += Score.term(left[index] + weight) - Score.term(left[index])
        rightTerms += Score.term(right[index] - weight) - Score.term(right[index])
        left[index] += weight
        right[index] -= weight
      }
      left[0] += weights[0]
      right[0] -= weights[0]
      guard left[0] >= minimumWeight, right[0] >= minimumWeight else { continue }
      let score = Score.score(leftTerms, left[0]) + Score.score(rightTerms, right[0])
      if score > best.score { best = Cut(score: score, groupsLeft: group + 1, missingLeft: false) }
    }
    return best.groupsLeft > 0 ? best : nil
  }

  /// The best cut where some cells are missing, which are tried on both sides.
  private func bestCutWithMissing<Score: ClassScore>(
    _ moments: UnsafeBufferPointer<Double>, _ left: UnsafeMutableBufferPointer<Double>,
    _ right: UnsafeMutableBufferPointer<Double>, _ minimumWeight: Double, _ type: Score.Type
  ) -> Cut? {
    var best = Cut(score: -.infinity, groupsLeft: 0, missingLeft: false)
    func side(_ moments: UnsafeMutableBufferPointer<Double>, plusMissing: Bool) -> (weight: Double, score: Double) {
      var sum = 0.0
      for index in 1..<width { sum += Score.term(moments[index] + (plusMissing ? missing[index] : 0)) }
      let weight = moments[0] + (plusMissing ? missing[0] : 0)
      return (weight, Score.score(sum, weight))
    }
    func consider(missingLeft: Bool, _ groupsLeft: Int) {
      let leftSide = side(left, plusMissing: missingLeft)
      let rightSide = side(right, plusMissing: !missingLeft)
      guard leftSide.weight >= minimumWeight, rightSide.weight >= minimumWeight else { return }
      let score = leftSide.score + rightSide.score
      if score > best.score { best = Cut(score: score, groupsLeft: groupsLeft, missingLeft: missingLeft) }
    }
    for group in 0..<count {
      for index in 0..<width {
        left[index] += moments[group &* width &+ index]
        right[index] -= moments[group &* width &+ index]
      }
      consider(missingLeft: false, group + 1)
      if group < count - 1 { consider(missingLeft: true, group + 1) }
    }
    return best.groupsLeft > 0 ? best : nil
  }

  /// The score of a node that is not cut, on the scale of `Cut.score`.
  static func score(_ moments: [Double], _ criterion: Criterion) -> Double {
    if moments.count == 2 { return moments[1] * moments[1] / moments[0] }
    func sum<Score: ClassScore>(_ type: Score.Type) -> Double {
      Score.score(moments[1...].reduce(0) { $0 + Score.term($1) }, moments[0])
    }
    return criterion == .entropy ? sum(EntropyScore.self) : sum(GiniScore.self)
  }
}

/// −weight · impurity of classes, made of a sum of one term a class.
private protocol ClassScore {
  static func term(_ weight: Double) -> Double
  static func score(_ sum: Double, _ weight: Double) -> Double
}

/// −w(1 − Σ(c/w)²) + w = Σc² / w.
private enum GiniScore: ClassScore {
  @inline(__always) static func term(_ weight: Double) -> Double { weight * weight }
  @inline(__always) static func score(_ sum: Double, _ weight: Double) -> Double { weight > 0 ? sum / weight : 0 }
}

/// w Σ (c/w) ln(c/w) = Σ c ln c − w ln w.
private enum EntropyScore: ClassScore {
  @inline(__always) static func term(_ weight: Double) -> Double { weight > 0 ? weight * Double.log(weight) : 0 }
  @inline(__always) static func score(_ sum: Double, _ weight: Double) -> Double { sum - term(weight) }
}
