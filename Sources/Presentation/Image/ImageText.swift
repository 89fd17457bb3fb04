import Images
public import Runs
public import Tensors

/// The text form of maps of a picture.
public enum ImageText {
  /// All methods, each in a line.
  public static func list() -> String {
    let lines = SaliencyMethods.all.map { ($0.name, $0.summary) } + inside
    let width = lines.map(\.0.count).max() ?? 0
    return lines.map { name, summary in
      name + String(repeating: " ", count: width + 2 - name.count) + summary + "\n"
    }.joined()
  }

  /// What makes pictures of its own.
  private static let inside = [
    ("invert", "a picture that a layer cannot tell from the given one: what the layer keeps"),
    ("activation-maximization", "the picture that a class, or a channel of a layer, likes best"),
  ]

  /// What the network says of the picture, and what each method does of that.
  public static func text(_ run: ImageRun, _ results: [ImageResult]) -> String {
    var text = headline(run) + "\n"
    for result in results {
      text +=
        "\n"
        + (result.map.map { self.text(run, result, $0) }
          ?? "\(result.method): \(result.failure.map { "\($0)" } ?? "")\n")
    }
    return text
  }

  /// The likeliest classes.
  public static func headline(_ run: ImageRun) -> String {
    let order = run.probabilities.fallingOrder()
    let best = order.prefix(5).map { "\(run.classNames[$0]) \(NumberText.fixed(run.probabilities[$0], decimals: 3))" }
    return OneLine.text("\(run.path): " + best.joined(separator: "; "))
  }

  /// Why a method came to an end, and after how much.
  public static func effort(_ effort: Effort, method: String) -> String {
    let done = "\(method): \(effort.done) of \(effort.planned) \(effort.unit)"
    return switch effort.ending {
    case .finished: done
    case .settled: done + ", since more would not change the places of the largest values"
    case .timeLimit: done + ", stopped by --time-limit; the map is the best so far"
    case .interrupted: done + ", interrupted; the map is the best so far"
    }
  }

  /// What a rank correlation with the map of random weights in all layers says of a method, if it says anything against
  /// it.
  static func sanityVerdict(_ correlation: Double) -> String? {
    correlation > 0.8
      ? "hardly depends on the network" : correlation > 0.5 ? "depends on the network only in part" : nil
  }

  /// Numbers with their names.
  private static func figures(_ figures: [SaliencyMap.Figure]) -> String {
    figures.map { "\($0.name) \(NumberText.significant($0.value, 4))" }.joined(separator: ", ")
  }

  private static func text(_ run: ImageRun, _ result: ImageResult, _ map: SaliencyMap) -> String {
    lines(run, result, map).map { OneLine.text($0) + "\n" }.joined()
  }

  /// What a map says, the first line naming it, those that follow set in.
  static func lines(_ run: ImageRun, _ result: ImageResult, _ map: SaliencyMap) -> [String] {
    var lines = [
      "\(result.method) for \"\(run.className)\" (\(run.scoresAreLogits ? "logit" : "output") "
        + "\(NumberText.significant(map.score, 4))), \(map.width) x \(map.height) values at "
        + "\(map.layer == 0 ? "the picture" : "layer \(run.layerName(map.layer))")"
    ]
    if map.isConstant {
      lines.append("  the map is the same everywhere and tells nothing")
    } else if map.surrogate == nil {
      let peak = map.values.indices.max { map.values[$0] < map.values[$1] } ?? 0
      let row = (Double(peak / map.width) + 0.5) / Double(map.height) * 100
      let column = (Double(peak % map.width) + 0.5) / Double(map.width) * 100
      lines.append(
        "  largest value \(NumberText.significant(Double(map.values[peak]), 3)) at "
          + "\(NumberText.significant(column, 2)) % from the left, \(NumberText.significant(row, 2)) % from the top")
    }
    if let surrogate = map.surrogate { lines += self.lines(surrogate) }
    if !map.figures.isEmpty { lines.append("  " + figures(map.figures)) }
    for part in map.parts where !part.figures.isEmpty { lines.append("  \(part.name): \(figures(part.figures))") }
    if let sums = map.completeness {
      lines.append(
        "  the values add up to \(NumberText.significant(sums.sum, 4)) of \(NumberText.significant(sums.expected, 4)) "
          + "(off by \(NumberText.percent(sums.error)))")
    }
    if let sanity = result.sanity {
      lines.append(
        "  with random weights in the last layer the map's rank correlation with this one is "
          + "\(NumberText.fixed(sanity.lastLayer, decimals: 2)), in all layers "
          + "\(NumberText.fixed(sanity.allLayers, decimals: 2))"
          + (sanityVerdict(sanity.allLayers).map { ": it \($0)" } ?? ""))
    }
    lines += map.remarks.map { "  note: \($0)" }
    return lines
  }
}
