import ModelFiles
import Networks
import Tensors
import Testing

@testable import Images

@Suite struct CIFAR10Tests {
  @Test func recordsAreRead() throws {
    var bytes = [UInt8](repeating: 0, count: 3073)
    (bytes[0], bytes[1], bytes[1 + 1024], bytes[1 + 2048 + 33]) = (7, 10, 20, 30)
    let data = try #require(CIFAR10(bytes: bytes + bytes))
    #expect(data.count == 2 && data.labels == [7, 7])
    #expect(Array(data.picture(1).samples[..<3]) == [10, 20, 0] && data.picture(0).samples[33 * 3 + 2] == 30)
    #expect(CIFAR10(bytes: Array(bytes.dropLast())) == nil && CIFAR10(bytes: []) == nil)
    bytes[0] = 10
    #expect(CIFAR10(bytes: bytes) == nil)
  }

  /// The network's own accuracy on such pictures is about 76 %; 3 points are two standard errors of 1,000.
  @Test(.data("cifar10/cifar10_test_1000.bin", "models/cifar10_cnn.onnx"))
  func theNetworkKnowsThreeOfFour() throws {
    let data = try #require(CIFAR10(bytes: References.fetched("cifar10/cifar10_test_1000.bin")))
    let network = try PictureNetwork(ONNXModel(bytes: References.fetched("models/cifar10_cnn.onnx"))).network
    let preprocessing = Preprocessing(
      channels: 3, height: 32, width: 32, scale: 1, mean: [0, 0, 0], deviation: [1, 1, 1])
    var right = 0
    for index in 0..<data.count {
      let output = network.forward(preprocessing.tensor(data.picture(index)), keeping: .output).output.elements
      if output.firstIndex(of: output.max() ?? 0) == data.labels[index] { right += 1 }
    }
    #expect((730...790).contains(right), "\(right)")
  }
}
