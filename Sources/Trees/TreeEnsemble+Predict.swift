public import Tensors

extension TreeEnsemble {
  /// The mean of the trees' leaves for each row: `[n, outputs]`.
  ///
  /// The trees' sum is taken in their order for every row, so a prediction does not depend on the batch.
  /// - Parameter rows: `[n, features]` in the user's columns.
  /// - Complexity: O(n · trees · depth)
  public func predict(_ rows: Matrix, workers: Workers) -> Matrix {
    predict(rows, at: columns, workers: workers)
  }

  /// As `predict`, for rows that hold only the columns that the trees use: `[n, columns.count]`.
  public func predict(usedColumns rows: Matrix, workers: Workers) -> Matrix {
    predict(rows, at: Array(columns.indices), workers: workers)
  }

  private func predict(_ rows: Matrix, at places: [Int], workers: Workers) -> Matrix {
    let blocks = Workers.ranges(rows.rows, size: Self.blockSize)
    let parts = workers.map(count: blocks.count) { index in
      let block = blocks[index]
      var sums = [Double](repeating: 0, count: block.count * outputs)
      forEachLeaf(of: rows, at: places, block) { tree, leaves in
        for (row, leaf) in leaves.enumerated() {
          for output in 0..<outputs { sums[row * outputs + output] += tree.leafValues[Int(leaf) * outputs + output] }
        }
      }
      for place in sums.indices { sums[place] /= Double(trees.count) }
      return sums
    }
    return Matrix(rows: rows.rows, columns: outputs, elements: parts.flatMap { $0 })
  }

  /// How many rows walk down one tree before the next tree is taken, so that both stay in the cache.
  static let blockSize = 4096

  /// Calls `body` for each tree in order with the leaf number of each row of the block; `places` are the matrix's
  /// columns that hold the columns that the trees use.
  func forEachLeaf(
    of rows: Matrix, at places: [Int], _ block: Range<Int>, _ body: (_ tree: Tree, _ leaves: [Int32]) -> Void
  ) {
    var hasMissing = false
    var cells = [Float](repeating: 0, count: max(1, block.count * columns.count))
    for (place, row) in block.enumerated() {
      for (slot, column) in places.enumerated() {
        let cell = Float(rows.elements[row * rows.columns + column])
        cells[place * columns.count + slot] = cell
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
  /// A row on its way down.
  private struct Walker {
    var row: Int32
    var node: Int32
  }

  /// The leaf of each row, whose `width` cells stand one row after the other in `cells`.
  ///
  /// All rows go down level by level, since one row's step waits for memory where another's need not; a row that has
  /// come to its leaf drops out.
  fileprivate func findLeaves(_ cells: [Float], width: Int, hasMissing: Bool, _ leaves: inout [Int32]) {
    if hasMissing || !categorySets.isEmpty {
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
    withUnsafeTemporaryAllocation(of: Walker.self, capacity: leaves.count) { walkers in
      nodes.withUnsafeBufferPointer { nodes in
        cells.withUnsafeBufferPointer { cells in
          leaves.withUnsafeMutableBufferPointer { leaves in
            for row in 0..<leaves.count { walkers.initializeElement(at: row, to: Walker(row: Int32(row), node: 0)) }
            var walking = leaves.count
            while walking > 0 {
              var kept = 0
              for place in 0..<walking {
                let walker = walkers[place]
                let node = nodes[Int(walker.node)]
                // Written at every step without a branch; the last one is the leaf's.
                leaves[Int(walker.row)] = Int32(truncatingIfNeeded: node.leaf)
                let cell = cells[Int(walker.row) &* width &+ Int(node.slot)]
                let next = node.firstChild &+ (goesLeft(node, cell) ? 0 : 1)
                walkers[kept] = Walker(row: walker.row, node: next)
                kept &+= node.isLeaf ? 0 : 1
              }
              walking = kept
            }
          }
        }
      }
    }
  }
}
