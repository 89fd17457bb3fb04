import Images
import Presentation
import Runs

/// Figure 5 of the review: deconvolution and guided backpropagation.
enum Figure5: ReviewPart {
  static let name = "figure5"
  static let title = "Figure 5: deconvolution and guided backpropagation"
  static let says =
    "Guided backpropagation passes neither negative gradients nor gradients of silent units; without them the picture "
    + "of the important pixels is much clearer than that of deconvolution."

  static func reproduce(_ bench: inout Bench, _ result: inout Reproduced) throws {
    result.standIns = [
      "SqueezeNet 1.1 trained on ImageNet stands in for VGG16", "other photographs stand in for the review's",
    ]
    var pairs: [Pair] = []
    let bench = bench
    for photograph in Photograph.cases + Photograph.others {
      try result.attempt { result in
        let sitting = try Sitting(photograph, bench, &result)
        pairs.append(
          Pair(
            sitting: sitting, deconvnet: try sitting.map(Deconvnet()),
            guided: try sitting.map(GuidedBackprop())))
      }
    }
    result.exhibits = pairs.map { pair in
      .pictures(
        caption: "\(pair.sitting.photograph.path): \(pair.sitting.photograph.shows).",
        [
          .init(picture: pair.sitting.run.seen, label: "the picture"), tile(pair.deconvnet), tile(pair.guided),
        ])
    }
    try result.attempt { try small(bench, &$0) }
    guard !pairs.isEmpty else { return }
    let clearness = pairs.map {
      (MapMeasures.concentration($0.guided.values), MapMeasures.concentration($0.deconvnet.values))
    }
    let marked = pairs.filter { !$0.sitting.photograph.objects.isEmpty }
    let shares = marked.map {
      (
        MapMeasures.share($0.guided.values, on: $0.sitting.marks),
        MapMeasures.share($0.deconvnet.values, on: $0.sitting.marks)
      )
    }
    result.exhibits.append(
      .table(
        caption:
          "How clear the maps are: concentration 0 is grey all over, 1 a few points; share on the objects where they "
          + "were marked",
        columns: ["Picture", "Concentration, deconvnet", "guided", "On the objects, deconvnet", "guided"],
        rows: pairs.indices.map { index in
          let photograph = pairs[index].sitting.photograph
          let place = marked.firstIndex { $0.sitting.photograph.path == photograph.path }
          var cells: [Exhibit.Cell] = [.bar(clearness[index].1, of: 1), .bar(clearness[index].0, of: 1)]
          if let place {
            cells += [.bar(shares[place].1, of: 1), .bar(shares[place].0, of: 1)]
          } else {
            cells += [.text("-"), .text("-")]
          }
          return Exhibit.Row(photograph.name, cells)
        }))
    result.statements.insert(
      contentsOf: [
        Statement(
          "Guided backpropagation is clearer than deconvolution.",
          criterion: "On every photograph its map is more concentrated (Gini coefficient of the values).",
          [
            .init("photographs on which it is, of \(pairs.count)", Double(clearness.count { $0.0 > $0.1 })),
            .init("mean concentration, guided", mean(clearness.map(\.0))),
            .init("mean concentration, deconvnet", mean(clearness.map(\.1))),
          ], holds: clearness.allSatisfy { $0.0 > $0.1 }),
        Statement(
          "Guided backpropagation captures the object better than deconvolution.",
          criterion: "On every photograph with marked objects more of its map lies on them.",
          [
            .init("photographs on which it is so, of \(marked.count)", Double(shares.count { $0.0 > $0.1 })),
            .init("mean share on the objects, guided", mean(shares.map(\.0))),
            .init("mean share on the objects, deconvnet", mean(shares.map(\.1))),
          ], holds: marked.isEmpty ? nil : shares.allSatisfy { $0.0 > $0.1 }),
      ], at: 0)
  }

  private struct Pair {
    let sitting: Sitting
    let deconvnet: SittingMap
    let guided: SittingMap
  }

  private static func tile(_ map: SittingMap) -> Exhibit.Tile {
    Exhibit.Tile(
      picture: HeatColors.picture(map.map.values, width: map.map.width, height: map.map.height), label: map.method,
      note: "concentration \(NumberText.fixed(MapMeasures.concentration(map.values), decimals: 2))")
  }

  /// The same on small pictures with another network.
  private static func small(_ bench: Bench, _ result: inout Reproduced) throws {
    let pictures = try SmallPictures(bench, &result)
    let count = bench.count(100, quick: 30)
    let pairs = try (0..<count).map { index in
      let subject = pictures.subject(index, bench)
      let maps = try [
        Deconvnet().explain(subject), GuidedBackprop().explain(subject),
      ]
      return (MapMeasures.concentration(maps[1].values), MapMeasures.concentration(maps[0].values))
    }
    let difference = PairedDifference(pairs)
    result.runs.append(NamedText("CIFAR-10", "\(count) pictures, \(pictures.modelName)"))
    result.statements.append(
      Statement(
        "The same holds for small pictures and another network (CIFAR-10).",
        criterion:
          "The concentration of guided backpropagation is larger by more than two standard errors over the pictures.",
        [
          .init("mean difference of concentration", difference.mean),
          .init("its standard error", difference.standardError),
          .init("pictures on which it is larger, of \(count)", Double(pairs.count { $0.0 > $0.1 })),
        ], holds: difference.isPositive))
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
