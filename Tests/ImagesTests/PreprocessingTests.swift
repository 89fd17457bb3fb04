import Tensors
import Testing

@testable import Images

@Suite struct PreprocessingTests {
  /// Byte for byte.
  @Test func sizesAreThoseOfTorchvision() throws {
    for (number, reference) in try PictureReferences.read().resized.enumerated() {
      let picture = reference.picture.picture
      let side = reference.side
      let (width, height) =
        picture.width <= picture.height
        ? (side, side * picture.height / picture.width) : (side * picture.width / picture.height, side)
      let resized = picture.resized(width: width, height: height)
      func start(_ length: Int) -> Int { Int((Double(length - reference.crop) / 2).rounded(.toNearestOrEven)) }
      let cropped = resized.cropped(
        left: start(width), top: start(height), width: reference.crop, height: reference.crop)
      #expect(cropped == reference.result.picture, "case \(number)")
    }
  }

  @Test func aPictureOfTheInputsSizeIsLeftAlone() {
    let preprocessing = Preprocessing(channels: 3, height: 4, width: 4)
    let samples = (0..<48).map { UInt8($0) }
    let picture = Picture(width: 4, height: 4, channels: 3, samples: samples)
    #expect(preprocessing.fit(picture) == picture)
    #expect(preprocessing.fitting(width: 4, height: 5) == .resizedAndCropped(shorterSide: 4))
    #expect(
      Preprocessing(channels: 3, height: 224, width: 224).fitting(width: 480, height: 360)
        == .resizedAndCropped(shorterSide: 256))
  }

  /// A picture of one pixel, and long ones, fill the input.
  @Test func anySizeFits() {
    for (width, height) in [(1, 1), (1, 50), (50, 1), (7, 3), (300, 2)] {
      for (wide, high) in [(8, 8), (12, 5), (5, 12), (70, 70)] {
        let picture = Picture(
          width: width, height: height, channels: 1, samples: [UInt8](repeating: 200, count: width * height))
        let fitted = Preprocessing(channels: 1, height: high, width: wide).fit(picture)
        #expect(fitted.width == wide && fitted.height == high)
        #expect(fitted.samples.allSatisfy { $0 == 200 }, "\(width) x \(height) in \(wide) x \(high)")
      }
    }
  }

  /// (255 / 255 − 0.485) / 0.229 and so on.
  @Test func samplesBecomeNumbers() {
    let picture = Picture(width: 1, height: 1, channels: 3, samples: [255, 0, 51])
    let input = Preprocessing(channels: 3, height: 1, width: 1).tensor(picture)
    #expect(input.shape == [1, 3, 1, 1])
    let expected = [(1 - 0.485) / 0.229, -0.456 / 0.224, (0.2 - 0.406) / 0.225]
    for (one, other) in zip(input.elements, expected) { #expect((Double(one) - other).magnitude < 1e-6) }
    let plain = Preprocessing(channels: 3, height: 1, width: 1, scale: 1, mean: [0, 0, 0], deviation: [1, 1, 1])
    #expect(plain.tensor(picture).elements == [255, 0, 51])
  }
}
