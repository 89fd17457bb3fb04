public import Tensors

/// One of the ways to cut pictures that a user can ask for.
public enum SegmentChoice: Segmenter, Equatable {
  /// Quick shift, as LIME does.
  case quickshift(Quickshift)
  /// SLIC superpixels.
  case slic(SLIC)
  /// A grid.
  case grid(GridSegments)
  /// Segments from a file.
  case drawn(SegmentFile)

  /// The segments of a picture.
  /// - Throws: `SegmentFileError`
  public func segments(of picture: Picture, workers: Workers) throws -> Segmentation {
    switch self {
    case .quickshift(let method): method.segments(of: picture, workers: workers)
    case .slic(let method): method.segments(of: picture, workers: workers)
    case .grid(let method): method.segments(of: picture, workers: workers)
    case .drawn(let method): try method.segments(of: picture, workers: workers)
    }
  }
}

extension SegmentChoice {
  /// What of the cutting can be set in LIME. What only one way of cutting takes comes behind the way.
  static let parameters: [MethodParameter<PictureLIME>] = [
    MethodParameter(
      MethodOption<String>(
        "segments",
        "How lime cuts the picture: quickshift, slic, grid, or a PNG file in which each segment is of one colour.",
        valueName: "name or file", usual: "quickshift")
    ) { method, name, context in method.segments = try SegmentChoice(name, in: context) },
    MethodParameter(
      MethodOption<Double>(
        "kernel-size",
        "The width of quickshift's kernel: 4, or 1 for pictures of fewer than 64 pixels, if not given; larger ones "
          + "make larger segments.", valueName: "pixels", rule: "is 1 to 50", accepts: { 1...50 ~= $0 })
    ) { method, size, _ in
      guard case .quickshift = method.segments else {
        throw OptionError("--kernel-size goes with --segments quickshift")
      }
      method.segments = .quickshift(Quickshift(kernelSize: size))
    },
    MethodParameter(
      MethodOption<Int>(
        "segment-count", "About how many segments slic makes (100), or the cells of grid's longer side (8).",
        rule: "is at least 1", accepts: { $0 >= 1 })
    ) { method, count, _ in
      switch method.segments {
      case .quickshift:
        throw OptionError("--segment-count goes with --segments slic or grid; quickshift finds its own")
      case .slic: method.segments = .slic(SLIC(count: count))
      case .grid: method.segments = .grid(GridSegments(cells: count))
      case .drawn: break
      }
    },
  ]

  /// The way of cutting that is called so, or the segments of a file.
  /// - Throws: `OptionError`, and what keeps the file from being read.
  private init(_ name: String, in context: OptionContext) throws {
    switch name {
    case "quickshift":
      self = .quickshift(Quickshift(kernelSize: min(context.seen.width, context.seen.height) < 64 ? 1 : 4))
    case "slic": self = .slic(SLIC())
    case "grid": self = .grid(GridSegments())
    default: self = .drawn(try SegmentFile(path: name, in: context))
    }
  }
}
