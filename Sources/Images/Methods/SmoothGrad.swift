import Networks
import Tensors

/// The mean gradient over noisy copies of the picture: 1/n Σ ∂y / ∂x (x + ε), ε normal with the deviation σ · (max x −
/// min x) (Smilkov et al., arXiv 1706.03825); or, where `squares`, the mean of the gradient's squares, as in their
/// program.
public struct SmoothGrad: RandomMethod {
  /// The method's name.
  public static let name = "smooth-grad"
  /// The method in a line.
  public static let summary = "the mean gradient over noisy copies of the picture"
  /// What can be set.
  public static let parameters: [MethodParameter<Self>] = [
    MethodParameter(.samples, part: "noisy copies smooth-grad takes (\(Self().samples))", \.samples),
    .layer(\.layer),
    MethodParameter(
      MethodOption(
        "noise", "The deviation of smooth-grad's noise, as a share of the input's range.", usual: Self().noise,
        rule: "is at least 0", accepts: { $0 >= 0 && $0.isFinite }), \.noise),
    MethodParameter(MethodOption("squared", "Let smooth-grad average squares."), \.squares),
  ]

  /// The noisy copies.
  public var samples = 25
  /// The deviation of the noise, as a share of the input's range.
  public var noise = 0.15
  /// Whether the gradients' squares are averaged.
  public var squares = false
  /// The node at whose output the map is made; nil: the picture.
  public var layer: Int?
  /// The seed of the noise.
  public var seed: UInt64 = 0

  /// The copies that pass the network at once.
  private static let batch = 4

  /// The paper's copies of the picture.
  public init() {}

  /// The largest size over the channels.
  public func explain(_ subject: Subject) throws -> SaliencyMap {
    let node = try LayerChoice(subject).map(layer ?? 0)
    let x = subject.input
    let size = x.elements.count
    let range = (x.elements.max() ?? 0) - (x.elements.min() ?? 0)
    let deviation = noise * Double(range)
    var sums: [Double] = []
    var shape: [Int] = []
    let effort = try subject.budget.blocks(samples, of: Self.batch, unit: "samples") { copies in
      let noisy = Tensor(shape: [copies.count] + x.shape[1...]) { target in
        for (place, sample) in copies.enumerated() {
          var generator = SeededGenerator(seed: seed, stream: UInt64(sample), purpose: .noise)
          for index in 0..<size {
            let change = deviation * NormalDistribution.quantile(generator.uniform())
            target[place * size + index] = x.elements[index] + Float(change)
          }
        }
      }
      let trace = try subject.network.forward(noisy, workers: subject.workers, keeping: .wayBack(to: node))
      let gradient = try subject.signal(trace, downTo: node)
      shape = [1] + gradient.shape[1...]
      let count = gradient.elements.count / copies.count
      if sums.isEmpty { sums = [Double](repeating: 0, count: count) }
      for index in gradient.elements.indices {
        let value = Double(gradient.elements[index])
        sums[index % count] += squares ? value * value : value
      }
    }
    let mean = Tensor(shape: shape, elements: sums.map { Float($0 / Double(effort.done)) })
    let output = try subject.network.forward(x, workers: subject.workers, keeping: .output).output
    var map = SaliencyMap(mean, score: subject.score(output), layer: node, SaliencyMap.largest)
    map.effort = effort
    return map
  }
}
