public import Tensors

/// The leaves that rows fall into, kept so that predictions with a few columns' cells replaced cost only the walks that
/// a replacement can change: of rows whose way down a tree tests one of those columns, from that test on.
///
/// With a column that no tree uses nothing is walked at all. The predictions have the digits of `TreeEnsemble.predict`,
/// but for the rounding of what a replacement changes.
public struct LeafTable: Sendable {
  /// The trees.
  public let ensemble: TreeEnsemble
  /// The number of rows.
  public let rowCount: Int
  /// The sums of the leaves of the trees that have a say, `[n, outputs]`, and the number of those trees.
  private let sums: [Double]
  private let voices: [Double]
  /// The rows' predictions, `[n, outputs]`.
  public let predictions: Matrix
  /// `[trees, rows]`.
  private let leaves: [Int32]
  /// The used columns' cells, `[rows, used columns]`.
  private let cells: [Float]
  /// For each tree and row whether the tree has no say in the row's prediction; nil: every tree has.
  private let isLeftOut: [[Bool]]?
  /// For each used column, in order, the trees that test it, ascending.
  private let treesOfSlot: [[Int]]
  private let slotOfColumn: [Int: Int]

  /// Walks all rows down all trees.
  /// - Parameters:
  ///   - ensemble: the trees.
  ///   - rows: `[n, features]` in the user's columns.
  ///   - isLeftOut: for each tree the rows whose prediction it has no say in, such as those it was grown on; nil: none.
  ///     A row that no tree speaks of has the prediction NaN.
  ///   - workers: share the trees.
  /// - Complexity: O(n · trees · depth)
  public init(_ ensemble: TreeEnsemble, _ rows: Matrix, isLeftOut: [[Bool]]? = nil, workers: Workers) {
    self.ensemble = ensemble
    self.isLeftOut = isLeftOut
    rowCount = rows.rows
    var cells = [Float](repeating: 0, count: rows.rows * ensemble.columns.count)
    for row in 0..<rows.rows {
      for (slot, column) in ensemble.columns.enumerated() {
        cells[row * ensemble.columns.count + slot] = Float(rows.elements[row * rows.columns + column])
      }
    }
    let walked = workers.map(count: ensemble.trees.count) { [cells] tree in
      var leaves = [Int32](repeating: 0, count: rows.rows)
      ensemble.trees[tree].walk(Array(0..<Int32(rows.rows)), into: &leaves, width: ensemble.columns.count) {
        row, slot in
        cells[row &* ensemble.columns.count &+ slot]
      }
      return leaves
    }
    self.cells = cells
    leaves = walked.flatMap { $0 }
    var treesOfSlot = [[Int]](repeating: [], count: ensemble.columns.count)
    for (index, tree) in ensemble.trees.enumerated() {
      for slot in Set(tree.nodes.filter { !$0.isLeaf }.map { Int($0.slot) }).sorted() {
        treesOfSlot[slot].append(index)
      }
    }
    self.treesOfSlot = treesOfSlot
    slotOfColumn = Dictionary(uniqueKeysWithValues: ensemble.columns.enumerated().map { ($0.element, $0.offset) })
    let (sums, voices) = Self.sums(ensemble, leaves, rows.rows, isLeftOut)
    (self.sums, self.voices) = (sums, voices)
    predictions = Matrix(
      rows: rows.rows, columns: ensemble.outputs,
      elements: sums.indices.map { sums[$0] / voices[$0 / ensemble.outputs] })
  }

  /// Whether any tree tests one of the user's columns.
  public func tests(_ columns: [Int]) -> Bool { columns.contains { slotOfColumn[$0] != nil } }

  /// The number of the leaf of each row in a tree.
  public func leafNumbers(tree: Int) -> [Int] { leaves[(tree * rowCount)..<((tree + 1) * rowCount)].map { Int($0) } }

  /// The most replacements that are followed at a time.
  public static let replacementLimit = 16

