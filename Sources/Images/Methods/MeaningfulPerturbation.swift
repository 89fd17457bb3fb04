import Networks
import RealModule
import Tensors

/// Meaningful perturbation: the mask that deletes least, and takes the class's probability away (Fong & Vedaldi, arXiv
/// 1704.03296, eq. 3 and section 4.3),
///
/// min_m λ₁ Σ |1 − m| + λ₂ Σ |∇m|^β + p(z), z = m̂ x + (1 − m̂) blur(x),
///
/// by 300 steps of Adam. m has a number for each 8 x 8 pixels of a picture of 224; m̂ is m brought to the picture's
/// size and blurred by 5 pixels, and the picture is moved by up to three pixels at each step. Smaller and larger
/// pictures have all lengths in proportion.
public struct MeaningfulPerturbation: RandomMethod {
  /// The method's name.
  public static let name = "meaningful"
  /// The method in a line.
  public static let summary = "the smallest smooth part whose blurring takes the class's probability away"
  /// What can be set.
  public static let parameters: [MethodParameter<Self>] = [
    .iterations(\.iterations),
    MethodParameter(
      MethodOption(
        "faithful",
        "Let meaningful do as its authors' program does: leave the mask's blur out of the gradient, and round it to "
          + "1/255."), \.isFaithful),
  ]

  /// The steps.
  public var iterations = 300
  /// λ₁.
  public var sparsity = 1e-4
  /// λ₂.
  public var smoothness = 1e-2
  /// β.
  public var exponent = 3.0
  /// Whether to do as the authors' program does: the mask's blur is not in the gradient, and the blurred mask is
  /// rounded to 1/255.
  public var isFaithful = false
  /// The seed of the picture's moves, and of a mask that begins at random.
  public var seed: UInt64 = 0

  /// The method with the paper's settings.
  public init() {}

  /// A number of steps.
  public init(iterations: Int) { self.iterations = iterations }

  /// What the mask deletes, 1 − m̂, at the picture's size.
  /// - Throws: `SaliencyError.needsNetwork` and `SaliencyError.setting`.
  public func explain(_ subject: Subject) throws -> SaliencyMap {
    guard iterations >= 1 else { throw SaliencyError.setting("there is at least one iteration") }
    let problem = try MeaningfulProblem(subject, self)
    var mask = try problem.start(seed: seed)
    var adam = AdamSteps(rate: 0.1, count: mask.count)
    let effort = subject.budget.steps(iterations, unit: "iterations") { step in
      var generator = SeededGenerator(seed: seed, stream: 1, UInt64(step), purpose: .noise)
      let shift = (Int.random(in: 0..<4, using: &generator), Int.random(in: 0..<4, using: &generator))
      let (_, gradient) = problem.objective(mask, shift: shift)
      adam.descend(&mask, gradient)
      for index in mask.indices { mask[index] = min(max(mask[index], 0), 1) }
    }
    let smooth = problem.smooth(mask)
    let (height, width) = (subject.input.shape[2], subject.input.shape[3])
    let ends = problem.ends(smooth)
    var map = SaliencyMap(
      values: smooth.map { 1 - $0 }, height: height, width: width, score: subject.score(problem.run(subject.input)))
    map.effort = effort
    map.figures = [
      .init("probability", ends.whole), .init("after deletion", ends.deleted), .init("with all blurred", ends.blurred),
      .init("share deleted", 1 - smooth.reduce(0) { $0 + Double($1) } / Double(smooth.count)),
    ]
    if ends.whole - ends.blurred < 0.5 * ends.whole {
      map.remarks.append(
        "blurring all of the picture leaves more than half of the probability, so what is blurred says little")
    } else if ends.deleted > 0.5 * ends.whole {
      map.remarks.append("what the mask blurs leaves more than half of the probability")
    }
    return map
  }
}

