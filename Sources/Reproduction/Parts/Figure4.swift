import Images
import Presentation
import Runs

/// Figure 4 of the review: the methods beside each other on three pictures.
enum Figure4: ReviewPart {
  static let name = "figure4"
  static let title = "Figure 4: methods beside each other on three pictures"
  static let says =
    "On pictures of several objects of one class, of a single object and of objects of different classes, contrastive "
    + "excitation backpropagation and extremal perturbation perform well and deconvolution fails on all three; "
    + "extremal perturbation is smooth where RISE is scattered; the contrastive form picks out the class where plain "
    + "excitation backpropagation does not."

  /// The review's methods, and LIME.
  private static let methods: [any SaliencyMethod.Type] = [
    Gradient.self, SmoothGrad.self, Deconvnet.self, GuidedBackprop.self, GradCAM.self, ExcitationBackprop.self,
    ContrastiveExcitationBackprop.self, ExtremalPerturbation.self, RISE.self, PictureLIME.self,
  ]
  /// The share of the picture that is looked at, and how much of it must lie on the objects for a method to work.
  private static let (part, least) = (0.05, 0.75)
  /// The share of the picture that extremal perturbation may keep.
  private static let extremalArea = 0.1

  static func reproduce(_ bench: inout Bench, _ result: inout Reproduced) throws {
    let (iterations, masks) = (bench.count(800, quick: 70), bench.count(2000, quick: 240))
    let (samples, copies) = (bench.count(1000, quick: 160), bench.count(25, quick: 10))
    var (smoothGrad, lime) = (SmoothGrad(), PictureLIME())
    (smoothGrad.samples, lime.samples) = (copies, samples)
    let told: [any SaliencyMethod] = [
      smoothGrad, ExtremalPerturbation(areas: [extremalArea], iterations: iterations), RISE(masks: masks), lime,
    ]
    result.standIns = [
      "SqueezeNet 1.1 trained on ImageNet stands in for VGG16",
      "goldfish stand in for the tabbies, a drawn penguin on white for the penguin, a dog and a cat for the telephone "
        + "among other things",
    ]
    result.runs = [
      NamedText(
        "Methods",
        "extremal: area 0.1, \(iterations) iterations; RISE: \(masks) masks; LIME: \(samples) samples; "
          + "SmoothGrad: \(copies) copies; the others need no choice"
      ),
      NamedText(
        "A method works on a picture",
        "if at least \(NumberText.percent(least)) of the largest \(NumberText.percent(part)) of its map lie in the "
          + "boxes that were drawn around the class's objects"
      ),
    ]
    var views: [View] = []
    let bench = bench
    for photograph in Photograph.cases {
      try result.attempt { result in
        let sitting = try Sitting(photograph, bench, &result)
        let maps = try methods.map { method in
          try sitting.map(bench.method(method, told), budget: bench.run.budget(seconds: 400, showing: method.name))
        }
        let view = View(sitting: sitting, maps: maps)
        views.append(view)
        result.exhibits.append(pictures(view))
        if let other = photograph.other {
          result.statements += try selectivity(view, other, bench, &result)
        }
      }
    }
    guard !views.isEmpty else { return }
    result.exhibits.append(table(views))
    result.statements = statements(views) + result.statements
  }

  /// A picture with its maps.
  private struct View {
    let sitting: Sitting
    let maps: [SittingMap]

    /// The share of the largest part of a map that lies on the objects.
    func hits(_ map: SittingMap) -> Double {
      let count = Int((part * Double(map.values.count)).rounded())
      return MapMeasures.top(map.values, count: count, on: sitting.marks)
    }

    func hits(_ method: any SaliencyMethod.Type) -> Double { map(method).map { hits($0) } ?? .nan }

    func map(_ method: any SaliencyMethod.Type) -> SittingMap? { maps.first { $0.method == method.name } }

    /// How many regions the largest tenth of a map falls into, and how rough their border is.
    func shape(_ method: any SaliencyMethod.Type) -> (regions: Int, roughness: Double) {
      guard let map = map(method) else { return (0, .nan) }
      let marks = MapMeasures.largest(map.values, share: 0.1)
      return (
        MapMeasures.regions(marks, width: sitting.size.width), MapMeasures.roughness(marks, width: sitting.size.width)
      )
    }

