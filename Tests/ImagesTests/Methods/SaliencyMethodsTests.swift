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

  /// The methods with settings with which each takes a moment.
  static let small: [any SaliencyMethod] = {
    var (smooth, occlusion, lime) = (SmoothGrad(), Occlusion(), PictureLIME())
    smooth.samples = 6
    occlusion.stride = 7
    (lime.segments, lime.samples) = (.grid(GridSegments(cells: 4)), 300)
    let short: [any SaliencyMethod] = [
      smooth, IntegratedGradients(steps: 8), ExtremalPerturbation(areas: [0.2, 0.5], iterations: 3),
      MeaningfulPerturbation(iterations: 3), RealTimeSaliency(iterations: 3), RISE(masks: 40), occlusion, lime,
    ]
    return SaliencyMethods.all.map { kind in short.first { type(of: $0) == kind } ?? kind.init() }
  }()

  /// Options of one name are one option, which methods share; a method names it once.
  @Test func optionsAreDifferentOrShared() {
    func description(_ option: some DeclaredOption) -> String {
      "\(type(of: option)) \(option.name): \(option.help) \(option.valueName ?? "-") \(option.usual?.word ?? "-")"
    }
    var known: [String: String] = [:]
    for method in SaliencyMethods.all {
      let options = method.options.map { $0.option }
      #expect(Set(options.map { $0.name }).count == options.count, "\(method.name)")
      for option in options {
        #expect(known[option.name, default: description(option)] == description(option), "\(method.name)")
        known[option.name] = description(option)
      }
    }
    #expect(Set(SaliencyMethods.options.map { $0.name }) == Set(known.keys))
  }

  /// Values that an option takes.
  private static func examples<Option: DeclaredOption>(_ option: Option) -> [Option.Value] {
    (Option.Value.words + ["true", "1", "2", "0.5", "0.25", "127", "grid"]).compactMap { Option.Value(word: $0) }
      .filter { option.refusal(of: $0) == nil }
  }

  @Test(arguments: SaliencyMethods.options.indices) func everyOptionTakesValuesAndRefusesRubbish(number: Int) {
    func check<Option: DeclaredOption>(_ option: Option) {
      #expect(option.name.allSatisfy { ("a"..."z").contains($0) || $0 == "-" })
      #expect(option.help.hasSuffix(".") && option.help.first?.isUppercase == true)
      #expect(!Self.examples(option).isEmpty)
      for word in Option.Value.words { #expect(Option.Value(word: word)?.word == word) }
      if let usual = option.usual { #expect(option.refusal(of: usual) == nil) }
      // Any text can be a layer's name, or a file's.
      guard Option.Value.self != String.self else { return }
      #expect(Option.Value(word: "rub,bish") == nil)
      // There is no number of which less than nothing makes sense, nor one that is none.
      for word in ["-1", "nan"] {
        if let value = Option.Value(word: word) { #expect(option.refusal(of: value) != nil, "\(word)") }
      }
    }
    check(SaliencyMethods.options[number])
  }

  /// Every option of a method changes something of it; one that goes with another option says so.
  @Test(arguments: SaliencyMethods.all.indices) func everyMethodIsToldWhatIsGiven(number: Int) throws {
    let kind = SaliencyMethods.all[number]
    func changes<Option: DeclaredOption>(_ option: Option) throws -> Bool {
      try Self.examples(option).contains { value in
        var values = OptionValues()
        values[option] = value
        do {
          let told = try SaliencyMethods.told(values, of: [kind], seed: 0, in: .test())
          return String(reflecting: told[0]) != String(reflecting: kind.init())
        } catch is OptionError {
          return true
        }
      }
    }
    for (option, _) in kind.options { #expect(try changes(option), "\(kind.name) --\(option.name)") }
  }

  @Test func seedsGoToMethodsThatDrawNumbers() throws {
    let methods = try SaliencyMethods.told(OptionValues(), seed: 5, in: .test())
    #expect(methods.map { type(of: $0).name } == SaliencyMethods.all.map { $0.name })
    for method in methods { #expect((method as? any RandomMethod)?.seed ?? 5 == 5) }
    #expect(methods.contains { $0 is any RandomMethod })
  }

  @Test(arguments: SaliencyMethods.all.indices) func everyMethodGivesTheSameForAnyThreads(number: Int) throws {
    let method = Self.small[number]
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
    let method = Self.small[number]
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
    let method = Self.small[number]
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
    #expect(throws: SaliencyError.noPlaces(method: "grad-cam")) { try GradCAM().explain(subject) }
    var gradient = Gradient()
    gradient.layer = 2
    #expect(throws: SaliencyError.notAMap(layer: "fc", shape: [2])) { try gradient.explain(subject) }
    #expect(throws: SaliencyError.negativeInput(method: "excitation-backprop", layer: "features.0")) {
      try ExcitationBackprop(layer: 0).explain(TorchRayNetwork.subject)
    }
    let contrastive = ContrastiveExcitationBackprop(
      layer: TorchRayNetwork.node("features.7"), contrastLayer: TorchRayNetwork.node("features.4"))
    #expect(throws: SaliencyError.notBelow(layer: "features.7", other: "features.4")) {
      try contrastive.explain(TorchRayNetwork.subject)
    }
  }

  @Test func defaultLayersAreThoseOfThePapers() throws {
    let choice = try LayerChoice(TorchRayNetwork.subject)
    #expect(try choice.lastMap("") == TorchRayNetwork.node("features.6"))
    #expect(try choice.lastWeighted("") == TorchRayNetwork.node("classifier.3"))
    #expect(try choice.middle("") == TorchRayNetwork.node("features.7"))
  }
}
