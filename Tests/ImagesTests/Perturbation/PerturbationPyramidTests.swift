import Tensors
import Testing

@testable import Images

@Suite struct PerturbationPyramidTests {
  private static let size = 3 * 32 * 32

  @Test func levelsAreTorchRays() {
    let blur = PerturbationPyramid(TorchRayNetwork.input, kind: .blur, workers: .one).levels.elements
    let fade = PerturbationPyramid(TorchRayNetwork.input, kind: .fade, workers: .one).levels.elements
    for (name, values) in [
      ("blur.0", blur[..<Self.size]), ("blur.3", blur[3 * Self.size..<4 * Self.size]),
      ("fade.5", fade[5 * Self.size..<6 * Self.size]), ("input", blur[7 * Self.size..<8 * Self.size]),
    ] {
      let references = name == "input" ? TorchRayReference.all : TorchRayReference.perturbation
      #expect(TorchRayReference.error(name, Array(values), in: references) < 1e-5, "\(name)")
    }
  }

  @Test func masksAreAppliedAsTorchRayDoes() {
    let masks = Tensor(
      shape: [2, 32, 32], elements: MersenneTwister.numbers(2048, seed: 12, scale: 0.5).map { $0 + 0.5 })
    let pyramid = PerturbationPyramid(TorchRayNetwork.input, kind: .blur, workers: .one)
    let applied = pyramid.apply(masks, workers: .one)
    #expect(TorchRayReference.error("applied", applied.elements, in: TorchRayReference.perturbation) < 1e-5)
    let signal = Tensor(shape: applied.shape, elements: MersenneTwister.numbers(6144, seed: 13, scale: 1))
    let gradient = pyramid.gradient(signal, masks: masks, workers: .one)
    #expect(TorchRayReference.error("applied.gradient", gradient.elements, in: TorchRayReference.perturbation) < 1e-5)
  }

  /// 1 − m in the place of m, and results that are mirrored.
  @Test func inversesAndMirrorsAreWhatTheySay() {
    let pyramid = PerturbationPyramid(TorchRayNetwork.input, kind: .blur, workers: .one)
    let masks = Tensor(
      shape: [1, 32, 32], elements: MersenneTwister.numbers(1024, seed: 5, scale: 0.5).map { $0 + 0.5 })
    let plain = pyramid.apply(masks.map { 1 - $0 }, workers: .one)
    let both = pyramid.apply(masks, inverted: true, flipped: true, workers: Workers(count: 2))
    for line in 0..<96 {
      for column in 0..<32 { #expect(plain.elements[line * 32 + column] == both.elements[line * 32 + 31 - column]) }
    }
    let signal = Tensor(shape: plain.shape, elements: MersenneTwister.numbers(Self.size, seed: 6, scale: 1))
    let mirrored = Tensor(
      shape: plain.shape, elements: (0..<Self.size).map { signal.elements[$0 / 32 * 32 + 31 - $0 % 32] })
    let one = pyramid.gradient(signal, masks: masks.map { 1 - $0 }, workers: .one).map { -$0 }
    #expect(pyramid.gradient(mirrored, masks: masks, inverted: true, flipped: true, workers: .one) == one)
  }
}