  /// The predictions with the cells of some columns replaced, for several replacements.
  ///
  /// They go down a tree together, from the first test of one of the columns on, and part only at such tests.
  /// - Parameters:
  ///   - columns: the user's columns.
  ///   - replacements: at most `replacementLimit`; each has n cells for each of the columns.
  /// - Returns: for each replacement `[n, outputs]`.
  /// - Complexity: O(n · (replacements · outputs + trees · nodes that some replacement reaches))
  public func predictions(replacing columns: [Int], withEach replacements: [[[Double]]]) -> [Matrix] {
    precondition(replacements.count <= Self.replacementLimit, "LeafTable: \(replacements.count) replacements")
    var places = [Int32](repeating: -1, count: ensemble.columns.count)
    var used: [Int] = []
    for (index, column) in columns.enumerated() {
      guard let slot = slotOfColumn[column] else { continue }
      places[slot] = Int32(used.count)
      used.append(index)
    }
    let affected = Set(columns.compactMap { slotOfColumn[$0] }.flatMap { treesOfSlot[$0] })
    if affected.isEmpty { return replacements.map { _ in predictions } }
    let others = interleaved(replacements, used)
    let firstTests = ensemble.trees.enumerated().map { index, tree in
      affected.contains(index) ? tree.firstTests { places[$0] >= 0 } : []
    }
    let outputs = ensemble.outputs
    let count = replacements.count
    var results = replacements.map { _ in Matrix(rows: rowCount, columns: outputs) }
    // Few rows at a time, whose sums stay in the cache while the trees pass by.
    for block in Workers.ranges(rowCount, size: 512) {
      var changed: [Double] = []
      for row in block { for _ in 0..<count { changed += sums[(row * outputs)..<((row + 1) * outputs)] } }
      changed.withUnsafeMutableBufferPointer { changed in
        for (index, tree) in ensemble.trees.enumerated() where !firstTests[index].isEmpty {
          tree.withBuffers { tree in
            for row in block {
              let leaf = Int(leaves[index &* rowCount &+ row])
              let first = Int(firstTests[index][leaf])
              if first < 0 || isLeftOut?[index][row] ?? false { continue }
              let start = (row - block.lowerBound) &* count &* outputs
              let own = UnsafeMutableBufferPointer(rebasing: changed[start..<(start + count * outputs)])
              follow(tree, first, row, places, others, used.count, count) { reached, replacements in
                if reached != leaf { tree.exchange(leaf, for: reached, in: own, outputs: outputs, replacements) }
              }
            }
          }
        }
      }
      for row in block {
        for replacement in 0..<count {
          for output in 0..<outputs {
            let sum = changed[((row - block.lowerBound) * count + replacement) * outputs + output]
            results[replacement][row, output] = sum / voices[row]
          }
        }
      }
    }
    return results
  }

  /// The replaced cells, `[rows, used columns, replacements]`.
  private func interleaved(_ replacements: [[[Double]]], _ used: [Int]) -> [Float] {
    var cells: [Float] = []
    cells.reserveCapacity(rowCount * used.count * replacements.count)
    for row in 0..<rowCount {
      for column in used { for replacement in replacements { cells.append(Float(replacement[column][row])) } }
    }
    return cells
  }

  /// Takes all replacements of a row down a tree from a node, and tells each leaf that some come to, with a bit for
  /// each.
  @inline(__always)
  private func follow(
    _ tree: Tree.Buffers, _ start: Int, _ row: Int, _ places: [Int32], _ others: [Float], _ width: Int, _ count: Int,
    atLeaf: (_ leaf: Int, _ replacements: UInt64) -> Void
  ) {
    let slots = ensemble.columns.count
    // No more branches can wait than there are replacements.
    withUnsafeTemporaryAllocation(of: (node: Int32, mask: UInt64).self, capacity: Self.replacementLimit) { waiting in
      var waitingCount = 0
      var place = start
      var mask: UInt64 = .max >> UInt64(64 - count)
      while true {
        let node = tree.nodes[place]
        if node.isLeaf {
          atLeaf(node.leaf, mask)
          if waitingCount == 0 { return }
          waitingCount -= 1
          (place, mask) = (Int(waiting[waitingCount].node), waiting[waitingCount].mask)
          continue
        }
        let slot = Int(node.slot)
        let column = Int(places[slot])
        if column < 0 {
          let goesLeft = tree.goesLeft(node, cells[row &* slots &+ slot])
          place = Int(node.firstChild) &+ (goesLeft ? 0 : 1)
          continue
        }
        let first = (row &* width &+ column) &* count
        var left: UInt64 = 0
        for replacement in 0..<count where tree.goesLeft(node, others[first &+ replacement]) {
          left |= 1 &<< UInt64(replacement)
        }
        left &= mask
        let right = mask & ~left
        place = Int(node.firstChild) &+ (left == 0 ? 1 : 0)
        if left != 0 && right != 0 {
          waiting[waitingCount] = (node.firstChild &+ 1, right)
          waitingCount += 1
        }
        mask = left == 0 ? right : left
      }
    }
  }

