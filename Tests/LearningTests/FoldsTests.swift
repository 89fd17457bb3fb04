import Learning
import Tensors
import Testing

@Suite struct FoldsTests {
  @Test func everyKnownRowIsInOneFoldAndClassesAreSpreadEvenly() {
    let codes = (0..<103).map { $0 % 10 == 0 ? -1 : $0 % 3 == 0 ? 1 : 0 }
    let target = Target.classes(codes, names: ["a", "b"])
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let folds = Folds(target, count: 5, using: &generator)
    #expect(folds.rows.flatMap { $0 }.sorted() == target.knownRows)
    let sizes = folds.rows.map(\.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    for code in 0..<2 {
      let counts = folds.rows.map { rows in rows.count { codes[$0] == code } }
      #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
    }
    for fold in 0..<5 {
      #expect((folds.training(without: fold) + folds.rows[fold]).sorted() == target.knownRows)
    }
    #expect(folds.rows[0] != Array(target.knownRows.prefix(sizes[0])), "the deal is at random")
  }
}
