import RealModule
import Tensors
import Testing

@testable import Images

@Suite struct FourierPictureTests {
  private static func picture(_ channels: Int, _ height: Int, _ width: Int, seed: UInt64 = 1) -> FourierPicture {
    var generator = SeededGenerator(seed: seed, purpose: .test)
    var picture = FourierPicture(channels: channels, height: height, width: width, using: &generator)
    // Broader than the start, so that the sigmoid bends.
    for place in picture.spectrum.indices { picture.spectrum[place] *= 30 }
    return picture
  }

  /// The sum over frequencies, term by term: those of the other half-plane are the mirror images' conjugates.
  private static func literally(_ picture: FourierPicture) -> [Double] {
    let (channels, height, width) = (picture.channels, picture.height, picture.width)
    let half = width / 2 + 1
    let root = [[0.26, 0.09, 0.02], [0.27, 0.00, -0.05], [0.27, -0.09, 0.03]]
    let longest = (0..<3).map { column in root.reduce(0) { $0 + $1[column] * $1[column] } }.max() ?? 1
    var planes: [[Double]] = []
    for channel in 0..<channels {
      planes.append(
        (0..<height * width).map { pixel in
          var sum = 0.0
          for row in 0..<height {
            for column in 0..<width {
              let isMirrored = column >= half
              let (line, place) = isMirrored ? ((height - row) % height, width - column) : (row, column)
              let index = (channel * height + line) * half + place
              let (real, imaginary) = (
                picture.spectrum[index], picture.spectrum[channels * height * half + index] * (isMirrored ? -1 : 1)
              )
              let down = Double(min(line, height - line)) / Double(height)
              let across = Double(place) / Double(width)
              let frequency = max((down * down + across * across).squareRoot(), 1 / Double(max(width, height)))
              let angle =
                2 * Double.pi
                * (Double(row * (pixel / width)) / Double(height) + Double(column * (pixel % width)) / Double(width))
              sum += (real * Double.cos(angle) - imaginary * Double.sin(angle)) / frequency
            }
          }
          return sum * Double(width * height).squareRoot() / Double(width * height) / 4
        })
    }
    func sigmoid(_ x: Double) -> Double { 1 / (1 + Double.exp(-x)) }
    if channels == 1 { return planes[0].map { sigmoid($0) } }
    return (0..<3).flatMap { color in
      (0..<height * width).map { pixel in
        sigmoid((0..<3).reduce(0) { $0 + root[color][$1] / longest.squareRoot() * planes[$1][pixel] })
      }
    }
  }

  @Test func agreesWithTheSum() {
    for (channels, height, width) in [(1, 6, 8), (3, 5, 7), (1, 4, 1), (3, 1, 6), (1, 7, 4)] {
      let picture = Self.picture(channels, height, width)
      let samples = picture.samples()
      #expect(samples.count == channels * height * width)
      for (one, other) in zip(samples, Self.literally(picture)) {
        #expect((one - other).magnitude < 1e-12, "\(channels) x \(height) x \(width)")
      }
    }
  }

  /// Central differences at 1e-5 of a linear function of the samples.
  @Test func gradientIsThatOfDifferences() {
    for (channels, height, width) in [(1, 6, 8), (3, 5, 7), (3, 4, 4)] {
      var picture = Self.picture(channels, height, width)
      var generator = SeededGenerator(seed: 2, purpose: .test)
      let signal = (0..<channels * height * width).map { _ in generator.uniform() - 0.5 }
      func value(_ picture: FourierPicture) -> Double {
        zip(picture.samples(), signal).reduce(0) { $0 + $1.0 * $1.1 }
      }
      let gradient = picture.gradient(signal, samples: picture.samples())
      for place in picture.spectrum.indices {
        let kept = picture.spectrum[place]
        picture.spectrum[place] = kept + 1e-5
        let above = value(picture)
        picture.spectrum[place] = kept - 1e-5
        let slope = (above - value(picture)) / 2e-5
        picture.spectrum[place] = kept
        #expect((slope - gradient[place]).magnitude < 1e-8, "\(place)")
      }
    }
  }
}
