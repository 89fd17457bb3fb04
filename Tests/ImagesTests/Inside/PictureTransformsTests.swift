import RealModule
import Tensors
import Testing

@testable import Images

@Suite struct PictureTransformsTests {
  /// ⟨A x − A 0, y⟩ = ⟨x, Aᵀ y⟩ for all that may be drawn.
  @Test func signalsPassByTheTranspose() {
    for seed in 0..<40 {
      var generator = SeededGenerator(seed: UInt64(seed), purpose: .test)
      let (side, network) = seed % 2 == 0 ? ((28, 28), (28, 28)) : ((40, 31), (17, 23))
      let transforms = PictureTransforms.drawn(side: side, network: network, using: &generator)
      let x = (0..<side.0 * side.1).map { _ in generator.uniform() }
      let y = (0..<network.0 * network.1).map { _ in generator.uniform() - 0.5 }
      let moved = zip(transforms.apply(x), transforms.apply(x.map { _ in 0 })).map { $0 - $1 }
      #expect(moved.count == y.count)
      let one = zip(moved, y).reduce(0) { $0 + $1.0 * $1.1 }
      let other = zip(x, transforms.transposed(y)).reduce(0) { $0 + $1.0 * $1.1 }
      #expect((one - other).magnitude < 1e-10, "seed \(seed)")
    }
  }

  /// Grey stays grey where it does not turn; a turn shows what was beyond the margin, which is 0.
  @Test func greyStaysGrey() {
    var isTurned = 0
    for seed in 0..<40 {
      var generator = SeededGenerator(seed: UInt64(seed), purpose: .test)
      let transforms = PictureTransforms.drawn(side: (128, 128), network: (64, 64), using: &generator)
      let result = transforms.apply([Double](repeating: 0.5, count: 128 * 128))
      #expect(result.allSatisfy { -1e-12...0.5 + 1e-12 ~= $0 } && (result[32 * 64 + 32] - 0.5).magnitude < 1e-12)
      if result.contains(where: { $0 < 0.49 }) { isTurned += 1 }
    }
    // 20 of 26 turns are none of 0°.
    #expect(20...39 ~= isTurned, "\(isTurned)")
  }

  /// A quarter turn of a square against the clock moves each corner to the one before; a size of its own leaves a plane
  /// as it is.
  @Test func samplingByHand() {
    let plane: [Double] = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    #expect(Sampling.resizing((3, 3), to: (3, 3)).apply(plane) == plane)
    let turned = Sampling.turning((3, 3), by: Double.pi / 2).apply(plane)
    for (one, other) in zip(turned, [3.0, 6, 9, 2, 5, 8, 1, 4, 7]) { #expect((one - other).magnitude < 1e-12) }
    // Centres of the halves of (1, 2): 0.75 and 0.25 of each.
    let wide = Sampling.resizing((1, 2), to: (1, 4)).apply([1, 2])
    for (one, other) in zip(wide, [1, 1.25, 1.75, 2]) { #expect((one - other).magnitude < 1e-12) }
  }
}
