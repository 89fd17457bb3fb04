import CImages

extension Picture {
  /// The bytes of a PNG file of the picture.
  public func png() -> [UInt8] {
    var output: UnsafeMutablePointer<UInt8>?
    var length = 0
    var message = [CChar](repeating: 0, count: 200)
    let status = xai_png_write(
      samples, UInt32(width), UInt32(height), Int32(channels), &output, &length, &message, message.count)
    defer { xai_image_release(output) }
    precondition(status == XAI_IMAGE_DONE, "Picture: libpng could not write \(width) x \(height)")
    return Array(UnsafeBufferPointer(start: output, count: length))
  }
}
