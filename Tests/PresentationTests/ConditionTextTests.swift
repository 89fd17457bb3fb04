import DataFrames
import Surrogates
import Testing

@testable import Presentation

@Suite struct ConditionTextTests {
  private let age = Feature(name: "age", kind: .number)

  @Test func bounds() {
    #expect(ConditionText.text(.isBetween(lower: 53, upper: 61), age, value: 60) == "53 < age <= 61")
    #expect(ConditionText.text(.isBetween(lower: nil, upper: 61.25), age, value: 60) == "age <= 61.25")
    #expect(ConditionText.text(.isBetween(lower: 0.000_012_345_6, upper: nil), age, value: 1) == "age > 1.235e-05")
    #expect(ConditionText.text(.isBetween(lower: nil, upper: nil), age, value: 1) == "age has a value")
    #expect(ConditionText.text(.isMissing, age, value: .nan) == "age is missing")
  }

  @Test func enoughDigitsForTheValueToSatisfyWhatIsPrinted() {
    // Four digits would print 1.235 <= ... and the value 1.23455 would not be above 1.235.
    #expect(ConditionText.text(.isBetween(lower: 1.234_52, upper: nil), age, value: 1.234_55) == "age > 1.2345")
    #expect(
      ConditionText.text(.isBetween(lower: 99_999_998, upper: 99_999_999), age, value: 99_999_999)
        == "99999998 < age <= 99999999")
  }

  @Test func categories() {
    let thal = Feature(name: "thal", kind: .category(levels: ["fixed defect", "normal"]))
    #expect(ConditionText.text(.isCategory(1), thal, value: 1) == "thal = normal")
    #expect(ConditionText.cell(0, thal) == "fixed defect")
    #expect(ConditionText.cell(.nan, thal) == nil)
    #expect(ConditionText.cell(2.5, age) == "2.5")
  }
}
