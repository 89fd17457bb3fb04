import Rules
import Tensors
import Testing

@Suite struct CategorySetTests {
  @Test func isASetOfNumbers() {
    var generator = SeededGenerator(seed: 1, purpose: .test)
    for _ in 0..<300 {
      let limit = Int.random(in: 1...200, using: &generator)
      func draw() -> Set<Int> {
        Set((0..<Int.random(in: 0...20, using: &generator)).map { _ in Int.random(in: 0..<limit, using: &generator) })
      }
      let (one, two) = (draw(), draw())
      let (first, second) = (CategorySet(one), CategorySet(two))
      #expect(first.codes == one.sorted() && first.count == one.count && first.isEmpty == one.isEmpty)
      #expect(first.intersection(second) == CategorySet(one.intersection(two)))
      #expect(first.union(second) == CategorySet(one.union(two)))
      #expect(first.subtracting(second) == CategorySet(one.subtracting(two)))
      #expect(first.isSubset(of: second) == one.isSubset(of: two))
      #expect((first == second) == (one == two))
      #expect((0..<limit).allSatisfy { first.contains($0) == one.contains($0) })
    }
  }

  @Test func equalSetsAreEqualValuesHoweverTheyCameAbout() {
    var set = CategorySet([3, 150])
    set.remove(150)
    #expect(set == CategorySet([3]) && set.hashValue == CategorySet([3]).hashValue)
    set.remove(3)
    #expect(set.isEmpty && set == CategorySet())
    #expect(!set.contains(-1) && !set.contains(1000))
    #expect(CategorySet(all: 65).count == 65)
  }
}
