import ArgumentParser
import Images
import Runs

/// A model of pictures, how a picture enters it, and what is asked of it.
struct ImageOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The model, an ONNX file: a network, or any model of pixels.", valueName: "file"))
  var model: String?

  @Option(
    help: ArgumentHelp("Which picture of an IDX or CIFAR-10 file, counted from 1; the first if not given."))
  var row: Int?

  @Option(
    name: .customLong("class"),
    help: ArgumentHelp("The class, by its name or its place from 0; the likeliest if not given."))
  var className: String?

  @Option(help: ArgumentHelp("A file with the names of the classes, one a line.", valueName: "file"))
  var classes: String?

  @Option(help: ArgumentHelp("What is taken off each channel, such as 0.485,0.456,0.406, or one number for all."))
  var mean: Given<NumberList>?

  @Option(help: ArgumentHelp("What each channel is divided by."))
  var std: Given<NumberList>?

  @Option(
    help: ArgumentHelp(
      "What samples from 0 to 255 are multiplied with first; 1/255 if not given, 1 for a model of pixels."))
  var scale: Given<NumberList>?

  /// What is asked of the model and the picture.
  var request: PictureRequest {
    var request = PictureRequest(model: model)
    request.row = row
    request.className = className
    request.classes = classes
    request.mean = mean?.value.numbers
    request.deviation = std?.value.numbers
    request.scale = scale?.value.numbers.first
    return request
  }

  func validate() throws {
    if let row, row < 1 { throw ValidationError("--row is at least 1.") }
    if let std, std.value.numbers.contains(0) { throw ValidationError("--std is not 0.") }
    if let scale, scale.value.numbers.count != 1 { throw ValidationError("--scale is one number.") }
  }
}
