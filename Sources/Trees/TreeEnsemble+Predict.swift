public import Learning
public import Tensors

extension TreeEnsemble: Predictor {
  /// The mean of the trees' leaves for each row: `[n, outputs]`.
  ///
  /// The trees' sum is taken in their order for every row, so a prediction does not depend on the batch. `rows` is
  /// `[n, features]` in the user's columns.
  /// - Complexity: O(n · trees · depth)
  public func predict(_ rows: Matrix, workers: Workers) -> Matrix {
    predict(rows, at: columns, workers: workers)
  }

  /// As `predict`, for rows that hold only the columns that the trees use: `[n, columns.count]`.
  public func predict(usedColumns rows: Matrix, workers: Workers) -> Matrix {
    predict(rows, at: Array(columns.indices), workers: workers)
  }

  private func predict(_ rows: Matrix, at places: [Int], workers: Workers) -> Matrix {
    let blocks = blocks(rowCount: rows.rows, workers: workers)
    let parts = workers.map(count: blocks.count) { index in
      let block = blocks[index]
      var sums = [Double](repeating: 0, count: block.count * outputs)
      forEachLeaf(of: rows, at: places, block) { tree, leaves in
        sums.withUnsafeMutableBufferPointer { sums in
          tree.leafValues.withUnsafeBufferPointer { values in
            for (row, leaf) in leaves.enumerated() {
              for output in 0..<outputs { sums[row &* outputs &+ output] += values[Int(leaf) &* outputs &+ output] }
            }
          }
        }
      }
      for place in sums.indices { sums[place] /= Double(trees.count) }
      return sums
    }
    return Matrix(rows: rows.rows, columns: outputs, elements: parts.flatMap { $0 })
  }

  /// The rows cut in blocks of about equal size; all rows of a block walk down one tree before the next one is taken.
  ///
  /// A block is as large as the cache lets its cells be, because each block has to bring all trees into the cache.
  func blocks(rowCount: Int, workers: Workers) -> [Range<Int>] {
    let largest = min(8192, max(256, (1 << 20) / max(1, columns.count)))
    let rounds = (rowCount + largest * workers.count - 1) / (largest * workers.count)
    let count = max(1, rounds * workers.count)
    return Workers.ranges(rowCount, size: max(1, (rowCount + count - 1) / count))
  }

  /// Calls `body` for each tree in order with the leaf number of each row of the block; `places` are the matrix's
  /// columns that hold the columns that the trees use.
  func forEachLeaf(
    of rows: Matrix, at places: [Int], _ block: Range<Int>, _ body: (_ tree: Tree, _ leaves: [Int32]) -> Void
  ) {
    let lanes = Tree.laneCount
    let groups = (block.count + lanes - 1) / lanes
    var hasMissing = false
    // [groups, columns, lanes], so that the cells of the rows that walk together share cache lines.
    var cells = [Float](repeating: 0, count: groups * columns.count * lanes)
    for place in 0..<groups * lanes {
      // Lanes to spare go the last row's way, which is in the cache then.
      let row = block.lowerBound + min(place, block.count - 1)
      let start = place / lanes * columns.count * lanes + place % lanes
      for (slot, column) in places.enumerated() {
        let cell = Float(rows.elements[row * rows.columns + column])
        cells[start + slot * lanes] = cell
        hasMissing = hasMissing || cell.isNaN
      }
    }
    var leaves = [Int32](repeating: 0, count: block.count)
    for tree in trees {
      tree.findLeaves(cells, width: columns.count, hasMissing: hasMissing, &leaves)
      body(tree, leaves)
    }
  }
}

extension Tree {
  /// How many rows walk down together: one row's step waits for memory where another's need not.
  static let laneCount = 8
  /// After how many steps the lanes are asked whether all have come to a leaf; a row that has stays there.
  private static let stepsBetweenChecks = 3

  /// The most rows that are few beside the nodes of a grown tree.
  private static let fewRows = 64

  /// The leaf of each row, whose cells are `[groups of rows, width, lanes]`.
  fileprivate func findLeaves(_ cells: [Float], width: Int, hasMissing: Bool, _ leaves: inout [Int32]) {
    // Without columns there is no test.
    if width == 0 { return }
    // All nodes are read, in order: far faster than the walk's first reads would be, which then find them in the cache.
    // Few rows do not come to most of them.
    let isFew = leaves.count <= Self.fewRows
    let flags = isFew ? Node.categoricalFlag : nodes.reduce(0) { $0 | $1.flags }
    if hasMissing || flags & Node.categoricalFlag != 0 {
      walk(cells, width: width, &leaves) { node, cell in
        if cell.isNaN { return node.missingGoesLeft }
        return node.isCategorical ? setContains(node, Int(cell)) : cell <= node.threshold
      }
    } else {
      walk(cells, width: width, &leaves) { node, cell in cell <= node.threshold }
    }
  }

  @inline(__always)
  private func walk(
    _ cells: [Float], width: Int, _ leaves: inout [Int32], goesLeft: (_ node: Node, _ cell: Float) -> Bool
  ) {
    let lanes = Self.laneCount
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: lanes) { places in
      nodes.withUnsafeBufferPointer { nodes in
        cells.withUnsafeBufferPointer { cells in
          leaves.withUnsafeMutableBufferPointer { leaves in
            for first in stride(from: 0, to: leaves.count, by: lanes) {
              let group = UnsafeBufferPointer(rebasing: cells[first * width..<(first + lanes) * width])
              for lane in 0..<lanes { places[lane] = 0 }
              var leafFlags: UInt32 = 0
              while leafFlags & Node.leafFlag == 0 {
                for _ in 0..<Self.stepsBetweenChecks {
                  for lane in 0..<lanes {
                    let node = nodes[Int(places[lane])]
                    let cell = group[Int(node.slot) &* lanes &+ lane]
                    places[lane] = node.firstChild &+ (goesLeft(node, cell) ? 0 : 1)
                  }
                }
                leafFlags = .max
                for lane in 0..<lanes { leafFlags &= nodes[Int(places[lane])].flags }
              }
              for lane in 0..<min(lanes, leaves.count - first) {
                leaves[first + lane] = Int32(truncatingIfNeeded: nodes[Int(places[lane])].leaf)
              }
            }
          }
        }
      }
    }
  }
}
