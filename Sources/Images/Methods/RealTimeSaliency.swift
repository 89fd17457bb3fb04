import Networks
import RealModule
import Tensors

/// A mask of one picture by the loss with which real-time saliency trains its network of masks (Dabkowski & Gal, arXiv
/// 1705.07857, eq. 3 to 5; the authors' program has this form as "iterative"):
///
/// destroyer(x (1 − m) + a m) + 11 · mean (m + 0.0005)^0.3 + 0.5 · smoothness(m) + 0.2 · preserver(x m + a (1 − m)),
///
/// with the hinges destroyer = max(0, y_t − max_{c≠t} y_c + 5) and preserver = max(0, max_{c≠t} y_c − y_t + 1),
/// smoothness the sum of squared differences of neighbours and 0.3 times that of the squares at the edges, by two. The
/// stand-in a is, drawn anew at each step, the blurred picture or noise on an even colour. m = |u| / (|u| + |v| +
/// 0.001) with 32 x 32 numbers each, brought to the picture's size; 200 steps of descent with Nesterov's momentum.
public struct RealTimeSaliency: RandomMethod {
  /// The method's name.
  public static let name = "real-time"
  /// The method in a line.
  public static let summary =
    "the smallest mask that alone keeps the class and whose absence loses it, by the loss of real-time saliency"
  /// What can be set.
  public static let parameters: [MethodParameter<Self>] = [.iterations(\.iterations)]

  /// The steps.
  public var iterations = 200
  /// What the mean of the mask counts.
  public var area = 11.0
  /// What its smoothness counts.
  public var smoothness = 0.5
  /// What the preserved picture counts.
  public var preservation = 0.2
  /// The seed of the noise and the stand-ins.
  public var seed: UInt64 = 0

  /// The method with the authors' settings.
  public init() {}

  /// A number of steps.
  public init(iterations: Int) { self.iterations = iterations }

  /// The mask of the last step, at the picture's size.
  /// - Throws: `SaliencyError.needsNetwork` and `SaliencyError.setting`.
  public func explain(_ subject: Subject) throws -> SaliencyMap {
    guard iterations >= 1 else { throw SaliencyError.setting("there is at least one iteration") }
    let problem = try MaskLoss(subject, self)
    var numbers = [Float](repeating: 0.5, count: problem.count)
    var velocity = [Float](repeating: 0, count: problem.count)
    // The numbers of the last step; no copy that the loop changes beside its original.
    var last: [Float] = []
    let effort = subject.budget.steps(iterations, unit: "iterations") { step in
      var generator = SeededGenerator(seed: seed, stream: 3, UInt64(step), purpose: .noise)
      let stand = problem.draw(using: &generator)
      last = numbers
      let gradient = problem.loss(numbers, stand).gradient
      for index in numbers.indices {
        velocity[index] = 0.9 * velocity[index] + gradient[index]
        numbers[index] -= 0.1 * (gradient[index] + 0.9 * velocity[index])
      }
    }
    let (height, width) = (subject.input.shape[2], subject.input.shape[3])
    let mask = problem.mask(last)
    var map = SaliencyMap(values: mask, height: height, width: width, score: try subject.score())
    map.effort = effort
    map.figures = [.init("share of the mask", mask.reduce(0) { $0 + Double($1) } / Double(mask.count))]
    return map
  }
}

/// What real-time saliency minimises for one picture.
struct MaskLoss {
  /// The numbers of the mask along each axis.
  private static let side = 32
  private let subject: Subject
  private let method: RealTimeSaliency
  private let network: Network
  private let resize: BilinearResize
  private let blur: GaussianBlur
  /// Half of what separates the least and the largest number of each channel: the authors' pictures reach from −1 to 1.
  private let units: [Float]

  /// The loss of a picture.
  /// - Throws: `SaliencyError.needsNetwork`
  init(_ subject: Subject, _ method: RealTimeSaliency) throws {
    self.subject = subject
    self.method = method
    network = try subject.network
    let (height, width) = (subject.input.shape[2], subject.input.shape[3])
    resize = BilinearResize(height: Self.side, width: Self.side, toHeight: height, toWidth: width)
    let scale = Double(min(height, width)) / 224
    blur = GaussianBlur(deviation: 11 * scale, half: max(1, Int((27 * scale).rounded())))
    if let bounds = subject.bounds {
      units = zip(bounds.lower, bounds.upper).map { ($1 - $0) / 2 }
    } else {
      let range = (subject.input.elements.max() ?? 0) - (subject.input.elements.min() ?? 0)
      units = [Float](repeating: range / 2, count: subject.input.shape[1])
    }
  }

  /// How many numbers make a mask.
  var count: Int { 2 * Self.side * Self.side }

  /// What a step draws: noise on the picture, and what stands where it is hidden, for the destroyed and for the
  /// preserved picture.
  struct Draw {
    let pictures: [[Float]]
    let stands: [[Float]]
  }

  /// Draws noise and stand-ins.
  func draw(using generator: inout some RandomNumberGenerator) -> Draw {
    let input = subject.input
    let pixels = input.shape[2] * input.shape[3]
    func uniform(_ generator: inout some RandomNumberGenerator) -> Double {
      Double.random(in: Double.leastNonzeroMagnitude..<1, using: &generator)
    }
    func noise(_ deviation: Double, _ generator: inout some RandomNumberGenerator) -> [Float] {
      (0..<input.elements.count).map { index in
        Float(deviation * NormalDistribution.quantile(uniform(&generator))) * units[index / pixels]
      }
    }
    var (pictures, stands): ([[Float]], [[Float]]) = ([], [])
    for _ in 0..<2 {
      let picture = zip(input.elements, noise(0.03, &generator)).map { $0 + $1 }
      pictures.append(picture)
      if uniform(&generator) < 0.5 {
        stands.append(blur(Tensor(shape: input.shape, elements: picture), workers: subject.workers).elements)
      } else {
        let colors = units.map { Float(0.66 * (uniform(&generator) - 0.5)) * $0 }
        stands.append(noise(0.11, &generator).enumerated().map { $1 + colors[$0 / pixels] })
      }
    }
    return Draw(pictures: pictures, stands: stands)
  }

