import Images
import Learning
import Presentation
import Rules
import Runs
import Tensors

/// Table 1 of the review: which methods were tried on which data and models.
enum Table1: ReviewPart {
  static let name = "table1"
  static let title = "Table 1: data, models and methods"
  static let says =
    "Four kinds of data with their models and methods: pupils (a network; regression, tree, perturbation), MNIST "
    + "(network, random forest; DeepRED, ANN-DT, HypInv, extremal perturbation, LIME), ImageNet and CIFAR-10 "
    + "(networks; approximation, backpropagation and perturbation) and drug sensitivity of high dimension (a network; "
    + "LIME). DeepRED and its like approximate a network by rules."

  private static let digit = "5"
  private static let rules: [(method: any RuleExtractor, name: String)] = [
    (DeepRED(), "DeepRED"), (ANNDT(), "ANN-DT"), (HypInv(), "HypInv"),
  ]
  /// The share of the network's answers of each class that rules must repeat, on average over both.
  private static let faithful = 0.9

  static func reproduce(_ bench: inout Bench, _ result: inout Reproduced) throws {
    result.standIns = [
      "DREAM7's 46 cell lines with 1,000 genes and bladderbatch's 57 x 22,283 stand in for the drug data of 46 x "
        + "18,632",
      "SqueezeNet 1.1 stands in for VGG16; the network of CIFAR-10 is a small one",
    ]
    result.exhibits = [overview]
    let fixed = bench
    try result.attempt { try extract(fixed, &$0) }
    var digits: Digits?
    try result.attempt { digits = try bench.digits(&$0) }
    if let digits { try maps(digits, fixed, &result) }
    try result.attempt { try small(fixed, &$0) }
  }

  private static var overview: Exhibit {
    .table(
      caption: "The rows of the review's table, and where each is done again",
      columns: ["Data", "Models", "Methods", "Page"],
      rows: [
        .init(
          "pupils' grades",
          [
            .text("network"), .text("linear regression, decision tree (Gini), perturbation"),
            .part(ToyExample.name, text: "section 3.1"),
          ]),
        .init(
          "MNIST",
          [
            .text("network, random forest"), .text("DeepRED, ANN-DT, HypInv, extremal perturbation, LIME"),
            .text("below, and the next two"),
          ]),
        .init("MNIST", [.text("decision tree, forest"), .text("Gini index"), .part(Figure2.name, text: "figure 2")]),
        .init(
          "MNIST",
          [.text("network, forest"), .text("inverse, saliency map, LIME"), .part(Figure3.name, text: "figure 3")]),
        .init("CIFAR-10", [.text("network"), .text("all methods for pictures"), .text("below")]),
        .init(
          "photographs",
          [
            .text("network (ImageNet)"), .text("approximation, backpropagation, perturbation"),
            .part(Figure4.name, text: "figure 4"),
          ]),
        .init(
          "wide expression data", [.text("network"), .text("LIME"), .part(Figure6.name, text: "figure 6")]),
      ])
  }

  /// Rules of a network that tells one digit from the others.
  private static func extract(_ bench: Bench, _ result: inout Reproduced) throws {
    let (table, files) = try Digits.table(
      "train", limit: bench.count(20_000, quick: 1000),
      target: TargetRequest(options: TargetOptions(positive: digit)), bench: bench)
    for file in files { result.use(file) }
    var network = ModelRequest(.network)
    network.hidden = [100, 50]
    let explained = try ExplainedModel.make(table, network, bench.run)
    result.runs.append(
      NamedText(
        "MNIST, rules",
        "\(table.rows.rows) pictures, \(digit) against the rest; a \(explained.trained.name), right in "
          + "\(NumberText.percent(Bench.figure("accuracy", explained.trained.heldOut))) of held-out pictures"))
    var rows: [Exhibit.Row] = []
    for (method, name) in rules {
      let limit = Double(bench.count(60, quick: 10))
      let run = try RulesRun.run(
        table, explained, method: method, budget: bench.run.budget(seconds: limit), limits: ExtractionLimits(),
        testFraction: 0.2, run: bench.run)
      rows.append(row(method.name, run.heldOut, rules: run.extraction.rules.rules.count))
      if name == rules.last?.name, let baseline = run.baseline {
        rows.append(
          row("C4.5rules on the network's answers", baseline.heldOut, rules: baseline.rules.rules.count))
      }
      let recall = run.heldOut.recalls.last ?? .nan
      result.statements.append(
        Statement(
          "\(name) approximates the network by rules (MNIST).",
          criterion:
            "On held-out pictures the rules repeat at least \(NumberText.percent(faithful)) of the network's answers "
            + "of each of the two classes, on average over both, in at most \(Int(limit)) seconds or as far as they "
            + "came.",
          [
            .init("balanced fidelity", run.heldOut.balancedFidelity), .init("fidelity", run.heldOut.fidelity),
            .init("the digit's recall", recall), .init("rules", Double(run.extraction.rules.rules.count)),
          ], holds: run.heldOut.balancedFidelity >= faithful))
    }
    result.exhibits.append(
      .table(
        caption: "Rules of the network on held-out pictures, \(digit) against the rest",
        columns: ["Method", "Fidelity", "Balanced fidelity", "The digit's recall", "Accuracy", "Rules"], rows: rows))
  }