/// What meaningful perturbation minimises.
struct MeaningfulProblem {
  private let subject: Subject
  private let method: MeaningfulPerturbation
  private let network: Network
  /// The picture, blurred.
  private let blank: Tensor
  private let blur: GaussianBlur
  /// The picture's pixels along each axis for a number of the mask.
  private let cell: Int
  /// The picture's length as a share of 224.
  private let scale: Double
  private let height: Int
  private let width: Int

  /// The problem of a picture.
  /// - Throws: `SaliencyError.needsNetwork`
  init(_ subject: Subject, _ method: MeaningfulPerturbation) throws {
    self.subject = subject
    self.method = method
    network = try subject.network
    (height, width) = (subject.input.shape[2], subject.input.shape[3])
    scale = Double(min(height, width)) / 224
    cell = max(1, Int((8 * scale).rounded()))
    blur = GaussianBlur(deviation: 5 * scale, outside: .nearest)
    blank = GaussianBlur(deviation: 10 * scale, outside: .nearest)(subject.input, workers: subject.workers)
  }

  /// The rows of the mask.
  var rows: Int { (height + cell - 1) / cell }
  /// The columns of the mask.
  var columns: Int { (width + cell - 1) / cell }

  /// The mask at the picture's size: each number stands for its pixels, then all is blurred.
  func smooth(_ mask: [Float]) -> [Float] {
    let large = Tensor(shape: [1, 1, height, width]) { target in
      for pixel in 0..<height * width { target[pixel] = mask[place(of: pixel)] }
    }
    let smooth = blur(large, workers: subject.workers).elements
    return method.isFaithful ? smooth.map { ($0 * 255).rounded(.down) / 255 } : smooth
  }

  private func place(of pixel: Int) -> Int { pixel / width / cell * columns + pixel % width / cell }

  /// The objective and its gradient, for a mask of `rows` x `columns` and a picture moved by some pixels.
  func objective(_ mask: [Float], shift: (Int, Int)) -> (value: Double, gradient: [Float]) {
    let smooth = self.smooth(mask)
    let (picture, blank) = (moved(subject.input, by: shift), moved(self.blank, by: shift))
    let pixels = height * width
    let input = mixed(picture, blank, smooth)
    let trace = network.forward(input, workers: subject.workers, keeping: .wayBack(to: 0))
    let (probability, seed) = self.probability(trace.output)
    let signal = network.backward(seed: seed, from: trace, downTo: 0, workers: subject.workers)
    var large = [Float](repeating: 0, count: pixels)
    for index in signal.elements.indices {
      large[index % pixels] += signal.elements[index] * (picture.elements[index] - blank.elements[index])
    }
    if !method.isFaithful {
      large = blur.transposed(Tensor(shape: [1, 1, height, width], elements: large), workers: subject.workers).elements
    }
    var gradient = [Float](repeating: 0, count: mask.count)
    for pixel in 0..<pixels { gradient[place(of: pixel)] += large[pixel] }
    var value = probability
    for index in mask.indices {
      value += method.sparsity * Double(1 - mask[index]).magnitude
      gradient[index] -= Float(method.sparsity) * (mask[index] < 1 ? 1 : mask[index] > 1 ? -1 : 0)
    }
    let (variation, slope) = self.variation(mask)
    for index in mask.indices { gradient[index] += Float(method.smoothness * slope[index]) }
    return (value + method.smoothness * variation, gradient)
  }

  /// Σ (dx² + dy²)^(β/2) with forward differences, 0 at the far edges, and its gradient.
  private func variation(_ mask: [Float]) -> (value: Double, gradient: [Double]) {
    var (value, gradient) = (0.0, [Double](repeating: 0, count: mask.count))
    for row in 0..<rows {
      for column in 0..<columns {
        let place = row * columns + column
        let dy = row + 1 < rows ? Double(mask[place + columns] - mask[place]) : 0
        let dx = column + 1 < columns ? Double(mask[place + 1] - mask[place]) : 0
        let square = dx * dx + dy * dy
        guard square > 0 else { continue }
        value += .pow(square, method.exponent / 2)
        let factor = method.exponent * .pow(square, method.exponent / 2 - 1)
        if row + 1 < rows { gradient[place + columns] += factor * dy }
        if column + 1 < columns { gradient[place + 1] += factor * dx }
        gradient[place] -= factor * (dx + dy)
      }
    }
    return (value, gradient)
  }

