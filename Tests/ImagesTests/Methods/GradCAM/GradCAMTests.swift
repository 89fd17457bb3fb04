import Testing

@testable import Images

@Suite struct GradCAMTests {
  /// Weights of −¼ and ½: −¼ + 3/2 and −½ + 2.
  @Test func theMeanGradientByHand() { #expect(SmallConvolution.byHand(MeanGradient()) == [1.25, 1.5]) }

  /// As HiResCAM, with the sign.
  @Test func theLinearApproximationByHand() {
    #expect(SmallConvolution.byHand(LinearApproximation()) == [-2.5, 6])
  }

  /// Each form's name is its own, and means it on the command line.
  @Test func formsAreFoundByTheirNames() {
    #expect(Set(GradCAM.forms.map(\.name)).count == GradCAM.forms.count)
    for form in GradCAM.forms { #expect(ClassActivationChoice(word: form.name)?.form.name == form.name) }
    #expect(ClassActivationChoice(word: "grad-cam+") == nil)
  }
}
