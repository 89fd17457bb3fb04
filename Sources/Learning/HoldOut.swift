/// A split of rows into those that a model is trained on and those that its quality is measured on.
public struct HoldOut: Sendable, Equatable {
  /// The rows to train on, ascending.
  public let training: [Int]
  /// The rows held out, ascending.
  public let heldOut: [Int]

  /// Splits the rows whose target is known; the others are in neither part.
  ///
  /// Classes are split one by one, so that each part has them in the same shares: of a class with m rows,
  /// m · `fraction` rows are held out, rounded down or up at random with the fraction's own chance, and one row at
  /// least stays for training.
  /// - Parameters:
  ///   - target: the target of all rows.
  ///   - fraction: the share to hold out, in 0..<1.
  ///   - generator: decides which rows are held out.
  public init(_ target: Target, fraction: Double, using generator: inout some RandomNumberGenerator) {
    precondition(fraction >= 0 && fraction < 1, "HoldOut: fraction \(fraction)")
    let known = target.knownRows
    let groups: [[Int]]
    switch target {
    case .values: groups = [known]
    case .classes(let codes, let names):
      var byClass = [[Int]](repeating: [], count: names.count)
      for row in known { byClass[codes[row]].append(row) }
      groups = byClass
    }
    var training: [Int] = []
    var heldOut: [Int] = []
    for group in groups where !group.isEmpty {
      let shuffled = group.shuffled(using: &generator)
      let wanted = Double(group.count) * fraction
      let extra = Double.random(in: 0..<1, using: &generator) < wanted - wanted.rounded(.down) ? 1 : 0
      let count = min(Int(wanted) + extra, group.count - 1)
      heldOut += shuffled[..<count]
      training += shuffled[count...]
    }
    self.training = training.sorted()
    self.heldOut = heldOut.sorted()
  }
}
