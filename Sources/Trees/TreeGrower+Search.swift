extension TreeGrower {
  /// Draws columns and returns the best test among them, or nil where all columns are constant in the node.
  mutating func bestTest(
    _ range: Range<Int>, _ constantColumns: inout Int, using generator: inout some RandomNumberGenerator
  ) -> Test? {
    var best: Test?
    let known = constantColumns
    var drawnConstants = 0
    var foundConstants = 0
    var visited = 0
    // order = [constants drawn here | other known constants | found here | not drawn yet | drawn and tried].
    var end = order.count
    while end > known + foundConstants,
      visited < settings.columnsPerNode || visited <= foundConstants + drawnConstants
    {
      visited += 1
      let span = end - foundConstants - drawnConstants
      var place = drawnConstants + Int.random(in: 0..<span, using: &generator)
      if place < known {
        order.swapAt(drawnConstants, place)
        drawnPlaces.append(place)
        drawnConstants += 1
        continue
      }
      place += foundConstants
      let column = Int(order[place])
      samples.withUnsafeBufferPointer { ranked.gather(.init(rebasing: $0[range]), by: column, into: &table) }
      if table.count + (table.hasMissing ? 1 : 0) <= 1 {
        order.swapAt(known + foundConstants, place)
        foundConstants += 1
        continue
      }
      end -= 1
      order.swapAt(end, place)
      consider(column, &best)
    }
    // Put back in their order: the first columns must stay those that are constant in this node's ancestors, which
    // are all that a node in another branch may take to be constant.
    while let place = drawnPlaces.popLast() {
      drawnConstants -= 1
      order.swapAt(drawnConstants, place)
    }
    constantColumns = known + foundConstants
    return best
  }

  /// Compares the best cut of the gathered column with the best test so far.
  private mutating func consider(_ column: Int, _ best: inout Test?) {
    let isCategorical = columns[column].isCategorical
    let keys: Int = isCategorical ? (table.width == 2 ? 1 : classCount) : 1
    for key in 0..<keys {
      if isCategorical {
        let moment = table.width == 2 ? 1 : 1 + key
        table.reorder { $0[$0.startIndex + moment] / $0[$0.startIndex] }
      }
      guard let cut = table.bestCut(settings.criterion, minimumWeight: settings.minimumLeafWeight),
        isBetter(cut.score, column, than: best)
      else { continue }
      var test = Test(
        column: column, score: cut.score, missingLeft: cut.missingLeft, sawMissing: table.hasMissing)
      if isCategorical {
        test.leftSet = [UInt64](repeating: 0, count: (columns[column].codeCount + 63) / 64)
        for code in table.codes[..<cut.groupsLeft] { test.leftSet[Int(code) >> 6] |= 1 << UInt64(code & 63) }
      } else {
        test.lastLeftCode = Int(table.codes[cut.groupsLeft - 1])
        test.threshold =
          cut.groupsLeft == table.count
          ? .infinity
          : ranked.threshold(column: column, left: test.lastLeftCode, right: Int(table.codes[cut.groupsLeft]))
      }
      best = test
    }
  }

  private func isBetter(_ score: Double, _ column: Int, than best: Test?) -> Bool {
    guard let best else { return true }
    return score > best.score || settings.prefersFirstColumn && score == best.score && column < best.column
  }

  /// Puts the samples that go left before the others, both in their order, and returns where the others start.
  /// Completes `test` with the way of missing cells and of categories that the node has not seen.
  mutating func partition(_ range: Range<Int>, by test: inout Test) -> Int {
    let column = columns[test.column]
    let missingCode = column.codeCount
    var seen = [UInt64](repeating: 0, count: test.leftSet.count)
    var left = range.lowerBound
    var right = 0
    var leftWeight = 0.0
    var rightWeight = 0.0
    for place in range {
      let sample = samples[place]
      let code = Int(column.codes[Int(sample.row)])
      let goesLeft: Bool
      if code == missingCode {
        goesLeft = test.missingLeft
      } else if column.isCategorical {
        goesLeft = test.leftSet[code >> 6] >> UInt64(code & 63) & 1 != 0
        seen[code >> 6] |= 1 << UInt64(code & 63)
      } else {
        goesLeft = code <= test.lastLeftCode
      }
      if goesLeft {
        samples[left] = sample
        left += 1
        leftWeight += sample.weight
      } else {
        spare[right] = sample
        right += 1
        rightWeight += sample.weight
      }
    }
    for place in 0..<right { samples[left + place] = spare[place] }
    if leftWeight >= rightWeight {
      if !test.sawMissing { test.missingLeft = true }
      for word in test.leftSet.indices { test.leftSet[word] |= ~seen[word] }
    }
    return left
  }
}
