import ArgumentParser
import Presentation

/// `xai-tab image`: which parts of a picture speak for a class.
struct ImageCommand: ResultCommand {
  static var results: [any PagedResult.Type] { [ImageMaps.self, ImageEvaluationJSON.self, MadePictureJSON.self] }

  static let configuration = CommandConfiguration(
    commandName: "image",
    abstract: "Which parts of a picture speak for a class.",
    discussion: """
      Examples:
        xai-tab image list                                          the methods, each in a line
        xai-tab image grad-cam cat.jpg --model squeezenet.onnx --classes names.txt --png why.png
        xai-tab image rise cat.jpg --model squeezenet.onnx --masks 2000 --time-limit 60 --png why.png
        xai-tab image rise t10k-images-idx3-ubyte.gz --row 12 --model forest.onnx
        xai-tab image lime cat.jpg --model squeezenet.onnx --segments slic --html why.html
        xai-tab image compare cat.jpg --model squeezenet.onnx --methods all --check --png grid.png
        xai-tab image evaluate photos --model squeezenet.onnx --boxes boxes.csv --html table.html
        xai-tab image invert cat.jpg --model squeezenet.onnx --layer features.5 --png kept.png
        xai-tab image activation-maximization --model squeezenet.onnx --class 1 --png best.png

      The model is an ONNX file: a network that takes one picture [N, channels, height, width] and gives logits, or, \
      for methods that
      only ask, any model whose columns are the pixels of grey pictures, \
      such as a forest that was trained on an IDX file.
      A picture of another size than the model's is resized and cropped as torchvision does; what is done to it is said.
      """,
    subcommands: [
      ImageExplainCommand.self, ImageListCommand.self, ImageCompareCommand.self, ImageEvaluateCommand.self,
      ImageInvertCommand.self, ImageActivationCommand.self,
    ],
    defaultSubcommand: ImageExplainCommand.self)
}
