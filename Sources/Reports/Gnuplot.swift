import CGnuplot

/// The program that draws the figures, and where it is looked for.
public struct Gnuplot: Sendable, Equatable {
  /// Folders to look for `gnuplot` in, separated by colons; nil is the PATH of this process.
  public var searchPath: String?

  /// The gnuplot of a search path.
  ///
  /// - Parameter searchPath: folders separated by colons; nil is the PATH of this process.
  public init(searchPath: String? = nil) {
    self.searchPath = searchPath
  }

  /// Draws a script.
  ///
  /// - Throws: `FigureError`, with what gnuplot said.
  func draw(_ script: GnuplotScript) throws -> SVG {
    let drawing = try run(script.text, on: script.drawnLayers)
    guard let svg = SVG(gnuplot: drawing, of: script) else {
      throw FigureError.gnuplotFailed(message: "the drawing is not complete")
    }
    return svg
  }

  /// What gnuplot writes to its standard output for a script and the numbers that follow it.
  private func run(_ text: String, on layers: [GnuplotScript.Layer]) throws -> String {
    let values = layers.flatMap(\.values)
    var output: UnsafeMutablePointer<CChar>?
    defer { xai_gnuplot_release(output) }
    var length = 0
    var message = [CChar](repeating: 0, count: 4096)
    let status = values.withUnsafeBufferPointer { values in
      var blocks: [xai_gnuplot_block] = []
      var offset = 0
      for layer in layers {
        let rows = layer.values.count / layer.columns
        blocks.append(
          xai_gnuplot_block(values: values.baseAddress.map { $0 + offset }, rows: rows, columns: layer.columns))
        offset += layer.values.count
      }
      return xai_gnuplot_render(searchPath, text, blocks, blocks.count, &output, &length, &message, message.count)
    }
    if status == XAI_GNUPLOT_MISSING { throw FigureError.gnuplotMissing }
    guard status == XAI_GNUPLOT_DONE, let output else {
      let bytes = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw FigureError.gnuplotFailed(message: Self.sentence(from: String(decoding: bytes, as: UTF8.self)))
    }
    return UnsafeRawBufferPointer(start: output, count: length).withMemoryRebound(to: UInt8.self) {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// The first thing gnuplot said, on one line. What follows a failed `plot` are its complaints about the numbers,
  /// which it then takes for commands.
  private static func sentence(from message: String) -> String {
    let lines = message.split(whereSeparator: \.isNewline)
      .map { String($0.drop(while: \.isWhitespace)) }
      .filter { !$0.isEmpty && $0 != "^" }
    let end = lines.firstIndex { $0.hasPrefix("line ") } ?? min(1, lines.count - 1)
    return lines.prefix(end + 1).joined(separator: " ")
  }
}
