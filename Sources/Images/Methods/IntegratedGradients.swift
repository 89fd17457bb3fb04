import Networks
import Tensors

/// Integrated gradients from a baseline of 0 (Sundararajan, Taly & Yan, arXiv 1703.01365): Σ_c x_c · ∫₀¹ ∂y / ∂x_c (t x) dt, by the
/// midpoint rule. All values together are y(x) − y(0).
public struct IntegratedGradients: SaliencyMethod {
  /// The method's name.
  public static let name = "integrated-gradients"
  /// The method in a line.
  public static let summary = "the gradient along the way from a blank picture; the values add up to the logit's rise"

  /// The settings.
  public struct Settings: Sendable, Equatable {
    /// The steps along the way.
    public var steps = 50

    /// Fifty steps.
    public init() {}
  }

  private let steps: Int
  /// The steps that pass the network at once.
  private static let batch = 4

  /// The method with the settings' steps.
  public init(_ settings: SaliencySettings) { steps = settings.integratedGradients.steps }

  /// The sum over the channels.
  public func explain(_ subject: Subject) throws -> SaliencyMap {
    let x = subject.input
    let size = x.elements.count
    var sums = [Double](repeating: 0, count: size)
    for block in Workers.ranges(steps, size: Self.batch) {
      let inputs = Tensor(shape: [block.count] + x.shape[1...]) { target in
        for (place, step) in block.enumerated() {
          let share = Float((Double(step) + 0.5) / Double(steps))
          for index in 0..<size { target[place * size + index] = share * x.elements[index] }
        }
      }
      let trace = try subject.network.forward(inputs, workers: subject.workers, keeping: .wayBack(to: 0))
      let gradient = try subject.signal(trace)
      for index in gradient.elements.indices { sums[index % size] += Double(gradient.elements[index]) }
    }
    let values = Tensor(
      shape: x.shape, elements: sums.indices.map { Float(sums[$0] / Double(steps) * Double(x.elements[$0])) })
    let ends = Tensor(shape: [2] + x.shape[1...], elements: x.elements + [Float](repeating: 0, count: size))
    let output = try subject.network.forward(ends, workers: subject.workers, keeping: .output).output
    let score = subject.score(output)
    return SaliencyMap(
      values, score: score, layer: 0,
      completeness: .init(
        sum: values.elements.reduce(0) { $0 + Double($1) }, expected: score - subject.score(output, example: 1)),
      SaliencyMap.sum)
  }
}
