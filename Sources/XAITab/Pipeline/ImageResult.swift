import Images

/// What a method made of a picture.
struct ImageResult {
  let method: String
  var map: SaliencyMap?
  var sanity: SanityCheck?
  /// Why there is no map.
  var failure: SaliencyError?

  /// Nothing.
  init(method: String, failure: SaliencyError) {
    self.method = method
    self.failure = failure
  }

  /// The map of a method, within the time that it may take; how it came to an early end is said.
  /// - Throws: `SaliencyError` where the method does not fit, and what keeps the model from answering.
  init(_ kind: any SaliencyMethod.Type, _ run: ImageRun, _ options: SaliencyOptions) throws {
    method = kind.name
    let told = try options.methods([kind], run)
    var subject = run.subject
    subject.budget = options.budget(run.run, showing: kind.name)
    let map = try told[0].explain(subject)
    // Takes the bar away where the method came to an early end.
    subject.budget.report(done: 1, of: 1)
    self.map = map
    if let effort = map.effort { run.run.note(ImageText.effort(effort, method: kind.name)) }
    if options.check, !Interruption.isAsked {
      sanity = try SanityCheck(told[0], subject, map: map, seed: run.run.seed)
    }
  }

  /// The map over the picture that the model sees.
  func overlay(_ run: ImageRun) -> Picture? {
    map.map { map in
      let overlay = HeatColors.overlay(map.drawn.resized(height: run.seen.height, width: run.seen.width), on: run.seen)
      // In small pictures lines would hide what they go around.
      guard min(overlay.width, overlay.height) >= 100, let surrogate = map.surrogate else { return overlay }
      return surrogate.segmentation.outlined(overlay, color: [90, 90, 90])
    }
  }

  /// The picture with its class and the maps over it with their methods, side by side.
  static func grid(_ run: ImageRun, _ results: [ImageResult]) -> Picture {
    let probability = NumberText.fixed(run.probabilities[run.subject.target], decimals: 3)
    var pictures = [run.seen]
    var labels = ["\(run.className) \(probability)"]
    for result in results {
      guard let overlay = result.overlay(run) else { continue }
      pictures.append(overlay)
      labels.append(result.method)
    }
    return PictureGrid.picture(pictures, labels: labels, columns: 4)
  }
}
