/// Resizing by a triangle filter that widens with the reduction, so that no pixel is passed over: Pillow's `BILINEAR`,
/// which torchvision's `Resize` uses, digit for digit: weights in 2⁻²², and a rounding to 8 bits after the rows and
/// after the columns.
struct Resampling {
  /// For each output its first input.
  private let firsts: [Int]
  /// For each output the weights of the inputs from the first on, `count` each.
  private let weights: [Int32]
  private let count: Int

  private static let precision: Int32 = 22

  /// The filter from one length to another.
  init(from source: Int, to target: Int) {
    let scale = Double(source) / Double(target)
    let width = max(1, scale)
    count = Int(width.rounded(.up)) * 2 + 1
    var firsts: [Int] = []
    var weights = [Int32](repeating: 0, count: target * count)
    for place in 0..<target {
      let center = (Double(place) + 0.5) * scale
      let first = max(0, Int(center - width + 0.5))
      let end = min(source, Int(center + width + 0.5))
      let shares = (first..<end).map { max(0, 1 - ((Double($0) - center + 0.5) / width).magnitude) }
      let sum = shares.reduce(0, +)
      for (number, share) in shares.enumerated() {
        weights[place * count + number] = Int32(0.5 + share / sum * Double(1 << Self.precision))
      }
      firsts.append(first)
    }
    self.firsts = firsts
    self.weights = weights
  }

  /// Filters lines of samples that lie `step` apart.
  /// - Parameters:
  ///   - source: the samples.
  ///   - start: the place of the line's first one.
  ///   - target: the filtered samples.
  ///   - place: the place of the first one of those.
  ///   - step: from one sample of a line to the next, in both.
  func filter(
    _ source: UnsafeBufferPointer<UInt8>, from start: Int, into target: UnsafeMutableBufferPointer<UInt8>,
    at place: Int,
    step: Int
  ) {
    for output in firsts.indices {
      var sum: Int32 = 1 << (Self.precision - 1)
      let first = start + firsts[output] * step
      for number in 0..<count {
        let weight = weights[output * count + number]
        if weight == 0 { continue }
        sum &+= Int32(source[first + number * step]) &* weight
      }
      target[place + output * step] = UInt8(clamping: sum >> Self.precision)
    }
  }
}

extension Picture {
  /// The picture in another size.
  /// - Complexity: O(pixels · reduction)
  public func resized(width newWidth: Int, height newHeight: Int) -> Picture {
    var current = self
    if newWidth != width {
      let filter = Resampling(from: width, to: newWidth)
      current = current.filtered(filter, width: newWidth, height: height) { line in
        let (row, channel) = (line / channels, line % channels)
        return (row * width * channels + channel, row * newWidth * channels + channel, channels)
      }
    }
    if newHeight != height {
      let filter = Resampling(from: height, to: newHeight)
      let row = newWidth * channels
      current = current.filtered(filter, width: newWidth, height: newHeight) { line in (line, line, row) }
    }
    return current
  }

  /// Filters all lines along one axis.
  private func filtered(
    _ filter: Resampling, width newWidth: Int, height newHeight: Int,
    _ line: (Int) -> (source: Int, target: Int, step: Int)
  ) -> Picture {
    let lines = newWidth != width ? height * channels : newWidth * channels
    let result = [UInt8](unsafeUninitializedCapacity: newWidth * newHeight * channels) { target, initialized in
      target.initialize(repeating: 0)
      samples.withUnsafeBufferPointer { source in
        for number in 0..<lines {
          let (start, place, step) = line(number)
          filter.filter(source, from: start, into: target, at: place, step: step)
        }
      }
      initialized = target.count
    }
    return Picture(width: newWidth, height: newHeight, channels: channels, samples: result)
  }
}