    /// Whether the mask of extremal perturbation has come to cover its area.
    var isMaskSettled: Bool {
      guard
        let covered = map(ExtremalPerturbation.self)?.map.parts.first?.figures.first(where: {
          $0.name == "share covered"
        })
      else { return false }
      return MapMeasures.isSettled(covered: covered.value, area: extremalArea)
    }

    var name: String { sitting.photograph.shows }
  }

  private static func pictures(_ view: View) -> Exhibit {
    let run = view.sitting.run
    let name = run.className.split(separator: ",").first ?? ""
    let first = Exhibit.Tile(
      picture: run.seen, label: "the picture",
      note: "\(name) \(NumberText.fixed(run.probabilities[run.subject.target], decimals: 2))")
    let tiles = view.maps.map { map in
      Exhibit.Tile(
        picture: map.overlay, label: map.method, note: NumberText.percent(view.hits(map)) + " on the objects")
    }
    return .pictures(
      caption:
        "\(view.sitting.photograph.path): \(view.name), explained for \"\(run.className)\". Under each map the share "
        + "of its largest \(NumberText.percent(part)) that lies on the objects.", [first] + tiles)
  }

  private static func table(_ views: [View]) -> Exhibit {
    var rows = methods.map { method in
      Exhibit.Row(method.name, views.map { .bar($0.hits(method), of: 1) })
    }
    let chance = views.map { view in
      Double(view.sitting.marks.count { $0 }) / Double(view.sitting.size.height * view.sitting.size.width)
    }
    rows.append(Exhibit.Row("pixels at random", chance.map { .bar($0, of: 1) }))
    return .table(
      caption: "Share of the largest \(NumberText.percent(part)) of each map that lies on the objects",
      columns: ["Method"] + views.map(\.name), rows: rows)
  }

  private static func statements(_ views: [View]) -> [Statement] {
    let count = views.count
    let isWhole = count == Photograph.cases.count
    func works(_ method: any SaliencyMethod.Type) -> Int { views.count { $0.hits(method) >= least } }
    func holds(_ value: Bool) -> Bool? { isWhole ? value : nil }
    func on(_ method: any SaliencyMethod.Type) -> [Statement.Number] {
      views.map { .init("\(method.name) on \($0.name)", $0.hits(method)) }
    }
    let rule = "at least \(NumberText.percent(least)) of its largest \(NumberText.percent(part)) on the objects"
    let others = methods.filter { $0.name != Deconvnet.name }
    let single = views.first { $0.sitting.photograph.path == Photograph.cases[1].path }
    let mixed = views.first { $0.sitting.photograph.other != nil }
    let shapes = views.map { ($0, $0.shape(ExtremalPerturbation.self), $0.shape(RISE.self)) }
    let areSettled = views.allSatisfy { $0.isMaskSettled }
    var result = [
      Statement(
        "Deconvolution fails to capture the important features on all three pictures.",
        criterion: "On no picture has it \(rule).",
        [Statement.Number("pictures on which deconvnet works, of \(count)", Double(works(Deconvnet.self)))]
          + on(Deconvnet.self),
        holds: holds(works(Deconvnet.self) == 0)),
      Statement(
        "Contrastive excitation backpropagation and extremal perturbation perform well.",
        criterion: "Both have \(rule), on all three pictures.",
        on(ContrastiveExcitationBackprop.self) + on(ExtremalPerturbation.self),
        holds: holds(works(ContrastiveExcitationBackprop.self) == count && works(ExtremalPerturbation.self) == count)),
      Statement(
        "The mask of extremal perturbation has a regular shape; what RISE finds is scattered.",
        criterion:
          "On every picture the largest tenth of the map of extremal perturbation falls into no more regions than that "
          + "of RISE, and its border is shorter (1: a square's). It cannot be told where the iterations were too few "
          + "for a mask to cover its area.",
        shapes.flatMap { view, extremal, rise in
          [
            Statement.Number("border, extremal, \(view.name)", extremal.roughness),
            .init("border, RISE, \(view.name)", rise.roughness),
            .init("regions, extremal, \(view.name)", Double(extremal.regions)),
            .init("regions, RISE, \(view.name)", Double(rise.regions)),
          ]
        },
        holds: areSettled ? holds(shapes.allSatisfy { $1.roughness < $2.roughness && $1.regions <= $2.regions }) : nil),
    ]
    if let single {
      let working = others.count { single.hits($0) >= least }
      result.append(
        Statement(
          "On the single object every method except deconvolution works.",
          criterion: "All others have \(rule), and deconvolution has not.",
          [
            .init("other methods that work, of \(others.count)", Double(working)),
            .init("deconvnet's share on the object", single.hits(Deconvnet.self)),
          ], holds: working == others.count && single.hits(Deconvnet.self) < least))
    }
    if let mixed {
      let named: [any SaliencyMethod.Type] = [
        ContrastiveExcitationBackprop.self, ExtremalPerturbation.self, GradCAM.self,
      ]
      let working = methods.filter { mixed.hits($0) >= least }.map { $0.name }
      let isNamed = Set(named.map { $0.name })
      result.append(
        Statement(
          "Among objects of different classes only contrastive excitation backpropagation, extremal perturbation and "
            + "Grad-CAM explain reasonably.",
          criterion: "These three have \(rule) of the class, and no other method has.",
          [
            .init("of the three, methods that work", Double(working.count { isNamed.contains($0) })),
            .init("other methods that work", Double(working.count { !isNamed.contains($0) })),
          ], holds: Set(working) == isNamed))
    }
    return result
  }

