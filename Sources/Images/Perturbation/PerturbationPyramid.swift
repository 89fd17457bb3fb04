import Tensors

/// How a picture is destroyed.
public enum PerturbationKind: String, OptionValue, CaseIterable {
  /// By a Gaussian blur of a deviation of up to 20 pixels, with zeros outside.
  case blur
  /// By a factor from 0 to 1.
  case fade
}

/// A picture in steps from destroyed to whole: level 0 of L is the most perturbed, level L − 1 the picture itself. A
/// mask picks, pixel by pixel, a place between two levels (Fong, Patrick & Vedaldi, arXiv 1910.08485, section 3.3).
struct PerturbationPyramid: Sendable {
  /// The number of levels in TorchRay.
  static let levels = 8
  /// The largest deviation of the blur, in pixels.
  static let largestBlur = 20.0

  /// The levels, `[levels, channels, height, width]`.
  let levels: Tensor

  /// The levels of a picture `[1, channels, height, width]`.
  init(_ picture: Tensor, kind: PerturbationKind, workers: Workers) {
    precondition(picture.shape.count == 4 && picture.shape[0] == 1, "PerturbationPyramid: picture \(picture.shape)")
    var elements: [Float] = []
    elements.reserveCapacity(Self.levels * picture.elements.count)
    for level in 0..<Self.levels {
      let share = Double(level) / Double(Self.levels - 1)
      switch kind {
      case .blur:
        elements += GaussianBlur(deviation: Self.largestBlur * (1 - share))(picture, workers: workers).elements
      case .fade: elements += picture.elements.map { Float(share) * $0 }
      }
    }
    levels = Tensor(shape: [Self.levels] + picture.shape[1...], elements: elements)
  }

  /// The picture under masks, z = (1 − f) y_k + f y_{k+1} with k + f = (L − 1) m.
  /// - Parameters:
  ///   - masks: from 0 to 1, `[n, height, width]`.
  ///   - inverted: whether 1 − m stands for m.
  ///   - flipped: whether the results are mirrored from left to right.
  ///   - workers: the threads that share the work.
  /// - Returns: `[n, channels, height, width]`
  func apply(_ masks: Tensor, inverted: Bool = false, flipped: Bool = false, workers: Workers) -> Tensor {
    let (count, channels, height, width) = size(masks)
    let pixels = height * width
    return masks.withSharedNumbers { masks in
      levels.withSharedNumbers { levels in
        Tensor(shape: [count, channels, height, width], parts: count * height, workers: workers) { part, target in
          let (mask, row) = (part / height, part % height)
          for column in 0..<width {
            let place = row * width + column
            let value = masks.start[mask * pixels + place]
            let position = Float(Self.levels - 1) * (inverted ? 1 - value : value)
            let level = min(max(Int(position), 0), Self.levels - 1)
            let share = position - Float(level)
            let next = min(level + 1, Self.levels - 1)
            let goal = row * width + (flipped ? width - 1 - column : column)
            for channel in 0..<channels {
              let low = levels.start[(level * channels + channel) * pixels + place]
              let high = levels.start[(next * channels + channel) * pixels + place]
              target.start[(mask * channels + channel) * pixels + goal] = (1 - share) * low + share * high
            }
          }
        }
      }
    }
  }

  /// The gradient with regard to the masks, Σ_c g_c · (L − 1) (y_{k+1} − y_k), from that with regard to the results.
  /// - Parameters:
  ///   - gradient: `[n, channels, height, width]`, as `apply` returned the results.
  ///   - masks: as given to `apply`.
  ///   - inverted: as given to `apply`.
  ///   - flipped: as given to `apply`.
  ///   - workers: the threads that share the work.
  /// - Returns: `[n, height, width]`
  func gradient(
    _ gradient: Tensor, masks: Tensor, inverted: Bool = false, flipped: Bool = false, workers: Workers
  ) -> Tensor {
    let (count, channels, height, width) = size(masks)
    let pixels = height * width
    let factor = Float(Self.levels - 1) * (inverted ? -1 : 1)
    return gradient.withSharedNumbers { gradient in
      masks.withSharedNumbers { masks in
        levels.withSharedNumbers { levels in
          Tensor(shape: [count, height, width], parts: count * height, workers: workers) { part, target in
            let (mask, row) = (part / height, part % height)
            for column in 0..<width {
              let place = row * width + column
              let value = masks.start[mask * pixels + place]
              let position = Float(Self.levels - 1) * (inverted ? 1 - value : value)
              let level = min(max(Int(position), 0), Self.levels - 1)
              let next = min(level + 1, Self.levels - 1)
              let goal = row * width + (flipped ? width - 1 - column : column)
              var sum: Float = 0
              for channel in 0..<channels {
                let low = levels.start[(level * channels + channel) * pixels + place]
                let high = levels.start[(next * channels + channel) * pixels + place]
                sum += gradient.start[(mask * channels + channel) * pixels + goal] * (high - low)
              }
              target.start[mask * pixels + place] = factor * sum
            }
          }
        }
      }
    }
  }

  private func size(_ masks: Tensor) -> (count: Int, channels: Int, height: Int, width: Int) {
    precondition(
      masks.shape.count == 3 && Array(masks.shape[1...]) == Array(levels.shape[2...]),
      "PerturbationPyramid: masks \(masks.shape) for \(levels.shape)")
    return (masks.shape[0], levels.shape[1], levels.shape[2], levels.shape[3])
  }
}
