import CKernels

/// The transforms of Winograd's minimal convolution F(2 x 2, 3 x 3): the four outputs y of a kernel g of 3 x 3 over a
/// tile d of 4 x 4 are y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A, which takes 16 products instead of 36; over channels, each of
/// the 16 elements is a sum of its own.
///
/// Source: A. Lavin and S. Gray, Fast Algorithms for Convolutional Neural Networks, 2016 (arXiv 1509.09308), section
/// 4.1. Only additions and halves are added to the products, so that the rounding error stays near that of the plain
/// sum.
public enum WinogradTransform {
  /// The elements of a transformed tile or kernel.
  public static let elements = 16
  /// The rows and columns of a tile's outputs.
  public static let side = 2

  /// Where the numbers of kernels lie.
  public struct KernelPlaces: Sendable {
    /// The first number of the first row's and channel's kernel.
    public let start: Int
    /// From one row to the next.
    public let row: Int
    /// From one channel to the next.
    public let channel: Int
    /// From one number of a kernel to the next of its nine.
    public let step: Int

    /// Places.
    public init(start: Int, row: Int, channel: Int, step: Int) {
      self.start = start
      self.row = row
      self.channel = channel
      self.step = step
    }
  }

  /// G g Gᵀ of the kernels of up to `PanelProduct.rows` rows and some channels, for G = [1 0 0; ½ ½ ½; ½ −½ ½; 0 0 1]:
  /// element e of row r's kernel in channel c goes to e · `elementStride` + c · `PanelProduct.rows` + r of `target`;
  /// missing rows become 0.
  /// - Parameters:
  ///   - weights: what the places count from.
  ///   - places: where the kernels lie.
  ///   - rows: how many rows there are.
  ///   - channels: how many channels.
  ///   - target: the panel of the first element.
  ///   - elementStride: from one element's panel to the next.
  public static func kernel(
    _ weights: UnsafePointer<Float>, _ places: KernelPlaces, rows: Int, channels: Int,
    into target: UnsafeMutablePointer<Float>, elementStride: Int
  ) {
    xai_winograd_kernel(
      weights + places.start, places.row, places.channel, places.step, rows, channels, target, elementStride)
  }

  /// Tiles side by side in a picture.
  public struct Run: Sendable {
    /// The row of the picture in which the tiles begin; outside the picture everything is 0.
    public let row: Int
    /// The column in which the first begins; the next ones follow two apart.
    public let column: Int
    /// Their number, at most `PanelProduct.columns`.
    public let tiles: Int

    /// A run.
    public init(row: Int, column: Int, tiles: Int) {
      self.row = row
      self.column = column
      self.tiles = tiles
    }
  }

  /// Bᵀ d B of a run of tiles in some channels: element e of channel c's tile t goes to e · `elementStride` + c ·
  /// `channelStride` + t of `target`, behind whose last tile up to 15 numbers are read and put back.
  /// - Parameters:
  ///   - source: the first channel, `[channels, height, width]`.
  ///   - height: the picture's rows.
  ///   - width: its columns.
  ///   - run: the tiles.
  ///   - channels: how many channels are taken.
  ///   - target: the place of the first tile.
  ///   - channelStride: from one channel there to the next.
  ///   - elementStride: from one element there to the next.
  public static func input(
    _ source: UnsafePointer<Float>, height: Int, width: Int, _ run: Run, channels: Int,
    into target: UnsafeMutablePointer<Float>, channelStride: Int, elementStride: Int
  ) {
    xai_winograd_input(
      source, height, width, xai_tile_run(row: run.row, column: run.column, tiles: run.tiles), channels, target,
      channelStride, elementStride)
  }

  /// Aᵀ m A + start of the sums m of `width` tiles, a multiple of 16; the outputs of tile t become numbers 2 t and 2 t
  /// + 1 of two rows.
  /// - Parameters:
  ///   - sums: element e of tile t at e · `elementStride` + t.
  ///   - elementStride: from one element to the next.
  ///   - width: the number of tiles.
  ///   - start: what is added to each output.
  ///   - rectifies: whether outputs below 0 become 0.
  ///   - upper: the upper row of outputs.
  ///   - lower: the lower one.
  public static func output(
    _ sums: UnsafePointer<Float>, elementStride: Int, width: Int, start: Float, rectifies: Bool,
    upper: UnsafeMutablePointer<Float>, lower: UnsafeMutablePointer<Float>
  ) {
    xai_winograd_output(sums, elementStride, width, start, rectifies ? 1 : 0, upper, lower)
  }
}
