public import Tensors

/// Quick shift (Vedaldi & Soatto, *Quick Shift and Kernel Methods for Mode Seeking*, ECCV 2008), in scikit-image's
/// form: each pixel is a point of its colour, `ratio` · (L*, a*, b*), and its place; its density is Σ exp(−d² / 2σ²)
/// over a window of ⌈3σ⌉ pixels around it; it hangs on the nearest point of the window that is denser, unless that is
/// farther than `maxDistance`, and each tree is a segment.
///
/// The labels are those of scikit-image: distances are summed in its order, and equal densities are told apart by the
/// same noise, N(0, 1e-5) from numpy's `default_rng(seed)`.
public struct Quickshift: Segmenter, Equatable {
  /// σ, at least 1.
  public var kernelSize: Double
  /// The longest edge of a tree.
  public var maxDistance: Double
  /// How much colours count against places.
  public var ratio: Double
  /// The seed of the noise; scikit-image's own is 42.
  public var seed: UInt32 = 42

  /// Quick shift with the settings that LIME uses.
  public init(kernelSize: Double = 4, maxDistance: Double = 200, ratio: Double = 0.2) {
    precondition(1...50 ~= kernelSize && maxDistance >= 0 && ratio >= 0, "Quickshift: kernel size \(kernelSize)")
    self.kernelSize = kernelSize
    self.maxDistance = maxDistance
    self.ratio = ratio
  }

  /// The segments, the same for any number of threads.
  /// - Complexity: O(pixels · σ²)
  public func segments(of picture: Picture, workers: Workers) -> Segmentation {
    let (width, height) = (picture.width, picture.height)
    let reach = Int((3 * kernelSize).rounded(.up))
    let points = PaddedPlanes(
      Lab.planes(picture).map { $0.map { $0 * ratio } }, width: width, height: height, margin: reach, outside: 1e100)
    var densities = workers.silent.map(count: height) { self.densities(ofRow: $0, points, reach) }.flatMap { $0 }
    var noise = TieNoise(seed: seed)
    for pixel in densities.indices { densities[pixel] += 1e-5 * noise.normal() }
    let padded = PaddedPlanes([densities], width: width, height: height, margin: reach, outside: -.infinity)
    let window = Window(reach: reach, stride: points.stride)
    let parents = workers.silent.map(count: height) { self.parents(ofRow: $0, points, padded, window) }.flatMap { $0 }
    return Segmentation(width: width, height: height, labels: Self.roots(parents))
  }

  /// The densities of a row's pixels.
  private func densities(ofRow row: Int, _ points: PaddedPlanes, _ reach: Int) -> [Double] {
    let factor = -0.5 / (kernelSize * kernelSize)
    let lines = max(-reach, -row)...min(reach, points.height - 1 - row)
    return Self.fours(of: points) { memory, column in
      let center = Colors(memory, points.place(row, column), points.size)
      var sum = Four()
      for down in lines {
        let line = points.place(row + down, column)
        for across in -reach...reach {
          let distance = Colors(memory, line + across, points.size).distance(to: center, down, across)
          sum += Four.exponential(distance * factor)
        }
      }
      return sum
    }
  }

  /// The pixels on which those of a row hang; itself for a root.
  private func parents(
    ofRow row: Int, _ points: PaddedPlanes, _ densities: PaddedPlanes, _ window: Window
  ) -> [Int] {
    let width = points.width
    let ranks = densities.numbers.withUnsafeBytes { heights in
      Self.fours(of: points) { memory, column in
        let place = points.place(row, column)
        let center = Colors(memory, place, points.size)
        let density = heights.four(place)
        var closest = Four(repeating: .greatestFiniteMagnitude)
        // The place of the closest in the order of scikit-image's search, whose first one wins; −1 for none.
        var rank = Four(repeating: -1)
        for step in window.steps {
          // All further ones are at least so far away by their places alone.
          if step.opensRing, step.square > closest.max() { break }
          let isDenser = heights.four(place + step.offset) .> density
          let distance = Colors(memory, place + step.offset, points.size)
            .distance(to: center, step.down, step.across)
          let isFirst = (distance .== closest) .& (Four(repeating: step.rank) .< rank)
          let isBetter = isDenser .& ((distance .< closest) .| isFirst)
          closest.replace(with: distance, where: isBetter)
          rank.replace(with: Four(repeating: step.rank), where: isBetter)
        }
        rank.replace(with: Four(repeating: -1), where: closest.squareRoot() .> maxDistance)
        return rank
      }
    }
    return ranks.enumerated().map { column, rank in
      if rank < 0 { return row * width + column }
      let (down, across) = window.place(Int(rank))
      return (row + down) * width + column + across
    }
  }

  /// The numbers that `body` makes for the pixels of a row, four at a time.
  @inline(__always)
  private static func fours(of points: PaddedPlanes, _ body: (UnsafeRawBufferPointer, Int) -> Four) -> [Double] {
    points.numbers.withUnsafeBytes { memory in
      var result: [Double] = []
      result.reserveCapacity(points.width + 3)
      for column in stride(from: 0, to: points.width, by: 4) {
        let four = body(memory, column)
        for place in 0..<min(4, points.width - column) { result.append(four[place]) }
      }
      return result
    }
  }

  /// The colours of four neighbours.
  private struct Colors {
    private let (first, second, third): (Four, Four, Four)

    @inline(__always)
    init(_ memory: UnsafeRawBufferPointer, _ place: Int, _ size: Int) {
      first = memory.four(place)
      second = memory.four(place + size)
      third = memory.four(place + 2 * size)
    }

    /// The squared distances of points so many rows and columns away, summed in scikit-image's order.
    @inline(__always)
    func distance(to center: Colors, _ down: Int, _ across: Int) -> Four {
      let (a, b, c) = (center.first - first, center.second - second, center.third - third)
      return a * a + b * b + c * c + Double(down * down) + Double(across * across)
    }
  }

  /// The root of each pixel's tree.
  private static func roots(_ parents: [Int]) -> [Int] {
    var roots = parents
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for pixel in roots.indices where roots[roots[pixel]] != roots[pixel] {
        roots[pixel] = roots[roots[pixel]]
        hasChanged = true
      }
    }
    return roots
  }

  /// The places of a window, the near ones first.
  private struct Window {
    struct Step {
      let square: Double
      /// Whether it is the first at its distance.
      let opensRing: Bool
      let rank: Double
      let (down, across): (Int, Int)
      let offset: Int
    }
    let steps: [Step]
    private let side: Int

    init(reach: Int, stride: Int) {
      side = 2 * reach + 1
      let places = (0..<side * side).map { rank in
        (rank, rank / (2 * reach + 1) - reach, rank % (2 * reach + 1) - reach)
      }
      func square(_ place: (rank: Int, down: Int, across: Int)) -> Int {
        place.down * place.down + place.across * place.across
      }
      let sorted = places.sorted { (square($0), $0.0) < (square($1), $1.0) }
      steps = sorted.indices.map { index in
        let (rank, down, across) = sorted[index]
        return Step(
          square: Double(square(sorted[index])),
          opensRing: index == 0 || square(sorted[index]) != square(sorted[index - 1]), rank: Double(rank), down: down,
          across: across, offset: down * stride + across)
      }
    }

    func place(_ rank: Int) -> (down: Int, across: Int) { (rank / side - side / 2, rank % side - side / 2) }
  }
}
