import ArgumentParser
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
  var mean: NumberList?

  @Option(help: ArgumentHelp("What each channel is divided by."))
  var std: NumberList?

  @Option(
    help: ArgumentHelp(
      "What samples from 0 to 255 are multiplied with first; 1/255 if not given, 1 for a model of pixels."))
  var scale: NumberList?

  /// What is asked of the model and the picture.
  var request: PictureRequest {
    var request = PictureRequest(model: model)
    request.row = row
    request.className = className
    request.classes = classes
    request.mean = mean?.numbers
    request.deviation = std?.numbers
    request.scale = scale?.numbers.first
    return request
  }

  func validate() throws {
    if let row, row < 1 { throw ValidationError("--row is at least 1.") }
    if let std, std.numbers.contains(0) { throw ValidationError("--std is not 0.") }
    if let scale, scale.numbers.count != 1 { throw ValidationError("--scale is one number.") }
  }
}

/// Numbers such as `0.5,1/255`.
struct NumberList: ExpressibleByArgument, Equatable {
  let numbers: [Double]

  init?(argument: String) {
    var numbers: [Double] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let terms = part.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
      guard (1...2).contains(terms.count), let number = terms[0], let divisor = terms.count == 2 ? terms[1] : 1 else {
        return nil
      }
      let value = number / divisor
      guard value.isFinite else { return nil }
      numbers.append(value)
    }
    self.numbers = numbers
  }
}
