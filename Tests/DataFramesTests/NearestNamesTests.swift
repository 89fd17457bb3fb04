import DataFrames
import Testing

@Suite struct NearestNamesTests {
  @Test func namesALetterAwayComeFirst() {
    let names = ["thal", "chol", "thalach", "cholesterol", "sex", "age"]
    let cases: [(String, [String])] = [
      ("thall", ["thal"]), ("Age", ["age"]), ("aeg", ["age"]), ("choles", ["chol", "cholesterol"]),
      ("esterol", ["cholesterol"]), ("weight", []), ("xyzzy", []), ("", []),
    ]
    for (name, expected) in cases { #expect(nearest(to: name, among: names) == expected, "\(name)") }
  }

  @Test func atMostThreeAreNamed() {
    #expect(nearest(to: "g1", among: ["g10", "g11", "g12", "g13"]) == ["g10", "g11", "g12"])
    #expect(nearest(to: "a", among: []).isEmpty)
  }
}
