import Images
public import Reports

extension ImageMaps: PagedResult {
  /// What is wrong with a result that was read; nil where nothing is.
  public var problem: String? { maps.isEmpty ? "there is no map" : nil }

  /// The page of the result.
  public func page(_ figures: inout Figures) -> Page {
    let seen = seen
    let name = facts.data.path + (facts.data.row.map { ", picture \($0)" } ?? "")
    let classes = Table(
      caption: "The likeliest classes", columns: [.init("Class"), .init("Probability", isNumeric: true)],
      rows: facts.classes.map {
        [
          .init($0.class),
          .init(NumberText.fixed($0.probability.value, decimals: 3), bar: $0.probability.value),
        ]
      })
    let picture: Block =
      seen.map { .picture(png: $0.png(), caption: "The picture as the network sees it.") }
      ?? .note("The picture \(facts.data.path) is not there any more, or has changed; the maps stand alone.")
    let best = facts.classes.map { "\($0.class) \(NumberText.fixed($0.probability.value, decimals: 3))" }
    return Page(
      title: "What in \(name) speaks for \(facts.class)", headline: "\(name): \(best.joined(separator: "; "))",
      alerts: maps.flatMap { alerts($0) } + facts.notes.map { $0 + "." },
      sections: [
        Section(heading: "The picture", id: "picture", blocks: [picture, .table(classes)]),
        Section(heading: "The maps", id: "maps", blocks: maps.flatMap { blocks($0, on: seen) }),
        Section(
          heading: "How this was computed", id: "method",
          blocks: maps.compactMap { map in
            SaliencyMethods.named(map.method).map { .paragraph("\(map.method): \($0.summary).") }
          }),
      ],
      provenance: .provenance(
        header,
        [
          Fact("Picture", facts.data.path), Fact("SHA-256", facts.data.sha256), Fact("Network", facts.model),
        ]))
  }

  /// What a reader must know before believing a map.
  private func alerts(_ map: Map) -> [String] {
    var alerts: [String] = []
    if let check = map.check, let verdict = ImageText.sanityVerdict(check.allLayers.value) {
      alerts.append(
        "\(map.method) \(verdict): its rank correlation with the map of random weights is "
          + "\(NumberText.fixed(check.allLayers.value, decimals: 2))."
      )
    }
    if let warning = map.effort?.warning(map.method, "the map") { alerts.append(warning) }
    return alerts + (map.remarks ?? []).map { "\(map.method): \($0)." }
  }

  /// A map over the picture with those that belong to it, or why there is none.
  private func blocks(_ map: Map, on picture: Picture?) -> [Block] {
    guard let saliency = map.saliency else { return [.note("\(map.method): \(map.error ?? "there is no map").")] }
    // A part that is the map itself would be shown twice.
    let parts = (map.parts ?? []).filter { $0.values != map.values }.compactMap { part in
      map.saliency(of: part.values).map {
        Block.picture(png: shown($0, on: picture), caption: "\(map.method): \(part.name).")
      }
    }
    return [.picture(png: shown(saliency, on: picture), caption: caption(map))] + parts
      + Block.paragraphs(map.text ?? [])
  }

  /// The bytes of a map over the picture, or alone where that is not there.
  private func shown(_ map: SaliencyMap, on picture: Picture?) -> [UInt8] {
    let map = map.drawn
    let colors =
      picture.map { HeatColors.overlay(map.resized(height: $0.height, width: $0.width), on: $0) }
      ?? HeatColors.picture(map.values, width: map.width, height: map.height)
    return colors.png()
  }

  private func caption(_ map: Map) -> String {
    let isOfPicture = map.shape == facts.inputShape
    var caption = "\(map.method) at \(isOfPicture ? "the picture" : "layer \(map.layer ?? "")")"
    if let check = map.check {
      caption +=
        "; rank correlation with the map of random weights \(NumberText.fixed(check.allLayers.value, decimals: 2))"
    }
    return caption + "."
  }
}

extension Block {
  /// The lines of a text form, each as a paragraph: what was set in by spaces would not wrap.
  static func paragraphs(_ lines: [String]) -> [Block] {
    lines.filter { !$0.isEmpty }.map { .paragraph(String($0.drop { $0 == " " })) }
  }
}
