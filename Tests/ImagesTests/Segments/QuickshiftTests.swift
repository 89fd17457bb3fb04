import RealModule
import Tensors
import Testing

@testable import Images

@Suite struct QuickshiftTests {
  @Test func labelsAreThoseOfScikitImage() throws {
    let cases = try SegmentReferences.read().cases.filter { $0.method == "quickshift" }
    #expect(cases.count == 3)
    for reference in cases {
      let method = Quickshift(
        kernelSize: reference.settings["kernelSize"] ?? 0, maxDistance: reference.settings["maxDistance"] ?? 0,
        ratio: reference.settings["ratio"] ?? 0)
      #expect(method.segments(of: reference.subject, workers: .one) == reference.expected)
    }
  }

  @Test(SegmentReferences.photographs) func labelsOfPhotographsAreThoseOfScikitImage() throws {
    for reference in try SegmentReferences.read().digests where reference.method == "quickshift" {
      let picture = try SegmentReferences.photograph(reference.name)
      let segments = Quickshift().segments(of: picture, workers: Workers(count: 2))
      #expect(segments.count == reference.count && SegmentReferences.sha256(segments) == reference.sha256)
    }
  }

  /// Pixel by pixel, as the method's definition reads.
  private static func literally(_ picture: Picture, _ method: Quickshift) -> Segmentation {
    let (width, height) = (picture.width, picture.height)
    let colors = Lab.planes(picture)
    let reach = Int((3 * method.kernelSize).rounded(.up))
    func square(_ one: Int, _ other: Int) -> Double {
      var sum = 0.0
      for plane in colors {
        let difference = method.ratio * plane[one] - method.ratio * plane[other]
        sum += difference * difference
      }
      let (down, across) = (one / width - other / width, one % width - other % width)
      return sum + Double(down * down) + Double(across * across)
    }
    func window(_ pixel: Int) -> [Int] {
      (0..<width * height).filter {
        abs($0 / width - pixel / width) <= reach && abs($0 % width - pixel % width) <= reach
      }
    }
    var noise = TieNoise(seed: method.seed)
    let densities = (0..<width * height).map { pixel in
      window(pixel).reduce(1e-5 * noise.normal()) {
        $0 + Double.exp(-square(pixel, $1) / (2 * method.kernelSize * method.kernelSize))
      }
    }
    var parents = (0..<width * height).map { pixel -> Int in
      let denser = window(pixel).filter { densities[$0] > densities[pixel] }
      guard let best = denser.min(by: { square(pixel, $0) < square(pixel, $1) }),
        square(pixel, best).squareRoot() <= method.maxDistance
      else { return pixel }
      return best
    }
    for _ in 0..<20 { parents = parents.map { parents[$0] } }
    return Segmentation(width: width, height: height, labels: parents)
  }

  @Test func agreesWithItsDefinition() {
    var generator = SeededGenerator(seed: 3, purpose: .test)
    for (width, height, method) in [
      (23, 17, Quickshift(kernelSize: 2)), (9, 31, Quickshift(kernelSize: 1.3, maxDistance: 4, ratio: 1)),
      (1, 7, Quickshift()), (6, 1, Quickshift(kernelSize: 1)), (1, 1, Quickshift()),
    ] {
      // Blocks of colours with some noise, so that there are segments of several pixels.
      var samples: [UInt8] = []
      for pixel in 0..<width * height {
        let block = (pixel % width / 6 * 70 + pixel / width / 5 * 40) % 200
        for _ in 0..<3 { samples.append(UInt8(block) + UInt8(generator.next() % 30)) }
      }
      let picture = Picture(width: width, height: height, channels: 3, samples: samples)
      let expected = Self.literally(picture, method)
      for threads in 1...3 {
        #expect(method.segments(of: picture, workers: Workers(count: threads)) == expected, "\(width) x \(height)")
      }
    }
  }

  /// The exponential of four numbers against the C library's.
  @Test func exponentialsAreExact() {
    for step in 0..<2000 {
      let x = -Double(step * step) / 6000 - 1e-9 * Double(step)
      let four = Four.exponential(Four(x, 0, x / 2, -1e300))
      #expect((four[0] / Double.exp(x) - 1).magnitude < 1e-12 && four[1] == 1 && four[3] < 1e-300)
      #expect((four[2] / Double.exp(x / 2) - 1).magnitude < 1e-12)
    }
  }
}
