import Networks
import Tensors

@testable import Images

/// A smooth picture of 32 x 32, and its way into the tiny network.
enum InsidePictures {
  static let preprocessing = Preprocessing(channels: 3, height: 32, width: 32)

  static let picture = Picture(
    width: 32, height: 32, channels: 3,
    samples: (0..<32 * 32).flatMap { pixel -> [UInt8] in
      let (row, column) = (pixel / 32, pixel % 32)
      let isInside = (row - 16) * (row - 16) + (column - 12) * (column - 12) < 60
      return isInside ? [230, 40, 30] : [UInt8(40 + 4 * row), UInt8(120 + 2 * column), 90]
    })

  static var input: Tensor { preprocessing.tensor(picture) }
}