  /// The sums of the trees' leaves in the order of the trees, as `TreeEnsemble.predict` takes them, and how many trees
  /// have a say in each row.
  private static func sums(
    _ ensemble: TreeEnsemble, _ leaves: [Int32], _ rowCount: Int, _ isLeftOut: [[Bool]]?
  ) -> (sums: [Double], voices: [Double]) {
    let outputs = ensemble.outputs
    var sums = [Double](repeating: 0, count: rowCount * outputs)
    var voices = [Double](repeating: 0, count: rowCount)
    for (index, tree) in ensemble.trees.enumerated() {
      let mask = isLeftOut?[index]
      for row in 0..<rowCount {
        if let mask, mask[row] { continue }
        let leaf = Int(leaves[index &* rowCount &+ row])
        voices[row] += 1
        for output in 0..<outputs { sums[row &* outputs &+ output] += tree.leafValues[leaf &* outputs &+ output] }
      }
    }
    return (sums, voices)
  }
}

extension Tree {
  /// A tree's arrays as they are walked.
  fileprivate struct Buffers {
    let nodes: UnsafeBufferPointer<Node>
    let values: UnsafeBufferPointer<Double>
    let sets: UnsafeBufferPointer<UInt64>

    @inline(__always) func goesLeft(_ node: Node, _ cell: Float) -> Bool {
      if cell.isNaN { return node.missingGoesLeft }
      if !node.isCategorical { return cell <= node.threshold }
      let code = Int(cell)
      return sets[node.setOffset + (code >> 6)] >> UInt64(code & 63) & 1 != 0
    }

    /// Puts a leaf's values in the place of another's in the sums, `[replacements, outputs]`, of some replacements.
    @inline(__always)
    func exchange(
      _ before: Int, for after: Int, in sums: UnsafeMutableBufferPointer<Double>, outputs: Int, _ replacements: UInt64
    ) {
      var bits = replacements
      while bits != 0 {
        let replacement = bits.trailingZeroBitCount
        bits &= bits &- 1
        for output in 0..<outputs {
          sums[replacement &* outputs &+ output] +=
            values[after &* outputs &+ output] - values[before &* outputs &+ output]
        }
      }
    }
  }

  fileprivate func withBuffers(_ body: (Buffers) -> Void) {
    nodes.withUnsafeBufferPointer { nodes in
      leafValues.withUnsafeBufferPointer { values in
        categorySets.withUnsafeBufferPointer { body(Buffers(nodes: nodes, values: values, sets: $0)) }
      }
    }
  }

  /// For each leaf the first node on the way to it that tests a told column, or −1.
  fileprivate func firstTests(_ isTold: (_ slot: Int) -> Bool) -> [Int32] {
    var first = [Int32](repeating: -1, count: nodes.count)
    var leaves = [Int32](repeating: -1, count: leafCount)
    // Children stand behind their parents.
    for (index, node) in nodes.enumerated() {
      if node.isLeaf {
        leaves[node.leaf] = first[index]
      } else {
        let own = first[index] >= 0 ? first[index] : isTold(Int(node.slot)) ? Int32(index) : -1
        first[Int(node.firstChild)] = own
        first[Int(node.firstChild) + 1] = own
      }
    }
    return leaves
  }

  /// Puts the leaf of each of `rows` in its place; eight rows walk together, so that one's step waits where another's
  /// need not.
  @inline(__always)
  fileprivate func walk(
    _ rows: [Int32], into leaves: inout [Int32], width: Int, cell: (_ row: Int, _ slot: Int) -> Float
  ) {
    if width == 0 { return }
    let lanes = Self.laneCount
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * lanes) { places in
      nodes.withUnsafeBufferPointer { nodes in
        for first in stride(from: 0, to: rows.count, by: lanes) {
          for lane in 0..<lanes {
            places[lane] = 0
            places[lanes + lane] = rows[min(first + lane, rows.count - 1)]
          }
          var flags: UInt32 = 0
          while flags & Node.leafFlag == 0 {
            flags = .max
            for lane in 0..<lanes {
              let node = nodes[Int(places[lane])]
              let value = cell(Int(places[lanes + lane]), Int(node.slot))
              let goesLeft: Bool
              if value.isNaN || node.isLeaf {
                goesLeft = node.missingGoesLeft
              } else if node.isCategorical {
                goesLeft = setContains(node, Int(value))
              } else {
                goesLeft = value <= node.threshold
              }
              places[lane] = node.firstChild &+ (goesLeft ? 0 : 1)
              flags &= node.flags
            }
          }
          for lane in 0..<min(lanes, rows.count - first) {
            leaves[Int(rows[first + lane])] = Int32(truncatingIfNeeded: nodes[Int(places[lane])].leaf)
          }
        }
      }
    }
  }
}
