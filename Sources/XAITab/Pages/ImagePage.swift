import Images
import Reports

/// The page of maps of a picture.
struct ImagePage {
  let page: Page

  init(_ run: ImageRun, _ results: [ImageResult]) {
    let order = run.probabilities.indices.sorted { (run.probabilities[$1], $0) < (run.probabilities[$0], $1) }
    let classes = Table(
      caption: "The likeliest classes", columns: [.init("Class"), .init("Probability", isNumeric: true)],
      rows: order.prefix(5).map {
        [
          .init(run.classNames[$0]),
          .init(NumberText.fixed(run.probabilities[$0], decimals: 3), bar: run.probabilities[$0]),
        ]
      })
    var maps: [Block] = []
    for result in results {
      if let overlay = result.overlay(run), let map = result.map {
        maps.append(.picture(png: overlay.png(), caption: Self.caption(run, result, map)))
      } else if let failure = result.failure {
        maps.append(.note("\(result.method): \(failure)."))
      }
    }
    page = Page(
      title: "What in \(run.path) speaks for \(run.className)", headline: ImageText.headline(run),
      alerts: results.compactMap { result in
        guard let sanity = result.sanity, sanity.allLayers > 0.5 else { return nil }
        return
          "\(result.method) gives nearly the same map for a network with random weights: it hardly depends on this one."
      } + run.notes.map { $0 + "." },
      sections: [
        Section(
          heading: "The picture", id: "picture",
          blocks: [.picture(png: run.seen.png(), caption: "The picture as the network sees it."), .table(classes)]),
        Section(heading: "The maps", id: "maps", blocks: maps),
        Section(
          heading: "How this was computed", id: "method",
          blocks: results.compactMap { result in
            SaliencyMethods.named(result.method).map { .paragraph("\(result.method): \($0.summary).") }
          }),
      ],
      provenance: [
        Fact("Program", "xai-tab \(Provenance.version)"), Fact("Made", Provenance.time), Fact("Picture", run.path),
        Fact("SHA-256", run.input.sha256), Fact("Network", run.modelPath), Fact("Seed", "\(run.run.seed)"),
        Fact("Command", Provenance.command),
      ])
  }

  private static func caption(_ run: ImageRun, _ result: ImageResult, _ map: SaliencyMap) -> String {
    var caption = "\(result.method) at \(map.layer == 0 ? "the picture" : "layer \(run.layerName(map.layer))")"
    if let sanity = result.sanity {
      caption += "; rank correlation with the map of random weights \(NumberText.fixed(sanity.allLayers, decimals: 2))"
    }
    return caption + "."
  }
}