  /// How far maps of a picture's two classes differ.
  private static func selectivity(
    _ view: View, _ other: (className: String, objects: [PointingGame.Box]), _ bench: Bench,
    _ result: inout Reproduced
  ) throws -> [Statement] {
    let sitting = try Sitting(view.sitting.photograph, className: other.className, bench, &result)
    func maps(_ method: any SaliencyMethod) throws -> (own: [Float], others: [Float]) {
      (view.map(type(of: method))?.values ?? [], try sitting.map(method).values)
    }
    let plain = try maps(ExcitationBackprop())
    let contrastive = try maps(ContrastiveExcitationBackprop())
    let deconvnet = try maps(Deconvnet())
    let guided = try maps(GuidedBackprop())
    let marks = (
      own: view.sitting.marks,
      others: MapMeasures.marks(other.objects, height: sitting.size.height, width: sitting.size.width)
    )
    // How much more of each class's map lies on its own object than of the other class's map.
    func gain(_ maps: (own: [Float], others: [Float])) -> Double {
      MapMeasures.share(maps.own, on: marks.own) - MapMeasures.share(maps.others, on: marks.own)
        + MapMeasures.share(maps.others, on: marks.others) - MapMeasures.share(maps.own, on: marks.others)
    }
    let pair = [plain, contrastive, deconvnet, guided].map { MapMeasures.correlation($0.own, $0.others) }
    let names = "\"\(view.sitting.photograph.className)\" and \"\(other.className)\""
    return [
      Statement(
        "The contrastive form keeps what sets the class apart; it is more selective than plain excitation "
          + "backpropagation.",
        criterion:
          "Its maps for \(names) are less alike (correlation), and more of each lies on its own object rather than on "
          + "the other's.",
        [
          .init("correlation of the two classes' maps, contrastive", pair[1]), .init("correlation, plain", pair[0]),
          .init("gain on the own object, contrastive", gain(contrastive)), .init("gain, plain", gain(plain)),
        ], holds: pair[1] < pair[0] && gain(contrastive) > gain(plain)),
      Statement(
        "What deconvolution shows is not of the class.",
        criterion: "Its maps for \(names) have a correlation of at least 0.95.",
        [.init("correlation of the two classes' maps, deconvnet", pair[2]), .init("guided-backprop", pair[3])],
        holds: pair[2] >= 0.95),
    ]
  }
}
