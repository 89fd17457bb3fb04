import Tensors
import Testing

@testable import Networks

@Suite struct ActivationTests {
  private let points = Tensor(shape: [1, 5], elements: [-100, -1, 0, 0.5, 100])

  @Test func valuesByHand() {
    #expect(Activation.relu.forward([points]).elements == [0, 0, 0, 0.5, 100])
    let tanh = Activation.tanh.forward([points]).elements
    #expect(tanh[0] == -1 && tanh[2] == 0 && tanh[4] == 1)
    #expect((tanh[3] - 0.462_117_16).magnitude < 1e-7)
    let sigmoid = Activation.sigmoid.forward([points]).elements
    #expect(sigmoid[0] >= 0 && sigmoid[0] < 1e-37 && sigmoid[2] == 0.5 && sigmoid[4] == 1)
    #expect((sigmoid[1] - 0.268_941_42).magnitude < 1e-7)
  }

  /// 1 or 0; 1 − tanh²; s(1 − s).
  @Test func slopesByHand() {
    let signal = Tensor(shape: [1, 5], repeating: 2)
    func back(_ activation: Activation) -> [Float] {
      activation.backward(signal, toInput: 0, inputs: [points], output: activation.forward([points])).elements
    }
    #expect(back(.relu) == [0, 0, 0, 2, 2])
    #expect(back(.tanh)[2] == 2 && (back(.tanh)[3] - 2 * 0.786_447_7).magnitude < 1e-6)
    #expect(back(.sigmoid)[2] == 0.5 && (back(.sigmoid)[1] - 2 * 0.196_611_93).magnitude < 1e-6)
  }
}
