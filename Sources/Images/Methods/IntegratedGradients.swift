import Networks
import Tensors

/// Integrated gradients from a baseline of 0 (Sundararajan, Taly & Yan, arXiv 1703.01365): Σ_c x_c · ∫₀¹ ∂y / ∂x_c (t
/// x) dt, by the midpoint rule. All values together are y(x) − y(0).
public struct IntegratedGradients: SaliencyMethod {
  /// The method's name.
  public static let name = "integrated-gradients"
  /// The method in a line.
  public static let summary = "the gradient along the way from a blank picture; the values add up to the logit's rise"
  /// What can be set.
  public static let parameters: [MethodParameter<Self>] = [.iterations(\.steps)]

  /// The steps along the way.
  public var steps = 50

  /// The steps that pass the network at once.
  private static let batch = 4

  /// Fifty steps.
  public init() {}

  /// A number of steps.
  public init(steps: Int) { self.steps = steps }

  /// The sum over the channels.
  public func explain(_ subject: Subject) throws -> SaliencyMap {
    let x = subject.input
    let size = x.elements.count
    var sums = [Double](repeating: 0, count: size)
    let order = Self.spread(steps)
    let effort = try subject.budget.blocks(steps, of: Self.batch, unit: "steps") { block in
      let inputs = Tensor(shape: [block.count] + x.shape[1...]) { target in
        for (place, turn) in block.enumerated() {
          let share = Float((Double(order[turn]) + 0.5) / Double(steps))
          for index in 0..<size { target[place * size + index] = share * x.elements[index] }
        }
      }
      let trace = try subject.network.forward(inputs, workers: subject.workers, keeping: .wayBack(to: 0))
      let gradient = try subject.signal(trace)
      for index in gradient.elements.indices { sums[index % size] += Double(gradient.elements[index]) }
    }
    let values = Tensor(
      shape: x.shape, elements: sums.indices.map { Float(sums[$0] / Double(effort.done) * Double(x.elements[$0])) })
    let ends = Tensor(shape: [2] + x.shape[1...], elements: x.elements + [Float](repeating: 0, count: size))
    let output = try subject.network.forward(ends, workers: subject.workers, keeping: .output).output
    let score = subject.score(output)
    var map = SaliencyMap(
      values, score: score, layer: 0,
      completeness: .init(
        sum: values.elements.reduce(0) { $0 + Double($1) }, expected: score - subject.score(output, example: 1)),
      SaliencyMap.sum)
    map.effort = effort
    return map
  }

  /// The steps in an order in which the first ones already lie all along the way, so that a run that is stopped has
  /// seen all of it.
  static func spread(_ steps: Int) -> [Int] {
    // The golden section keeps any number of first ones apart; a stride without a common divisor meets each step once.
    func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
    var stride = max(1, Int((Double(steps) * 0.618).rounded()))
    while divisor(stride, steps) != 1 { stride += 1 }
    return (0..<steps).map { $0 * stride % steps }
  }
}
