import RealModule
import Tensors

/// How the class's probability falls while the pixels that a map holds most important are taken away, and rises while
/// they are shown: deletion and insertion (Petsiuk, Das & Saenko, *RISE*, BMVC 2018, arXiv 1806.07421, and the authors'
/// program).
///
/// Pixels go by falling value of the map, equal ones row by row, `pixelsPerStep` of them at a time. Deletion starts
/// with the picture and ends with 0, the mean colour, everywhere; insertion starts with the picture blurred and ends
/// with the picture.
public struct PixelRanking: Sendable {
  /// The pixels that go at once.
  public let pixelsPerStep: Int
  /// The pictures that the model is asked about at once.
  private static let batch = 8

  /// A measure by steps of so many pixels.
  public init(pixelsPerStep: Int) {
    precondition(pixelsPerStep >= 1, "PixelRanking: \(pixelsPerStep) pixels a step")
    self.pixelsPerStep = pixelsPerStep
  }

  /// A measure by so many steps, for maps of so many pixels. The authors take 28 for their tables (1,792 of 224 x 224
  /// pixels at a time) and 224 for single pictures.
  public init(steps: Int, pixels: Int) { self.init(pixelsPerStep: max(1, (pixels + steps - 1) / steps)) }

  /// Which pixels go where.
  public enum Way: String, Sendable, CaseIterable {
    /// The most important pixels are taken away.
    case deletion
    /// The most important pixels are shown.
    case insertion
  }

  /// The probability of a subject's class before the first step and after each.
  /// - Parameters:
  ///   - values: the map in the size of the input, row by row.
  ///   - way: which pixels go where.
  ///   - subject: the picture, the class and the model.
  /// - Returns: a probability for the start and one for each step.
  /// - Throws: what keeps the model from answering.
  public func curve(_ values: [Float], _ way: Way, _ subject: Subject) throws -> [Double] {
    let x = subject.input
    let pixels = x.shape[2] * x.shape[3]
    precondition(values.count == pixels, "PixelRanking: \(values.count) values for \(x.shape)")
    let order = values.fallingOrder()
    let (start, finish) = way == .deletion ? (x, Tensor(shape: x.shape)) : (Self.blurred(x), x)
    let size = pixelsPerStep
    var current = start.elements
    var curve: [Double] = []
    for places in Workers.ranges((pixels + size - 1) / size + 1, size: Self.batch) {
      var pictures: [Float] = []
      pictures.reserveCapacity(places.count * current.count)
      for step in places {
        for pixel in order[min(pixels, max(0, step - 1) * size)..<min(pixels, step * size)] {
          for channel in 0..<x.shape[1] {
            current[channel * pixels + pixel] = finish.elements[channel * pixels + pixel]
          }
        }
        pictures += current
      }
      let answers = try subject.probabilities(of: Tensor(shape: [places.count] + x.shape[1...], elements: pictures))
      for row in 0..<places.count { curve.append(answers[row, subject.target]) }
    }
    return curve
  }

  /// The area under a curve over 0 ... 1 by trapezoids: (Σ − first / 2 − last / 2) / (n − 1).
  public static func area(_ curve: [Double]) -> Double {
    guard let first = curve.first, let last = curve.last, curve.count > 1 else { return curve.first ?? .nan }
    return (curve.reduce(0, +) - first / 2 - last / 2) / Double(curve.count - 1)
  }

  /// The picture through the authors' 11 x 11 kernel, with zeros around it.
  ///
  /// The kernel is what SciPy's Gaussian filter of deviation 5 makes of a single 1 in the middle of 11 x 11 zeros:
  /// weights beyond the edge are mirrored back.
  static func blurred(_ input: Tensor) -> Tensor {
    let kernel = kernel()
    let (planes, height, width) = (input.shape[0] * input.shape[1], input.shape[2], input.shape[3])
    func blur(_ source: [Double], step: Int, length: Int) -> [Double] {
      (0..<source.count).map { place in
        let position = place / step % length
        var sum = 0.0
        for (offset, weight) in zip(-5...5, kernel) where 0..<length ~= position + offset {
          sum += weight * source[place + offset * step]
        }
        return sum
      }
    }
    var result: [Float] = []
    for plane in 0..<planes {
      let source = input.elements[plane * height * width..<(plane + 1) * height * width].map { Double($0) }
      let rows = blur(source, step: width, length: height)
      result += blur(rows, step: 1, length: width).map { Float($0) }
    }
    return Tensor(shape: input.shape, elements: result)
  }

  static func kernel() -> [Double] {
    let weights = (-20...20).map { Double.exp(-Double($0 * $0) / 50) }
    let sum = weights.reduce(0, +)
    var kernel = [Double](repeating: 0, count: 11)
    for (offset, weight) in zip(-20...20, weights) {
      // d c b a | a b c d ... k | k j i
      let place = ((5 + offset) % 22 + 22) % 22
      kernel[place < 11 ? place : 21 - place] += weight / sum
    }
    return kernel
  }
}
