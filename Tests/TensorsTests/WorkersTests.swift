import Synchronization
import Tensors
import Testing

@Suite struct WorkersTests {
  private enum Failure: Error, Equatable { case part(Int) }

  @Test(arguments: 1...4)
  func resultsStandInOrderForAnyNumberOfThreads(threads: Int) {
    for parts in [0, 1, 2, 7, 1000] {
      let results = Workers(count: threads).map(count: parts) { index in
        // Parts of very different sizes end out of order.
        (0..<(parts - index) * 50).reduce(index) { $0 &+ $1 } &- (0..<(parts - index) * 50).reduce(0, &+)
      }
      #expect(results == Array(0..<parts))
    }
  }

  @Test func resultsMayHoldReferences() {
    let texts = Workers(count: 3).map(count: 100) { String(repeating: "word ", count: $0) }
    #expect(texts.map(\.count) == (0..<100).map { 5 * $0 })
  }

  @Test(arguments: 1...3)
  func theErrorOfTheLowestPartIsThrown(threads: Int) throws {
    let workers = Workers(count: threads)
    #expect(throws: Failure.part(30)) {
      try workers.tryMap(count: 100) { index in
        if index >= 30 { throw Failure.part(index) }
        return index
      }
    }
    #expect(try workers.tryMap(count: 3) { $0 } == [0, 1, 2])
  }

  @Test func progressIsHeardOfUnlessSilent() {
    let last = Atomic(0)
    let workers = Workers(count: 2) { done, total in last.store(100 * done + total, ordering: .relaxed) }
    workers.report(done: 3, of: 7)
    #expect(last.load(ordering: .relaxed) == 307)
    #expect(workers.silent.count == 2)
    _ = workers.silent.map(count: 5) { $0 }
    #expect(last.load(ordering: .relaxed) == 307)
  }

  @Test func rangesCoverTheLengthInOrder() {
    #expect(Workers.ranges(10, size: 4) == [0..<4, 4..<8, 8..<10])
    #expect(Workers.ranges(8, size: 4) == [0..<4, 4..<8])
    #expect(Workers.ranges(0, size: 4).isEmpty)
    #expect(Workers.ranges(3, size: 100) == [0..<3])
  }
}
