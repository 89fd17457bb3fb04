import Testing

@testable import Images

@Suite struct MaxSensitivityTests {
  @Test func valueIsThatOfCaptum() throws {
    let reference = try MeasureReferences.read().sensitivity
    let value = MaxSensitivity.value(reference.maps[0], others: Array(reference.maps[1...]))
    #expect((value - reference.value).magnitude < 1e-6 * reference.value)
    #expect(MaxSensitivity.value([0, 0], others: [[1, 0]]).isNaN)
  }

  /// The gradient of a network of rectifiers is the same almost everywhere near a point; its product with the input
  /// moves with it.
  @Test func gradientsOfRectifiersHardlyMove() throws {
    let subject = TorchRayNetwork.subject
    func value(_ method: some SaliencyMethod) throws -> Double {
      try MaxSensitivity().value(method, subject, map: method.explain(subject))
    }
    let gradient = try value(Gradient())
    #expect(gradient > 0 && gradient < 0.5)
    #expect(try value(Gradient()) == gradient)
  }
}
