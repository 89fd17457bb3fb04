import ModelFiles
import Testing

@Suite struct ONNXErrorTests {
  @Test func anOperatorThatIsNotKnownIsNamedWithItsNodeAndVersion() {
    let error = ONNXError.unsupportedOperator(name: "Loop", domain: "", node: "turns", opset: 13)
    #expect(error.description == "the operator Loop of node \"turns\" (opset 13) is not supported")
  }
}