  private static func row(_ name: String, _ figures: RuleFigures, rules: Int) -> Exhibit.Row {
    Exhibit.Row(
      name,
      [
        .bar(figures.fidelity, of: 1), .bar(figures.balancedFidelity, of: 1), .bar(figures.recalls.last ?? .nan, of: 1),
        .bar(figures.accuracy, of: 1), .number(Double(rules)),
      ])
  }

  /// Extremal perturbation of a network and LIME of a forest, on digits.
  private static func maps(_ digits: Digits, _ bench: Bench, _ result: inout Reproduced) throws {
    let workers = bench.run.workers
    let rows = try digits.examples(bench.count(10, quick: 4), workers: workers)
    let perturbation = ExtremalPerturbation(areas: [0.1], iterations: bench.count(200, quick: 60))
    let samples = bench.count(1000, quick: 400)
    var looks: [(row: Int, extremal: SaliencyMap, lime: SaliencyMap)] = []
    for row in rows {
      looks.append(
        (
          row, try perturbation.explain(digits.subject(row, workers: workers)),
          try digits.lime(row, samples: samples, bench)
        ))
    }
    result.runs.append(
      NamedText(
        "MNIST, maps",
        "extremal perturbation (area 0.1, \(perturbation.iterations) iterations) of a \(digits.convolutional.name), "
          + "LIME (\(samples) samples) of a \(digits.forest.name); \(rows.count) pictures"))
    result.exhibits.append(
      .pictures(
        caption: "Digits: the picture, extremal perturbation of the network, LIME of the forest.",
        looks.prefix(4).flatMap { look in
          let name = digits.names[digits.testClasses[look.row]]
          return [
            Exhibit.Tile(picture: digits.picture(look.row).enlarged(5), label: "a \(name)"),
            .init(picture: heat(look.extremal.values), label: "extremal"),
            .init(picture: heat(look.lime.values), label: "LIME"),
          ]
        }))
    let extremal = try Faithfulness(
      looks.map { ($0.extremal.values, digits.subject($0.row, workers: workers)) }, seed: bench.run.seed)
    let lime = try Faithfulness(
      looks.map { ($0.lime.values, digits.forestSubject($0.row, workers: workers)) }, seed: bench.run.seed)
    result.statements += [
      extremal.statement("Extremal perturbation finds what a network needs of a digit (MNIST)."),
      lime.statement("LIME finds what a random forest needs of a digit (MNIST)."),
    ]
  }

  private static func heat(_ values: [Float]) -> Picture {
    HeatColors.picture(values, width: Digits.side, height: Digits.side).enlarged(5)
  }

  /// All methods on small pictures.
  private static func small(_ bench: Bench, _ result: inout Reproduced) throws {
    let pictures = try SmallPictures(bench, &result)
    let count = bench.count(10, quick: 2)
    let accuracy = try pictures.accuracy(bench.count(1000, quick: 300), workers: bench.run.workers)
    let iterations = bench.count(150, quick: 40)
    var lime = PictureLIME()
    lime.samples = bench.count(500, quick: 150)
    lime.segments = .grid(GridSegments(cells: 8))
    let told: [any SaliencyMethod] = [
      ExtremalPerturbation(iterations: iterations), MeaningfulPerturbation(iterations: iterations),
      RealTimeSaliency(iterations: iterations), RISE(masks: bench.count(1000, quick: 200)), lime,
    ]
    result.runs.append(
      NamedText(
        "CIFAR-10",
        "\(count) pictures, \(pictures.modelName), right in \(NumberText.percent(accuracy)); all "
          + "\(SaliencyMethods.all.count) methods"
      ))
    var rows: [Exhibit.Row] = []
    var (working, better) = (0, 0)
    for method in SaliencyMethods.all {
      let maps = try (0..<count).compactMap { index -> ([Float], Subject)? in
        let subject = pictures.subject(index, bench)
        do {
          let map = try bench.method(method, told).explain(subject)
          let values = map.resized(height: 32, width: 32)
          return values.allSatisfy(\.isFinite) && !map.isConstant ? (values, subject) : nil
        } catch is SaliencyError {
          return nil
        }
      }
      if maps.count == count { working += 1 }
      guard !maps.isEmpty else {
        rows.append(.init(method.name, [.text("does not fit"), .text("-"), .text("-")]))
        continue
      }
      let measured = try Faithfulness(maps, seed: bench.run.seed)
      if measured.gain.mean > 0 { better += 1 }
      rows.append(
        .init(
          method.name,
          [
            .bar(measured.insertion, of: 1), .bar(measured.deletion, of: 1),
            .bar(measured.gain.mean, of: 1),
          ]))
    }
    result.exhibits.append(
      .table(
        caption:
          "CIFAR-10: the class's mean probability while the pixels that a map holds most important are shown "
          + "(insertion, more is better) and taken away (deletion, less is better); gain: insertion less deletion, "
          + "over that of a random order",
        columns: ["Method", "Insertion", "Deletion", "Gain over a random order"], rows: rows))
    result.statements.append(
      Statement(
        "The methods of approximation, backpropagation and perturbation work on a network for CIFAR-10.",
        criterion:
          "Every method gives each picture a map that is not the same all over, and for most methods the pixels that a "
          + "map holds most important raise the class's probability more than pixels in a random order (insertion less "
          + "deletion).",
        [
          .init("methods that give maps, of \(SaliencyMethods.all.count)", Double(working)),
          .init("methods better than a random order", Double(better)),
        ], holds: working == SaliencyMethods.all.count && 2 * better > SaliencyMethods.all.count))
  }
}
