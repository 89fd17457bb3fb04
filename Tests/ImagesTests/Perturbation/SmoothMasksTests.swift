import Foundation
import Tensors
import Testing

@testable import Images

@Suite struct SmoothMasksTests {
  private static let references = TorchRayReference.perturbation

  @Test func masksAndTheirGradientAreTorchRays() throws {
    let reference = try #require(Self.references["mask.parameters"])
    let parameters = Tensor(shape: Array(reference.shape[1...]), elements: reference.data)
    let generator = SmoothMasks(height: 24, width: 40)
    let masks = generator.generate(parameters, workers: Workers(count: 2))
    let full = Array(masks.elements[..<(masks.elements.count / 2)])
    #expect([generator.fullHeight, generator.fullWidth] == Array(Self.references["mask.full"]?.shape[2...] ?? []))
    #expect(TorchRayReference.error("mask.full", full, in: Self.references) < 1e-5)
    #expect(TorchRayReference.error("mask.cropped", generator.cropped(masks).elements, in: Self.references) < 1e-5)
    let signal = Tensor(
      shape: [1, generator.fullHeight, generator.fullWidth],
      elements: MersenneTwister.numbers(full.count, seed: 11, scale: 1))
    let gradient = generator.gradient(signal, parameters: parameters, masks: masks, workers: Workers(count: 2))
    #expect(TorchRayReference.error("mask.gradient", gradient.elements, in: Self.references) < 1e-4)
  }

  /// TorchRay's mask of 224 x 224 pixels with all parameters 1: its least and largest value, the middle, and the means.
  @Test func fullMasksOfUsualPicturesAreTorchRays() {
    let generator = SmoothMasks(height: 224, width: 224)
    #expect(generator.rows == 32 && generator.columns == 32)
    #expect(generator.fullHeight == 260 && generator.fullWidth == 260)
    let masks = generator.generate(Tensor(shape: [1, 32, 32], repeating: 1), workers: Workers(count: 2))
    let cropped = generator.cropped(masks).elements
    let full = masks.elements[..<(260 * 260)]
    func mean(_ values: some Collection<Float>) -> Double {
      values.reduce(0) { $0 + Double($1) } / Double(values.count)
    }
    let found = [
      Double(cropped.min() ?? 0), Double(cropped.max() ?? 0), Double(cropped[112 * 224 + 112]), mean(cropped),
      mean(full), Double(full[0]),
    ]
    let expected = [0.97587, 0.99566, 0.98479, 0.98812, 0.95783, 0.06662]
    #expect(zip(found, expected).allSatisfy { ($0 - $1).magnitude < 6e-6 }, "\(found)")
  }

  /// The formula of the type's comment, pixel by pixel.
  @Test(arguments: [(7, 7), (10, 23), (1, 30)]) func aLiteralTwinAgrees(height: Int, width: Int) {
    let generator = SmoothMasks(height: height, width: width)
    let count = generator.rows * generator.columns
    let parameters = Tensor(
      shape: [1, generator.rows, generator.columns],
      elements: MersenneTwister.numbers(count, seed: 3, scale: 1).map { min(max($0, 0), 1) })
    let masks = generator.generate(parameters, workers: .one)
    for row in 0..<generator.fullHeight {
      for column in 0..<generator.fullWidth {
        var (sum, weighted) = (0.0, 0.0)
        for tap in 0..<81 {
          let (y, x) = (row / 7 + tap / 9 - 7, column / 7 + tap % 9 - 7)
          let isInside = 0..<generator.rows ~= y && 0..<generator.columns ~= x
          let parameter = isInside ? Double(parameters.elements[y * generator.columns + x]) : 0
          let far = hypot(Double(row - 21 - 7 * y), Double(column - 21 - 7 * x)) / 21
          let t = exp(-2 * pow(max(far - 0.5, 0), 2)) * parameter
          sum += exp(20 * t)
          weighted += t * exp(20 * t)
        }
        let found = Double(masks.elements[row * generator.fullWidth + column])
        #expect((found - weighted / sum).magnitude < 4e-6)
      }
    }
  }

  @Test func theGradientMatchesFiniteDifferences() {
    let generator = SmoothMasks(height: 15, width: 12)
    let count = generator.rows * generator.columns
    let parameters = Tensor(
      shape: [1, generator.rows, generator.columns],
      elements: MersenneTwister.numbers(count, seed: 4, scale: 0.4).map { $0 + 0.5 })
    let size = generator.fullHeight * generator.fullWidth
    let signal = MersenneTwister.numbers(size, seed: 8, scale: 1)
    func value(_ parameters: Tensor) -> Double {
      let masks = generator.generate(parameters, workers: .one)
      return (0..<size).reduce(0) { $0 + Double(masks.elements[$1]) * Double(signal[$1]) }
    }
    let gradient = generator.gradient(
      Tensor(shape: [1, generator.fullHeight, generator.fullWidth], elements: signal), parameters: parameters,
      masks: generator.generate(parameters, workers: .one), workers: .one)
    for index in 0..<count {
      var (low, high) = (parameters, parameters)
      low.elements[index] -= 2e-3
      high.elements[index] += 2e-3
      let difference = (value(high) - value(low)) / 4e-3
      // Central differences at 2e-3 of sums of single-precision numbers.
      #expect((Double(gradient.elements[index]) - difference).magnitude < 5e-3, "\(index)")
    }
  }
}
