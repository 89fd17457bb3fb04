import ArgumentParser
import DataFrames
import Images
import Runs

/// What LIME for pictures can be told.
struct LimeImageOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How lime cuts the picture: quickshift, slic, grid, or a PNG file in which each segment is of one colour.",
      valueName: "name or file"))
  var segments = "quickshift"

  @Option(
    help: ArgumentHelp(
      "The width of quickshift's kernel: 4, or 1 for pictures of fewer than 64 pixels, if not given; larger ones make larger segments.",
      valueName: "pixels"))
  var kernelSize: Double?

  @Option(help: ArgumentHelp("About how many segments slic makes (100), or the cells of grid's longer side (8)."))
  var segmentCount: Int?

  @Option(
    help: ArgumentHelp("What lime puts in the place of a hidden segment: mean, or a colour such as 127 or 255,0,0."))
  var hide: HiddenColor = .mean

  @Option(help: ArgumentHelp("The most segments that lime gives a weight; all if not given."))
  var features: Int?

  func validate() throws {
    if let segmentCount, segmentCount < 1 { throw ValidationError("--segment-count is at least 1.") }
    if let kernelSize, !(1...50 ~= kernelSize) { throw ValidationError("--kernel-size is 1 to 50.") }
    if let features, features < 1 { throw ValidationError("--features is at least 1.") }
  }

  /// Puts what was given into the settings.
  /// - Throws: `UsageError`, and what keeps a file of segments from being read.
  func set(_ settings: inout SaliencySettings, _ run: ImageRun) throws {
    settings.lime.limit = features ?? settings.lime.limit
    if kernelSize != nil, segments != "quickshift" {
      throw UsageError.contradiction("--kernel-size goes with --segments quickshift")
    }
    switch segments {
    case "quickshift":
      if segmentCount != nil {
        throw UsageError.contradiction("--segment-count goes with --segments slic or grid; quickshift finds its own")
      }
      let usual: Double = min(run.seen.width, run.seen.height) < 64 ? 1 : 4
      settings.lime.segments = .quickshift(Quickshift(kernelSize: kernelSize ?? usual))
    case "slic": settings.lime.segments = .slic(SLIC(count: segmentCount ?? 100))
    case "grid": settings.lime.segments = .grid(GridSegments(cells: segmentCount ?? 8))
    default: settings.lime.segments = .drawn(SegmentFile(try drawing(segments, run)))
    }
    switch hide {
    case .mean: settings.lime.hidden = .mean
    case .color(let samples):
      guard samples.count == 1 || samples.count == run.preprocessing.channels else {
        throw UsageError.contradiction(
          "--hide has \(samples.count) samples, the model \(run.preprocessing.channels) channels")
      }
      settings.lime.hidden = .color(samples)
    }
  }

  private func drawing(_ path: String, _ run: ImageRun) throws -> Picture {
    let bytes: [UInt8]
    do {
      bytes = try FileBytes.read(path: path, workers: run.run.workers)
    } catch FileError.notFound where !path.contains(".") && !path.contains("/") {
      throw UsageError.contradiction(
        "there is no way of cutting pictures called \"\(path)\": they are quickshift, slic, grid, or a PNG file")
    }
    do {
      let drawing = try PictureFile(bytes: bytes).picture
      // Drawn on the picture as it was read, the segments take the picture's way into the model.
      let isOfPicture = drawing.width == run.input.picture.width && drawing.height == run.input.picture.height
      if !isOfPicture, (drawing.width, drawing.height) != (run.seen.width, run.seen.height) {
        run.run.note(
          "\(path): \(drawing.width) x \(drawing.height) pixels of segments were stretched over the picture's "
            + "\(run.seen.width) x \(run.seen.height)")
      }
      return isOfPicture ? run.preprocessing.fitNearest(drawing) : drawing
    } catch let error as PictureError {
      throw PictureFailure.picture(path: path, error: error)
    }
  }
}

/// What stands in the place of a hidden segment, on the command line.
enum HiddenColor: ExpressibleByArgument, Equatable {
  case mean
  case color([Double])

  init?(argument: String) {
    if argument == "mean" {
      self = .mean
      return
    }
    guard let list = NumberList(argument: argument), list.numbers.allSatisfy({ 0...255 ~= $0 }) else { return nil }
    self = .color(list.numbers)
  }

  var defaultValueDescription: String { "mean" }
}
