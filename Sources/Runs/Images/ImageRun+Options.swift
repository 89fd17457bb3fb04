import DataFrames
import Images

extension ImageRun {
  /// What the options of methods speak of.
  var context: OptionContext {
    OptionContext(
      picture: input.picture, seen: seen, preprocessing: preprocessing, node: { try node($0) },
      read: { path in
        do {
          return try PictureFile(bytes: FileBytes.read(path: path, workers: run.workers)).picture
        } catch FileError.notFound where !path.contains(".") && !path.contains("/") {
          return nil
        } catch let error as PictureError {
          throw PictureFailure.picture(path: path, error: error)
        }
      }, note: { run.note($0) })
  }
}
