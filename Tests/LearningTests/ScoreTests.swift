import Learning
import Tensors
import Testing

/// What holds of every score.
@Suite struct ScoreTests {
  @Test("Each has names of its own, and is found by them")
  func names() {
    for names in [Score.all.map(\.name), Score.all.map(\.title), Score.all.map(\.optionName)] {
      #expect(Set(names).count == names.count && !names.contains(""))
    }
    for score in Score.all { #expect(Score.named(score.name) == score) }
    #expect(Score.named("none") == nil && Score.balancedAccuracy.optionName == "balanced-accuracy")
  }

  @Test("Each fits one kind of target, and perfect predictions have no error")
  func perfection() {
    let classes = Target.classes([0, 1, 1, 0], names: ["a", "b"])
    let numbers = Target.values([1, 2, 4, 8])
    let certain = Matrix(rows: 4, columns: 2, elements: [1, 0, 0, 1, 0, 1, 1, 0])
    let exact = Matrix(rows: 4, columns: 1, elements: [1, 2, 4, 8])
    for score in Score.all {
      #expect(score.fits(classes) != score.fits(numbers), "\(score.name)")
      let (target, predictions) = score.isOfClasses ? (classes, certain) : (numbers, exact)
      #expect(score.error(score.value(predictions, target)).magnitude < 1e-12, "\(score.name)")
      #expect(score.value(predictions, score.isOfClasses ? numbers : classes).isNaN, "\(score.name)")
    }
    #expect(Score.scores(of: classes).first == .accuracy && Score.scores(of: numbers).first == .r2)
  }
}
