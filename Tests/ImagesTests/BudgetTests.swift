import Testing

@testable import Images

@Suite struct BudgetTests {
  @Test func aBudgetEndsByTheClockOrByRequest() {
    #expect(Budget.unlimited.ending == nil)
    #expect(Budget(deadline: .now - .seconds(1)).ending == .timeLimit)
    #expect(Budget(deadline: .now + .seconds(60)).ending == nil)
    #expect(Budget(deadline: .now - .seconds(1), isInterrupted: { true }).ending == .interrupted)
  }
}
