import Synchronization
import Tensors
import Testing

@Suite struct BudgetTests {
  @Test func aBudgetEndsByTheClockOrByRequest() {
    #expect(Budget.unlimited.ending == nil)
    #expect(Budget(deadline: .now - .seconds(1)).ending == .timeLimit)
    #expect(Budget(deadline: .now + .seconds(60)).ending == nil)
    #expect(Budget(deadline: .now - .seconds(1), isInterrupted: { true }).ending == .interrupted)
  }

  @Test func aShareOfABudgetEndsEarlierAndForTheSameReasons() throws {
    let start = ContinuousClock.now
    let budget = Budget(deadline: start + .seconds(60))
    #expect(try #require(budget.first(0.25, since: start).deadline) == start + .seconds(15))
    #expect(Budget.unlimited.first(0.25).deadline == nil && !Budget.unlimited.first(0.25).isSpent)
    #expect(Budget(isInterrupted: { true }).first(0.5).ending == .interrupted)
    #expect(Budget(deadline: start).first(0.5).ending == .timeLimit)
  }

  @Test func ofASilentBudgetsStepsNobodyHears() {
    let heard = Atomic(0)
    let budget = Budget(deadline: .now - .seconds(1), progress: { done, _ in heard.store(done, ordering: .relaxed) })
    budget.silent.report(done: 2, of: 3)
    #expect(heard.load(ordering: .relaxed) == 0 && budget.silent.ending == .timeLimit)
    budget.report(done: 2, of: 3)
    #expect(heard.load(ordering: .relaxed) == 2)
  }

  @Test func allStepsAreTakenWhereNothingEndsThem() {
    var taken: [Int] = []
    let effort = Budget.unlimited.steps(3, unit: "steps") { taken.append($0) }
    #expect(taken == [0, 1, 2] && effort == Effort(done: 3, planned: 3, unit: "steps", ending: .finished))
  }

  @Test func blocksAreSteps() {
    var taken: [Range<Int>] = []
    let all = Budget.unlimited.blocks(7, of: 3, unit: "steps") { taken.append($0) }
    #expect(taken == [0..<3, 3..<6, 6..<7] && all == Effort(done: 7, planned: 7, unit: "steps", ending: .finished))
    let first = Budget(deadline: .now - .seconds(1)).blocks(7, of: 3, unit: "steps") { _ in }
    #expect(first == Effort(done: 3, planned: 7, unit: "steps", ending: .timeLimit))
  }

  @Test func theFirstStepIsTakenInAnyCase() {
    var taken: [Int] = []
    let effort = Budget(deadline: .now - .seconds(1)).steps(3, unit: "steps") { taken.append($0) }
    #expect(taken == [0] && effort == Effort(done: 1, planned: 3, unit: "steps", ending: .timeLimit))
  }
}
