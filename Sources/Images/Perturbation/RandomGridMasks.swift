import Tensors

/// RISE's masks: a coarse grid of cells, each open with a probability p, brought smoothly to more than a picture's
/// size, from which a part of the picture's size is cut out at random (Petsiuk, Das & Saenko, arXiv 1806.07421, section
/// 3.2).
struct RandomGridMasks: Sendable {
  /// Whose sizes and random numbers.
  enum Form: Sendable {
    /// The paper's: the grid is brought to (s + 1) cells of ⌈H / s⌉ pixels.
    case paper
    /// TorchRay's: each cell is brought to ⌈(H + ⌈H / s⌉) / s⌉ pixels.
    case torchRay
  }

  /// One mask: which cells are open, and where the picture lies.
  struct Mask: Sendable, Equatable {
    /// 1 for an open cell, else 0; row by row.
    var cells: [Float]
    /// The rows by which the picture lies below the grid's begin.
    let top: Int
    /// The columns by which it lies to the right.
    let left: Int

    /// The mask in which just the other cells are open.
    var complement: Mask { Mask(cells: cells.map { 1 - $0 }, top: top, left: left) }
  }

  /// The rows of a picture.
  let height: Int
  /// Its columns.
  let width: Int
  /// The cells along each axis, s.
  let cells: Int
  /// The probability of an open cell, p.
  let probability: Double
  private let form: Form

  /// Masks for pictures of a size, of at least 2 x 2 cells.
  init(form: Form, height: Int, width: Int, cells: Int, probability: Double) {
    precondition(cells >= 2, "RandomGridMasks: \(cells) cells")
    (self.form, self.height, self.width, self.cells, self.probability) = (form, height, width, cells, probability)
  }

  /// The mask of a number; each has random numbers of its own.
  func mask(_ number: Int, seed: UInt64) -> Mask {
    var generator = SeededGenerator(seed: seed, stream: 0, UInt64(number), purpose: .noise)
    let open: [Float] = (0..<cells * cells).map { _ in generator.uniform() < probability ? 1 : 0 }
    return Mask(
      cells: open, top: Int.random(in: 0..<shift(height), using: &generator),
      left: Int.random(in: 0..<shift(width), using: &generator))
  }

  /// The next masks as torch draws them in one go: all cells, then all rows, then all columns.
  func torchMasks(_ count: Int, using generator: inout MersenneTwister) -> [Mask] {
    let grids = (0..<count).map { _ in
      (0..<cells * cells).map { _ -> Float in
        Float(generator.next() & 0xFF_FFFF) * 0x1p-24 < Float(probability) ? 1 : 0
      }
    }
    let tops = (0..<count).map { _ in Int(generator.next()) % shift(height) }
    let lefts = (0..<count).map { _ in Int(generator.next()) % shift(width) }
    return (0..<count).map { Mask(cells: grids[$0], top: tops[$0], left: lefts[$0]) }
  }

  /// How many places a picture of a length can have along an axis.
  private func shift(_ length: Int) -> Int { (length + cells - 1) / cells }

  /// The pixels of a cell along an axis of a length.
  private func cellSize(_ length: Int) -> Float {
    switch form {
    case .paper: Float((cells + 1) * shift(length)) / Float(cells)
    case .torchRay: Float((length + shift(length) + cells - 1) / cells)
    }
  }

  /// For each pixel along an axis the two cells between whose middles it lies, and the share of the second; beyond the
  /// outer middles cells are mirrored about them.
  private func positions(_ length: Int, shift: Int) -> [(first: Int, second: Int, share: Float)] {
    let size = cellSize(length)
    return (0..<length).map { place in
      let position = (Float(place + shift) + 0.5) / size - 0.5
      let first = Int(position.rounded(.down))
      return (mirrored(first), mirrored(first + 1), position - Float(first))
    }
  }

  private func mirrored(_ cell: Int) -> Int { cell < 0 ? -cell : cell >= cells ? 2 * (cells - 1) - cell : cell }

  /// The values of masks, `[n, height, width]`.
  func values(_ masks: [Mask], workers: Workers) -> Tensor {
    Tensor(shape: [masks.count, height, width], parts: masks.count, workers: workers) { number, target in
      let mask = masks[number]
      let columns = positions(width, shift: mask.left)
      var first = [Float](repeating: 0, count: width)
      var second = first
      var rows = (first: -1, second: -1)
      func line(_ row: Int, _ line: inout [Float]) {
        for (column, position) in columns.enumerated() {
          let (low, high) = (mask.cells[row * cells + position.first], mask.cells[row * cells + position.second])
          line[column] = low + position.share * (high - low)
        }
      }
      for (row, position) in positions(height, shift: mask.top).enumerated() {
        if rows != (position.first, position.second) {
          line(position.first, &first)
          line(position.second, &second)
          rows = (position.first, position.second)
        }
        let start = (number * height + row) * width
        for column in 0..<width {
          target.start[start + column] = first[column] + position.share * (second[column] - first[column])
        }
      }
    }
  }
}
