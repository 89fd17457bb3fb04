import Learning
import Tensors
import Testing

struct HoldOutTests {
  private static func split(_ target: Target, _ fraction: Double, seed: UInt64 = 1) -> HoldOut {
    var generator = SeededGenerator(seed: seed, purpose: .test)
    return HoldOut(target, fraction: fraction, using: &generator)
  }

  @Test func eachKnownRowIsInOnePart() {
    let targets = [
      Target.values((0..<101).map { $0 % 10 == 3 ? .nan : Double($0) }),
      .classes((0..<101).map { $0 % 10 == 3 ? -1 : $0 % 4 }, names: ["a", "b", "c", "d"]),
    ]
    for target in targets {
      for fraction in [0, 0.2, 0.5, 0.99] {
        let split = Self.split(target, fraction)
        #expect((split.training + split.heldOut).sorted() == target.knownRows)
        #expect(split.training == split.training.sorted() && split.heldOut == split.heldOut.sorted())
        #expect((Double(split.heldOut.count) - Double(target.knownRows.count) * fraction).magnitude <= 4)
      }
    }
    #expect(Self.split(targets[0], 0).heldOut.isEmpty)
  }

  @Test func classesKeepTheirShares() {
    // 100 a, 50 b, 10 c: a fifth of each, exactly.
    let codes = [Int](repeating: 0, count: 100) + [Int](repeating: 1, count: 50) + [Int](repeating: 2, count: 10)
    for seed in 0..<10 {
      let split = Self.split(.classes(codes, names: ["a", "b", "c"]), 0.2, seed: UInt64(seed))
      #expect((0..<3).map { name in split.heldOut.count { codes[$0] == name } } == [20, 10, 2])
    }
  }

  @Test func sharesThatAreNotWholeAreRoundedByChance() {
    // A class of 3 has 0.6 rows to hold out: one with chance 0.6. Over 400 splits 240 are expected, ±4.1σ = ±40.
    let counts = (0..<400).map { Self.split(.classes([0, 0, 0], names: ["a"]), 0.2, seed: $0).heldOut.count }
    #expect(Set(counts) == [0, 1] && (200...280).contains(counts.reduce(0, +)))
  }

  @Test func oneRowOfAClassStaysForTraining() {
    for seed in 0..<UInt64(20) {
      let split = Self.split(.classes([0, 1, 1, 1], names: ["a", "b"]), 0.9, seed: seed)
      #expect(split.training.contains(0) && split.training.count >= 2)
    }
  }

  @Test func theSeedDecides() {
    let target = Target.values((0..<50).map(Double.init))
    #expect(Self.split(target, 0.3, seed: 4) == Self.split(target, 0.3, seed: 4))
    #expect(Self.split(target, 0.3, seed: 4) != Self.split(target, 0.3, seed: 5))
  }
}
