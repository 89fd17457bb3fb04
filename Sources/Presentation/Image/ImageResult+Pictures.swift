public import Images
public import Runs

extension ImageResult {
  /// The map over the picture that the model sees.
  public func overlay(_ run: ImageRun) -> Picture? {
    map.map { map in
      let overlay = HeatColors.overlay(map.drawn.resized(height: run.seen.height, width: run.seen.width), on: run.seen)
      // In small pictures lines would hide what they go around.
      guard min(overlay.width, overlay.height) >= 100, let surrogate = map.surrogate else { return overlay }
      return surrogate.segmentation.outlined(overlay, color: [90, 90, 90])
    }
  }

  /// The picture with its class and the maps over it with their methods, side by side.
  public static func grid(_ run: ImageRun, _ results: [ImageResult]) -> Picture {
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
