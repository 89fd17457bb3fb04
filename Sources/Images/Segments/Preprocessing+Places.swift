extension Preprocessing {
  /// The size to which a picture is resized, and where in that the part begins that is cut out.
  private func frame(_ width: Int, _ height: Int) -> (width: Int, height: Int, left: Int, top: Int) {
    guard case .resizedAndCropped(let side) = fitting(width: width, height: height) else {
      return (width, height, 0, 0)
    }
    let size = width <= height ? (side, side * height / width) : (side * width / height, side)
    func start(_ length: Int, _ wanted: Int) -> Int { Int((Double(length - wanted) / 2).rounded(.toNearestOrEven)) }
    return (size.0, size.1, start(size.0, self.width), start(size.1, self.height))
  }

  /// The pixel of a picture of the given size that lies under a pixel of what the network sees of it.
  public func source(column: Int, row: Int, width: Int, height: Int) -> (column: Int, row: Int) {
    let frame = frame(width, height)
    func place(_ place: Int, _ start: Int, _ length: Int, _ whole: Int) -> Int {
      let position = (Double(place + start) + 0.5) * Double(whole) / Double(length) - 0.5
      return min(max(Int(position.rounded()), 0), whole - 1)
    }
    return (place(column, frame.left, frame.width, width), place(row, frame.top, frame.height, height))
  }

  /// A drawing as `fit` would take it, but without new colours: each pixel takes that of the one under it.
  public func fitNearest(_ drawing: Picture) -> Picture {
    var samples: [UInt8] = []
    for row in 0..<height {
      for column in 0..<width {
        let place = source(column: column, row: row, width: drawing.width, height: drawing.height)
        let start = (place.row * drawing.width + place.column) * drawing.channels
        samples += drawing.samples[start..<start + drawing.channels]
      }
    }
    return Picture(width: width, height: height, channels: drawing.channels, samples: samples)
  }
}
