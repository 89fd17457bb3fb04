import RealModule
import Tensors

/// Small random changes of a picture's place, size and turn, under all of which what maximises a unit must last:
/// Lucid's standard transforms. They are linear but for the grey margin, so that gradients pass them by their
/// transposes.
struct PictureTransforms: Sendable {
  /// The steps, from first to last.
  private let steps: [Step]

  /// The transforms that one step of the ascent draws.
  ///
  /// With Lucid's lengths for 128 pixels, in proportion for other sizes: a margin of 12 in grey, a place within 8, a
  /// size from 0.9 to 1.1 in steps of 0.02, a turn of −10° to 10° (no turn six times as often as each other), a place
  /// within 4; then the network's size.
  static func drawn(
    side: (height: Int, width: Int), network: (height: Int, width: Int), using generator: inout SeededGenerator
  ) -> PictureTransforms {
    func below(_ count: Int) -> Int { Int(generator.uniform() * Double(count)) }
    let unit = Double(min(side.height, side.width)) / 128
    func length(_ pixels: Double) -> Int { Int((pixels * unit).rounded()) }
    let (margin, first, second) = (length(12), length(8), length(4))
    var (height, width) = (side.height + 2 * margin, side.width + 2 * margin)
    var steps = [Step.margin(margin, height: side.height, width: side.width)]
    func jitter(_ range: Int) {
      guard range > 0, range < min(height, width) else { return }
      let cut = Crop(
        top: below(range + 1), left: below(range + 1), height: height - range, width: width - range, of: (height, width)
      )
      steps.append(.crop(cut))
      (height, width) = (cut.height, cut.width)
    }
    jitter(first)
    let size = 1 + Double(below(11) - 5) / 50
    let (taller, wider) = (
      max(1, Int((Double(height) * size).rounded())), max(1, Int((Double(width) * size).rounded()))
    )
    steps.append(.sampling(Sampling.resizing((height, width), to: (taller, wider))))
    (height, width) = (taller, wider)
    let turn = below(26)
    let degrees = turn < 21 ? Double(turn - 10) : 0
    if degrees != 0 { steps.append(.sampling(Sampling.turning((height, width), by: degrees * Double.pi / 180))) }
    jitter(second)
    steps.append(.sampling(Sampling.resizing((height, width), to: network)))
    return PictureTransforms(steps: steps)
  }

  /// The network's size and nothing else.
  static func resizing(
    side: (height: Int, width: Int), network: (height: Int, width: Int)
  ) -> PictureTransforms {
    PictureTransforms(steps: [.sampling(Sampling.resizing(side, to: network))])
  }

  /// A plane of samples from 0 to 1 after all steps.
  func apply(_ plane: [Double]) -> [Double] { steps.reduce(plane) { $1.apply($0) } }

  /// The gradient with regard to the plane of what has the given gradient with regard to the result.
  func transposed(_ signal: [Double]) -> [Double] { steps.reversed().reduce(signal) { $1.transposed($0) } }

  private enum Step: Sendable {
    case margin(Int, height: Int, width: Int)
    case crop(Crop)
    case sampling(Sampling)

    func apply(_ plane: [Double]) -> [Double] {
      switch self {
      case .margin(let margin, let height, let width):
        var result = [Double](repeating: 0.5, count: (height + 2 * margin) * (width + 2 * margin))
        for row in 0..<height {
          let start = (row + margin) * (width + 2 * margin) + margin
          result.replaceSubrange(start..<start + width, with: plane[row * width..<(row + 1) * width])
        }
        return result
      case .crop(let crop): return crop.apply(plane)
      case .sampling(let sampling): return sampling.apply(plane)
      }
    }

    func transposed(_ signal: [Double]) -> [Double] {
      switch self {
      case .margin(let margin, let height, let width):
        return Crop(
          top: margin, left: margin, height: height, width: width, of: (height + 2 * margin, width + 2 * margin)
        )
        .apply(signal)
      case .crop(let crop): return crop.transposed(signal)
      case .sampling(let sampling): return sampling.transposed(signal)
      }
    }
  }
}

/// A part of a plane.
struct Crop: Sendable {
  let top: Int
  let left: Int
  let height: Int
  let width: Int
  /// The size of the whole.
  let of: (height: Int, width: Int)

  func apply(_ plane: [Double]) -> [Double] {
    (0..<height).flatMap { row in
      let start = (top + row) * of.width + left
      return plane[start..<start + width]
    }
  }

  func transposed(_ signal: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: of.height * of.width)
    for row in 0..<height {
      let start = (top + row) * of.width + left
      result.replaceSubrange(start..<start + width, with: signal[row * width..<(row + 1) * width])
    }
    return result
  }
}

/// A plane whose values are weighted means of up to four values of another one.
struct Sampling: Sendable {
  private let size: Int
  /// Four places of the source for each value.
  private let places: [Int32]
  /// Their weights; 0 for a place outside.
  private let weights: [Double]

  /// A plane of another size, bilinear, with the centres of the outer values half a place inside the edge.
  static func resizing(_ source: (height: Int, width: Int), to target: (height: Int, width: Int)) -> Sampling {
    Sampling(source, target) { row, column in
      func place(_ place: Int, _ from: Int, _ to: Int) -> Double {
        min(max((Double(place) + 0.5) * Double(from) / Double(to) - 0.5, 0), Double(from - 1))
      }
      return (place(row, source.height, target.height), place(column, source.width, target.width))
    }
  }

  /// A plane turned around its middle, 0 where nothing was.
  static func turning(_ size: (height: Int, width: Int), by angle: Double) -> Sampling {
    let (cosine, sine) = (Double.cos(angle), Double.sin(angle))
    let (middle, center) = (Double(size.height - 1) / 2, Double(size.width - 1) / 2)
    return Sampling(size, size) { row, column in
      let (down, across) = (Double(row) - middle, Double(column) - center)
      return (middle + sine * across + cosine * down, center + cosine * across - sine * down)
    }
  }

  private init(
    _ source: (height: Int, width: Int), _ target: (height: Int, width: Int),
    _ position: (_ row: Int, _ column: Int) -> (row: Double, column: Double)
  ) {
    size = source.height * source.width
    var places: [Int32] = []
    var weights: [Double] = []
    for row in 0..<target.height {
      for column in 0..<target.width {
        let (down, across) = position(row, column)
        let (top, left) = (Int(down.rounded(.down)), Int(across.rounded(.down)))
        for (line, place) in [(top, left), (top, left + 1), (top + 1, left), (top + 1, left + 1)] {
          let share = (1 - (down - Double(line)).magnitude) * (1 - (across - Double(place)).magnitude)
          let isInside = 0..<source.height ~= line && 0..<source.width ~= place
          places.append(isInside ? Int32(line * source.width + place) : 0)
          weights.append(isInside ? max(0, share) : 0)
        }
      }
    }
    self.places = places
    self.weights = weights
  }

  func apply(_ plane: [Double]) -> [Double] {
    (0..<places.count / 4).map { target in
      var sum = 0.0
      for tap in 4 * target..<4 * target + 4 { sum += weights[tap] * plane[Int(places[tap])] }
      return sum
    }
  }

  func transposed(_ signal: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: size)
    for target in signal.indices {
      for tap in 4 * target..<4 * target + 4 { result[Int(places[tap])] += weights[tap] * signal[target] }
    }
    return result
  }
}
