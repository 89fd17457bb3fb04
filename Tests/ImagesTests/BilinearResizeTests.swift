import Testing

@testable import Images

@Suite struct BilinearResizeTests {
  /// Two values to four: ¼ and ¾ of the way, the outer ones as they are.
  @Test func byHand() {
    #expect(BilinearResize(height: 1, width: 2, toHeight: 1, toWidth: 4)([0, 4]) == [0, 1, 3, 4])
    #expect(BilinearResize(height: 2, width: 1, toHeight: 4, toWidth: 1)([0, 4]) == [0, 1, 3, 4])
  }

  /// ⟨A x, y⟩ = ⟨x, Aᵀ y⟩.
  @Test func theWayBackIsTheTranspose() {
    let resize = BilinearResize(height: 5, width: 7, toHeight: 13, toWidth: 9)
    let x = MersenneTwister.numbers(35, seed: 1, scale: 1)
    let y = MersenneTwister.numbers(117, seed: 2, scale: 1)
    func product(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
    #expect((product(resize(x), y) - product(x, resize.transposed(y))).magnitude < 1e-5)
  }
}
