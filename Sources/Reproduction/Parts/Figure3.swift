import Images
import Learning
import Presentation
import Runs
import Tensors
import Trees

/// Figure 3 of the review: the inverse of a picture's representation, a saliency map, and LIME of a random forest.
enum Figure3: ReviewPart {
  static let name = "figure3"
  static let title = "Figure 3: an inverse, a saliency map, and LIME of a random forest"
  static let says =
    "The inverse of a picture's encoding by a network, the saliency map of a network and LIME of a random forest show "
    + "a digit much better than the map of importance by the Gini index."

  /// The layer whose output is inverted: the second pool of the small network.
  private static let layer = 6

  static func reproduce(_ bench: inout Bench, _ result: inout Reproduced) throws {
    let digits = try bench.digits(&result)
    let workers = bench.run.workers
    let rows = try digits.examples(bench.count(20, quick: 6), workers: workers)
    let gini =
      (digits.forest.ensemble.flatMap { ImpurityImportance.of($0, columnCount: Digits.pixels) } ?? []).map { Float($0) }
    let samples = bench.count(1000, quick: 400)
    var inversion = Inversion()
    inversion.iterations = bench.count(400, quick: 150)
    inversion.seed = bench.run.seed
    let progress = bench.run.observer.progress("looking into digits")
    var looks: [Look] = []
    for (number, row) in rows.enumerated() {
      let subject = digits.subject(row, workers: workers)
      let inverse = try inversion.invert(
        layer, of: digits.network, for: subject.input, Digits.preprocessing, workers: workers)
      looks.append(
        Look(
          row: row, inverse: inverse,
          saliency: try Gradient().explain(subject).values,
          lime: try digits.lime(row, samples: samples, bench)))
      progress?(number + 1, rows.count)
    }
    result.runs = [
      NamedText(
        "Network",
        "a \(digits.convolutional.name), right in "
          + "\(NumberText.percent(try digits.accuracy(digits.convolutional, workers: workers))) of "
          + "\(digits.tests.rows.rows) pictures that it has not seen"
      ),
      NamedText(
        "Forest",
        "a \(digits.forest.name), right in "
          + "\(NumberText.percent(try digits.accuracy(digits.forest, workers: workers)))"),
      NamedText(
        "Inverse",
        "of the second pool's output, \(inversion.iterations) steps from each of \(inversion.restarts) starts"),
      NamedText("LIME", "\(samples) samples of segments of 4 x 4 pixels"),
      NamedText("Pictures", "\(rows.count), in turn one of each digit, that both models get right"),
    ]
    result.exhibits = rows.indices.prefix(6).map { exhibit(looks[$0], digits) }
    let whole = rows.map { MapMeasures.overlap(gini, marks: digits.ink($0)) }
    let kinds: [(String, String, (Look) -> [Float])] = [
      ("The inverse of the representation", "inverse", { $0.inverse.picture.samples.map { Float($0) } }),
      ("The saliency map", "saliency map", { $0.saliency }), ("LIME of the random forest", "LIME", { $0.lime.values }),
    ]
    var means: [(String, Double)] = [("Gini importance of the forest", mean(whole))]
    for (claim, name, values) in kinds {
      let overlaps = looks.map { MapMeasures.overlap(values($0), marks: digits.ink($0.row)) }
      means.append((name, mean(overlaps)))
      let difference = PairedDifference(zip(overlaps, whole).map { ($0, $1) })
      result.statements.append(
        Statement(
          "\(claim) shows the digit better than the map by the Gini index.",
          criterion:
            "Its overlap with the digit's ink (of as many of the largest pixels as there is ink, the share on ink) is "
            + "larger than that of the forest's Gini importance by more than two standard errors over the pictures.",
          [
            .init("mean difference of overlap", difference.mean), .init("its standard error", difference.standardError),
            .init("mean overlap of the \(name)", mean(overlaps)), .init("mean overlap of the Gini map", mean(whole)),
          ], holds: difference.isPositive))
    }
    result.exhibits.append(
      .table(
        caption: "How much of the ink a map finds", columns: ["Map", "Mean overlap"],
        rows: means.map { .init($0.0, [.bar($0.1, of: 1)]) }))
  }

  private struct Look {
    let row: Int
    let inverse: Inversion.Result
    let saliency: [Float]
    let lime: SaliencyMap
  }

  private static func exhibit(_ look: Look, _ digits: Digits) -> Exhibit {
    let name = digits.names[digits.testClasses[look.row]]
    return .pictures(
      caption: "A picture of \(name).",
      [
        .init(picture: digits.picture(look.row).enlarged(5), label: "the picture"),
        .init(
          picture: look.inverse.picture.enlarged(5), label: "its inverse",
          note: "error \(NumberText.significant(look.inverse.error, 2))"),
        .init(picture: heat(look.saliency), label: "saliency map"),
        .init(
          picture: heat(look.lime.values), label: "LIME of the forest",
          note: look.lime.surrogate.map { "R2 \(NumberText.fixed($0.rSquared, decimals: 2))" } ?? ""),
      ])
  }

  private static func heat(_ values: [Float]) -> Picture {
    HeatColors.picture(values, width: Digits.side, height: Digits.side).enlarged(5)
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