  /// The class's probability for one picture's output, and its gradient with regard to the logits.
  private func probability(_ output: Tensor) -> (value: Double, seed: Tensor) {
    let shares = NetworkClassifier.softmax(NetworkClassifier.means(output))
    let places = output.elements.count / shares.columns
    let value = shares[0, subject.target]
    let seed = Tensor(shape: output.shape) { seed in
      for index in 0..<seed.count {
        let label = index / places
        let slope = value * ((label == subject.target ? 1 : 0) - shares[0, label])
        seed[index] = Float(slope / Double(places))
      }
    }
    return (value, seed)
  }

  /// The network's output.
  func run(_ input: Tensor) -> Tensor {
    network.forward(input, workers: subject.workers, keeping: .output).output
  }

  /// The class's probabilities for the picture, the masked picture and the blurred one.
  func ends(_ smooth: [Float]) -> (whole: Double, deleted: Double, blurred: Double) {
    let pictures = [subject.input, mixed(subject.input, blank, smooth), blank]
    let shares = NetworkClassifier(network).probabilities(
      of: Tensor(shape: [3] + subject.input.shape[1...], elements: pictures.flatMap(\.elements)),
      workers: subject.workers)
    return (shares[0, subject.target], shares[1, subject.target], shares[2, subject.target])
  }

  private func mixed(_ picture: Tensor, _ blank: Tensor, _ mask: [Float]) -> Tensor {
    Tensor(shape: picture.shape) { target in
      for index in 0..<target.count {
        let share = mask[index % mask.count]
        target[index] = share * picture.elements[index] + (1 - share) * blank.elements[index]
      }
    }
  }

  /// A picture moved up and to the left, its last rows and columns repeated.
  private func moved(_ picture: Tensor, by shift: (Int, Int)) -> Tensor {
    if shift == (0, 0) { return picture }
    return Tensor(shape: picture.shape) { target in
      for index in 0..<target.count {
        let (plane, pixel) = (index / (height * width), index % (height * width))
        let row = min(pixel / width + shift.0, height - 1)
        let column = min(pixel % width + shift.1, width - 1)
        target[index] = picture.elements[(plane * height + row) * width + column]
      }
    }
  }

  /// The mask to start from: 1 but for the smallest disc in the middle, blurred, whose deletion takes all but a
  /// hundredth of what blurring everything takes; random where no disc does.
  /// - Throws: what keeps the model from answering.
  func start(seed: UInt64) throws -> [Float] {
    let ends = ends([Float](repeating: 1, count: height * width))
    let soft = GaussianBlur(deviation: 10 * scale, outside: .nearest)
    for radius in stride(from: 0.0, through: 170, by: 5) where ends.whole > ends.blurred {
      if subject.budget.ending != nil { break }
      let disc = Tensor(shape: [1, 1, height, width]) { target in
        for pixel in 0..<target.count {
          let (y, x) = (Double(pixel / width - height / 2), Double(pixel % width - width / 2))
          target[pixel] = (y * y + x * x).squareRoot() <= radius * scale ? 0 : 1
        }
      }
      let mask = soft(disc, workers: subject.workers).elements
      if (self.ends(mask).deleted - ends.blurred) / (ends.whole - ends.blurred) < 1e-2 {
        return (0..<rows * columns).map { place in
          mask[min(place / columns * cell, height - 1) * width + min(place % columns * cell, width - 1)]
        }
      }
    }
    var generator = SeededGenerator(seed: seed, stream: 2, 0, purpose: .noise)
    return (0..<rows * columns).map { _ in Float(generator.uniform()) }
  }
}