  private func coarse(_ numbers: [Float]) -> [Float] {
    let half = numbers.count / 2
    return (0..<half).map { numbers[$0].magnitude / (numbers[$0].magnitude + numbers[half + $0].magnitude + 0.001) }
  }

  /// The mask at the picture's size.
  func mask(_ numbers: [Float]) -> [Float] { resize(coarse(numbers)) }

  /// The loss and its gradient.
  func loss(_ numbers: [Float], _ draw: Draw) -> (value: Double, gradient: [Float]) {
    let mask = self.mask(numbers)
    let pixels = mask.count
    // The destroyed picture shows what the mask leaves out.
    let shown = [mask.map { 1 - $0 }, mask]
    let size = subject.input.elements.count
    let batch = Tensor(shape: [2] + subject.input.shape[1...]) { target in
      for side in 0..<2 {
        for index in 0..<size {
          let share = shown[side][index % pixels]
          target[side * size + index] = share * draw.pictures[side][index] + (1 - share) * draw.stands[side][index]
        }
      }
    }
    let trace = network.forward(batch, workers: subject.workers, keeping: .wayBack(to: 0))
    let (hinges, seed) = self.hinges(trace.output)
    let signal = network.backward(seed: seed, from: trace, downTo: 0, workers: subject.workers)
    var gradient = [Float](repeating: 0, count: pixels)
    for side in 0..<2 {
      let sign: Float = side == 0 ? -1 : 1
      for index in 0..<size {
        gradient[index % pixels] +=
          sign * signal.elements[side * size + index] * (draw.pictures[side][index] - draw.stands[side][index])
      }
    }
    let (shape, slope) = self.shape(mask)
    for pixel in 0..<pixels { gradient[pixel] += Float(slope[pixel]) }
    return (hinges + shape, chained(resize.transposed(gradient), numbers))
  }

  /// From a signal at the coarse mask to one at its numbers.
  private func chained(_ signal: [Float], _ numbers: [Float]) -> [Float] {
    let half = numbers.count / 2
    var gradient = [Float](repeating: 0, count: numbers.count)
    for index in 0..<half {
      let (u, v) = (numbers[index], numbers[half + index])
      let sum = u.magnitude + v.magnitude + 0.001
      gradient[index] = signal[index] * (u > 0 ? 1 : u < 0 ? -1 : 0) * (v.magnitude + 0.001) / (sum * sum)
      gradient[half + index] = -signal[index] * (v > 0 ? 1 : v < 0 ? -1 : 0) * u.magnitude / (sum * sum)
    }
    return gradient
  }

  /// The destroyer and the preserver, each with its weight, and the gradient with regard to the network's output.
  private func hinges(_ output: Tensor) -> (value: Double, seed: Tensor) {
    let logits = NetworkClassifier.means(output)
    let places = output.elements.count / logits.elements.count
    var (value, slopes) = (0.0, [Double](repeating: 0, count: logits.elements.count))
    for (side, (margin, weight)) in [(5.0, 1.0), (1.0, method.preservation)].enumerated() {
      let others = (0..<logits.columns).filter { $0 != subject.target }
      guard let rival = others.max(by: { logits[side, $0] < logits[side, $1] }) else { continue }
      let lead = logits[side, subject.target] - logits[side, rival]
      let sign = side == 0 ? 1.0 : -1
      let hinge = sign * lead + margin
      if hinge > 0 {
        value += weight * hinge
        slopes[side * logits.columns + subject.target] = weight * sign
        slopes[side * logits.columns + rival] = -weight * sign
      }
    }
    return (
      value,
      Tensor(shape: output.shape) { seed in
        for index in 0..<seed.count { seed[index] = Float(slopes[index / places] / Double(places)) }
      }
    )
  }

  /// The area's and the smoothness's parts of the loss, and their gradient.
  private func shape(_ mask: [Float]) -> (value: Double, gradient: [Double]) {
    let (height, width) = (subject.input.shape[2], subject.input.shape[3])
    var (value, gradient) = (0.0, [Double](repeating: 0, count: mask.count))
    let share = method.area / Double(mask.count)
    for pixel in mask.indices {
      let m = Double(mask[pixel]) + 0.0005
      value += share * .pow(m, 0.3)
      gradient[pixel] += share * 0.3 * .pow(m, -0.7)
      let (row, column) = (pixel / width, pixel % width)
      for (isInside, next) in [(row + 1 < height, pixel + width), (column + 1 < width, pixel + 1)] where isInside {
        let difference = Double(mask[next] - mask[pixel])
        value += method.smoothness / 2 * difference * difference
        gradient[next] += method.smoothness * difference
        gradient[pixel] -= method.smoothness * difference
      }
      // A corner belongs to two edges.
      let edges = [row == 0, row == height - 1, column == 0, column == width - 1].count { $0 }
      let weight = 0.3 * method.smoothness * Double(edges)
      value += weight / 2 * Double(mask[pixel]) * Double(mask[pixel])
      gradient[pixel] += weight * Double(mask[pixel])
    }
    return (value, gradient)
  }
}
