import Images
import Presentation
import Runs

/// Figure 1 of the review: extremal perturbation with masks of several sizes.
enum Figure1: ReviewPart {
  static let name = "figure1"
  static let title = "Figure 1: extremal perturbation with masks of several sizes"
  static let says =
    "Extremal perturbation captures features with different sizes of masks; a mask that is too small cannot hold all "
    + "objects of a class, and its size has to be chosen by hand."

  private static let areas = [0.05, 0.1, 0.2, 0.4]

  static func reproduce(_ bench: inout Bench, _ result: inout Reproduced) throws {
    let iterations = bench.count(800, quick: 70)
    result.standIns = [
      "SqueezeNet 1.1 trained on ImageNet stands in for VGG16", "other photographs stand in for the review's",
    ]
    result.runs = [
      NamedText("Method", "extremal perturbation, preserving, \(iterations) iterations an area, areas \(areas)")
    ]
    var (fits, keeps, gains) = (0, 0, 0)
    var masks = 0
    let bench = bench
    for photograph in [Photograph.others[0], Photograph.cases[0]] {
      try result.attempt { result in
        let sitting = try Sitting(photograph, bench, &result)
        let map = try sitting.map(
          ExtremalPerturbation(areas: areas, iterations: iterations),
          budget: bench.run.budget(seconds: 600, showing: "searching masks"))
        let found = map.map.parts.map { Mask($0) }
        result.exhibits.append(exhibit(sitting, map.map, found))
        masks += found.count
        let destroyed = map.map.figures.first { $0.name == "logit with all destroyed" }?.value ?? .nan
        fits += zip(found, areas).count { MapMeasures.isSettled(covered: $0.covered, area: $1) }
        keeps += found.count { $0.logit >= destroyed + 0.9 * (map.map.score - destroyed) }
        if !photograph.objects.isEmpty {
          gains = zip(found, found.dropFirst()).count {
            objects($0, photograph, sitting) <= objects($1, photograph, sitting)
          }
          let (least, most) = (
            objects(found[0], photograph, sitting), objects(found[found.count - 1], photograph, sitting)
          )
          result.statements.append(
            Statement(
              "The limited mask is not large enough for all objects of a class; a larger one captures more of them.",
              criterion:
                "The mask of \(areas[0]) leaves out some of the \(photograph.objects.count) objects, and that of "
                + "\(areas[areas.count - 1]) holds more of them. An object is held if the mask over its box is at "
                + "least as dense as over the picture.",
              [
                .init("objects held by the smallest mask", Double(least)),
                .init("objects held by the largest mask", Double(most)),
                .init("steps to a larger mask that lose no object, of \(found.count - 1)", Double(gains)),
              ], holds: least < photograph.objects.count && most > least))
        }
      }
    }
    guard masks > 0 else { return }
    result.statements.insert(
      Statement(
        "Extremal perturbation captures the features of a class with masks of different sizes.",
        criterion:
          "Every mask has come to cover from three to seven quarters of its area (else it takes more iterations to "
          + "tell), and the picture under at least three of four masks keeps nine tenths of what the whole picture's "
          + "logit has over that of the picture with all destroyed.",
        [
          .init("masks that keep so much of the logit, of \(masks)", Double(keeps)),
          .init("masks that cover their area, of \(masks)", Double(fits)),
        ], holds: fits == masks ? 4 * keeps >= 3 * masks : nil), at: 0)
  }

  /// A mask with what was found of it.
  private struct Mask {
    let values: [Float]
    let logit: Double
    let covered: Double

    init(_ part: SaliencyMap.Part) {
      values = part.values
      logit = part.figures.first { $0.name == "logit preserved" }?.value ?? .nan
      covered = part.figures.first { $0.name == "share covered" }?.value ?? .nan
    }
  }

  /// How many of the objects a mask holds.
  private static func objects(_ mask: Mask, _ photograph: Photograph, _ sitting: Sitting) -> Int {
    photograph.objects.count { box in
      let marks = MapMeasures.marks([box], height: sitting.size.height, width: sitting.size.width)
      let inside = zip(mask.values, marks).reduce(0) { $0 + ($1.1 ? Double($1.0) : 0) }
      return inside / Double(marks.count { $0 }) >= mask.covered
    }
  }

  private static func exhibit(_ sitting: Sitting, _ map: SaliencyMap, _ masks: [Mask]) -> Exhibit {
    var tiles = [
      Exhibit.Tile(
        picture: sitting.run.seen, label: "the picture",
        note: "logit \(NumberText.fixed(map.score, decimals: 1)) of \(sitting.run.className)")
    ]
    for (mask, area) in zip(masks, areas) {
      tiles.append(
        Exhibit.Tile(
          picture: shown(sitting.run.seen, through: mask.values), label: "area \(area)",
          note: "keeps logit \(NumberText.fixed(mask.logit, decimals: 1))"))
    }
    return .pictures(caption: "\(sitting.photograph.path), \(sitting.photograph.shows), seen through the masks.", tiles)
  }

  /// A picture that is dim where a mask is 0.
  private static func shown(_ picture: Picture, through mask: [Float]) -> Picture {
    let samples = picture.samples.enumerated().map { place, sample in
      let share = Double(mask[place / picture.channels])
      return UInt8(min(255, (Double(sample) * (0.15 + 0.85 * share) + 40 * (1 - share)).rounded()))
    }
    return Picture(width: picture.width, height: picture.height, channels: picture.channels, samples: samples)
  }
}
