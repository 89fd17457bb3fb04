import DataFrames
import Images
import Presentation
import Runs
import Tensors

/// Writes what commands of pictures have made to where it is to go.
enum PictureResults {
  /// Writes the map of a method: over the picture as a PNG file, as a page, and to standard output.
  /// - Throws: `FileError.cannotWrite`
  static func write(_ result: ImageResult, _ run: ImageRun, to outputs: ImageOutputs) throws {
    if let png = outputs.png, let picture = result.overlay(run) { try AtomicFile.write(picture.png(), to: png) }
    let json = ImageJSON(run, result)
    if let html = outputs.html { try PageFile.write(ImageMaps(json: JSONText.text(json)), to: html, run.run) }
    switch outputs.format {
    case .text: try Terminal.write(ImageText.text(run, [result]))
    case .json: try Terminal.write(JSONText.text(json))
    }
  }

  /// Writes the maps of several methods: side by side as a PNG file, as a page, and to standard output.
  /// - Throws: `FileError.cannotWrite`
  static func write(comparison results: [ImageResult], _ run: ImageRun, to outputs: ImageOutputs) throws {
    if let png = outputs.png { try AtomicFile.write(ImageResult.grid(run, results).png(), to: png) }
    let json = ImageComparisonJSON(run, results)
    if let html = outputs.html { try PageFile.write(ImageMaps(json: JSONText.text(json)), to: html, run.run) }
    switch outputs.format {
    case .text: try Terminal.write(ImageText.text(run, results))
    case .json: try Terminal.write(JSONText.text(json))
    }
  }

  /// Writes a picture that was made: as a PNG file, as a page, and its facts to standard output.
  /// - Throws: `FileError.cannotWrite`
  static func write(_ made: MadePicture, to outputs: MadePictureOutputs, _ settings: RunSettings) throws {
    let result = MadePictureJSON(made, seed: settings.seed)
    if let png = outputs.png { try AtomicFile.write(made.picture.png(), to: png) }
    if let html = outputs.html { try PageFile.write(result, to: html, settings) }
    let effort = made.effort
    if effort.ending != .finished {
      settings.note("stopped after \(effort.done) of \(effort.planned) \(effort.unit)")
    }
    switch outputs.format {
    case .text: try Terminal.write(MadePictureText.text(made))
    case .json: try Terminal.write(JSONText.text(result))
    }
  }
}
