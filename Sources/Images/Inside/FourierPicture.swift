import RealModule
import Tensors

/// A picture given by its frequencies, in which a step of gradient ascent moves broad shapes as fast as fine grain
/// (Olah, Mordvintsev & Schubert, *Feature Visualization*, Distill 2017, and their program Lucid).
///
/// With a complex spectrum S of each channel over a half-plane of frequencies f, a channel is t = Re FFT⁻¹(S · √(w h) /
/// max(f, 1 / max(w, h))) / 4, frequencies but the first and the middle column counting twice for their mirror images;
/// three channels are mixed by the square root of the correlation of red, green and blue in photographs; and a sigmoid
/// brings the result between 0 and 1.
struct FourierPicture: Sendable {
  let channels: Int
  let height: Int
  let width: Int
  /// The real parts, then the imaginary parts, of all channels: `[2, channels, height, width / 2 + 1]`.
  var spectrum: [Double]
  private let scales: [Double]
  private let transform: PlaneFourierTransform

  /// Lucid's square root of the colours' covariance, over its longest column.
  private static let mixing: [[Double]] = {
    let root = [[0.26, 0.09, 0.02], [0.27, 0.00, -0.05], [0.27, -0.09, 0.03]]
    let longest = (0..<3).map { column in root.reduce(0) { $0 + $1[column] * $1[column] }.squareRoot() }.max() ?? 1
    return root.map { $0.map { $0 / longest } }
  }()

  /// A picture of grain: the spectrum normal with a deviation of 0.01.
  init(channels: Int, height: Int, width: Int, using generator: inout SeededGenerator) {
    self.channels = channels
    self.height = height
    self.width = width
    transform = PlaneFourierTransform(height: height, width: width)
    let half = width / 2 + 1
    let longest = Double(max(width, height))
    scales = (0..<height * half).map { place in
      let (row, column) = (place / half, place % half)
      let down = Double(min(row, height - row)) / Double(height)
      let across = Double(column) / Double(width)
      let frequency = max((down * down + across * across).squareRoot(), 1 / longest)
      // Twice for the mirror image, where there is another one.
      let isAlone = column == 0 || 2 * column == width
      return Double(width * height).squareRoot() / frequency * (isAlone ? 1 : 2) / Double(width * height) / 4
    }
    spectrum = (0..<2 * channels * height * half).map { _ in 0.01 * NormalDistribution.quantile(generator.uniform()) }
  }

  /// The samples from 0 to 1, `[channels, height, width]`.
  func samples() -> [Double] { mixed().map { 1 / (1 + Double.exp(-$0)) } }

  /// The gradient with regard to the spectrum of what has the given gradient with regard to the samples.
  func gradient(_ signal: [Double], samples: [Double]) -> [Double] {
    let half = width / 2 + 1
    let pixels = height * width
    let inner = zip(signal, samples).map { $0 * $1 * (1 - $1) }
    var result = [Double](repeating: 0, count: spectrum.count)
    for channel in 0..<channels {
      // The mixing's transpose.
      var real = [Double](repeating: 0, count: pixels)
      if channels == 3 {
        for color in 0..<3 {
          for pixel in 0..<pixels { real[pixel] += Self.mixing[color][channel] * inner[color * pixels + pixel] }
        }
      } else {
        real = Array(inner[channel * pixels..<(channel + 1) * pixels])
      }
      var imaginary = [Double](repeating: 0, count: pixels)
      transform.transform(&real, &imaginary, .forward)
      for place in 0..<height * half {
        let source = place / half * width + place % half
        result[channel * height * half + place] = scales[place] * real[source]
        result[(channels + channel) * height * half + place] = scales[place] * imaginary[source]
      }
    }
    return result
  }

  private func mixed() -> [Double] {
    let half = width / 2 + 1
    let pixels = height * width
    var planes: [Double] = []
    for channel in 0..<channels {
      var real = [Double](repeating: 0, count: pixels)
      var imaginary = real
      for place in 0..<height * half {
        let target = place / half * width + place % half
        real[target] = scales[place] * spectrum[channel * height * half + place]
        imaginary[target] = scales[place] * spectrum[(channels + channel) * height * half + place]
      }
      transform.transform(&real, &imaginary, .backward)
      planes += real
    }
    guard channels == 3 else { return planes }
    return (0..<3 * pixels).map { place in
      let (color, pixel) = (place / pixels, place % pixels)
      return (0..<3).reduce(0) { $0 + Self.mixing[color][$1] * planes[$1 * pixels + pixel] }
    }
  }
}
