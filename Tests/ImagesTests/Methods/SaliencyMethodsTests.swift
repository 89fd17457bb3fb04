import Networks
import Tensors
import Testing

@testable import Images

/// What every method must keep to.
@Suite struct SaliencyMethodsTests {
  @Test func namesAreDifferentAndFound() {
    #expect(Set(SaliencyMethods.all.map { $0.name }).count == SaliencyMethods.all.count)
    for method in SaliencyMethods.all {
      #expect(SaliencyMethods.named(method.name) == method && !method.summary.isEmpty)
    }
    #expect(SaliencyMethods.named("grad-camm") == nil)
  }

  /// Settings with which each method takes a moment.
  static let small: SaliencySettings = {
    var settings = SaliencySettings()
    settings.smoothGrad.samples = 6
    settings.integratedGradients.steps = 8
    (settings.extremal.areas, settings.extremal.iterations) = ([0.2, 0.5], 3)
    settings.meaningful.iterations = 3
    settings.realTime.iterations = 3
    settings.rise.masks = 40
    settings.occlusion.stride = 7
    (settings.lime.segments, settings.lime.samples) = (.grid(GridSegments(cells: 4)), 300)
    return settings
  }()

  @Test(arguments: SaliencyMethods.all.indices) func everyMethodGivesTheSameForAnyThreads(number: Int) throws {
    let method = SaliencyMethods.all[number].init(Self.small)
    let maps = try [1, 2, 3].map { threads in
      try method.explain(
        Subject(
          network: TorchRayNetwork.network, input: TorchRayNetwork.input, target: 1, workers: Workers(count: threads)))
    }
    #expect(maps[0] == maps[1] && maps[0] == maps[2])
    #expect(maps[0].values.count == maps[0].height * maps[0].width && maps[0].values.allSatisfy { $0.isFinite })
    #expect(!maps[0].isConstant)
  }

  /// A budget that is spent from the start: the first steps are taken, and what they give comes with what went into it.
  @Test(arguments: SaliencyMethods.all.indices) func everyMethodStopsWithWhatItHas(number: Int) throws {
    let method = SaliencyMethods.all[number].init(Self.small)
    var subject = TorchRayNetwork.subject
    subject.budget = Budget(isInterrupted: { true })
    let map = try method.explain(subject)
    #expect(map.values.allSatisfy { $0.isFinite })
    if let effort = map.effort {
      #expect(effort.ending == .interrupted && effort.done >= 1 && effort.done < effort.planned)
    }
  }

  /// A model that can only be asked: a method explains it, or says that it looks inside.
  @Test(arguments: SaliencyMethods.all.indices) func everyMethodTakesABlackBoxOrRefusesIt(number: Int) throws {
    let method = SaliencyMethods.all[number].init(Self.small)
    let subject = Subject(
      model: PixelClassifier(BrightCorner(), pixels: Array(0..<64)),
      input: Tensor(shape: [1, 1, 8, 8], elements: (0..<64).map { Float($0 * 3) }), target: 1)
    do {
      let map = try method.explain(subject)
      #expect(map.score == (try subject.probabilities(of: subject.input))[0, 1])
      #expect(map.values.allSatisfy { $0.isFinite })
    } catch {
      #expect(error as? SaliencyError == .needsNetwork)
    }
  }

  @Test func methodsSayWhatDoesNotFit() throws {
    let connected = Network([
      Network.Node(Input(), inputs: []), Network.Node(Reshape.flatten, inputs: [0]),
      Network.Node(
        FullyConnected(weight: Tensor(shape: [2, 4], repeating: 1), bias: Tensor(shape: [2])), inputs: [1],
        names: ["fc"]),
    ])
    let subject = Subject(network: connected, input: Tensor(shape: [1, 1, 2, 2], repeating: 1), target: 0)
    #expect(throws: SaliencyError.noPlaces(method: "grad-cam")) { try GradCAM(SaliencySettings()).explain(subject) }
    var settings = SaliencySettings()
    settings.layer = 2
    #expect(throws: SaliencyError.notAMap(layer: "fc", shape: [2])) { try Gradient(settings).explain(subject) }
    settings.layer = 0
    #expect(throws: SaliencyError.negativeInput(method: "excitation-backprop", layer: "features.0")) {
      try ExcitationBackprop(settings).explain(TorchRayNetwork.subject)
    }
    settings.layer = TorchRayNetwork.node("features.7")
    settings.contrast.layer = TorchRayNetwork.node("features.4")
    #expect(throws: SaliencyError.notBelow(layer: "features.7", other: "features.4")) {
      try ContrastiveExcitationBackprop(settings).explain(TorchRayNetwork.subject)
    }
  }

  @Test func defaultLayersAreThoseOfThePapers() throws {
    let choice = try LayerChoice(TorchRayNetwork.subject)
    #expect(try choice.lastMap("") == TorchRayNetwork.node("features.6"))
    #expect(try choice.lastWeighted("") == TorchRayNetwork.node("classifier.3"))
    #expect(try choice.middle("") == TorchRayNetwork.node("features.7"))
  }
}
