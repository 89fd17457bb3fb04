@testable import Images

extension OptionContext {
  /// The picture of the tests and the network of the references; the file "drawn.png" holds segments of the given size.
  static func test(
    drawing: Picture = Picture(width: 1, height: 1, channels: 1, samples: [0]),
    note: @escaping (String) -> Void = { _ in }
  ) -> OptionContext {
    let picture = InsidePictures.picture
    return OptionContext(
      picture: picture, seen: picture, preprocessing: InsidePictures.preprocessing,
      node: { TorchRayNetwork.node($0) }, read: { $0 == "drawn.png" ? drawing : nil }, note: note)
  }
}
