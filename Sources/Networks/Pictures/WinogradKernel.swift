import Tensors

/// The weights of a convolution of 3 x 3, or of its way back, transformed for `WinogradTransform`, as the left factors of its products: for
/// each group and each of the 16 elements, panels of eight output channels, [channels of a group, 8].
struct WinogradKernel: Sendable {
  /// The output channels of a group.
  let rows: Int
  /// The input channels of a group.
  let inner: Int
  private let panels: Tensor

  /// The panels of a group's element.
  var blocks: Int { (rows + PanelProduct.rows - 1) / PanelProduct.rows }

  /// Where the weights of a kernel lie.
  private struct Places {
    /// From one output channel to the next.
    let row: Int
    /// From one input channel to the next.
    let channel: Int
    /// The kernel's first element.
    let start: Int
    /// From one element to the next.
    let tap: Int
  }

  /// G W Gᵀ, for W `[outputs, inputs / groups, 3, 3]`.
  init(_ weight: Tensor, groups: Int, workers: Workers) {
    let inner = weight.shape[1]
    self.init(
      weight, rows: weight.shape[0] / groups, inner: inner, groups: groups,
      Places(row: inner * 9, channel: 9, start: 0, tap: 1), workers: workers)
  }

  /// G W Gᵀ with inputs and outputs exchanged and the windows turned around: the convolution of the way back.
  init(transposed weight: Tensor, groups: Int, workers: Workers) {
    let rows = weight.shape[1]
    self.init(
      weight, rows: rows, inner: weight.shape[0] / groups, groups: groups,
      Places(row: 9, channel: rows * 9, start: 8, tap: -1), workers: workers)
  }

  private init(_ weight: Tensor, rows: Int, inner: Int, groups: Int, _ places: Places, workers: Workers) {
    typealias Lanes = SIMD8<Float>
    self.rows = rows
    self.inner = inner
    let blocks = (rows + PanelProduct.rows - 1) / PanelProduct.rows
    let size = inner * PanelProduct.rows
    panels = weight.withSharedNumbers { weight in
      Tensor(
        shape: [groups, WinogradTransform.elements, blocks, size], parts: groups * blocks, workers: workers
      ) { part, target in
        let (group, block) = (part / blocks, part % blocks)
        let first = block * PanelProduct.rows
        let source = weight.start + group * rows * inner * 9 + first * places.row + places.start
        let result = UnsafeMutableRawPointer(target.start + (group * WinogradTransform.elements * blocks + block) * size)
        for channel in 0..<inner {
          WinogradTransform.kernel { row, column in
            let element = source + channel * places.channel + (row * 3 + column) * places.tap
            var lanes = Lanes.zero
            for row in 0..<min(PanelProduct.rows, rows - first) { lanes[row] = element[row * places.row] }
            return lanes
          } _: { element, value in
            result.storeBytes(
              of: value, toByteOffset: (element * blocks * size + channel * PanelProduct.rows) * MemoryLayout<Float>.size,
              as: Lanes.self)
          }
        }
      }
    }
  }

  /// Lends the panels to threads.
  func withPanels<Result>(_ body: (Panels) throws -> Result) rethrows -> Result {
    try panels.withSharedNumbers { try body(Panels(start: $0, blocks: blocks, size: inner * PanelProduct.rows)) }
  }

  /// The panels, lent.
  struct Panels: Sendable {
    fileprivate let start: SharedNumbers
    fileprivate let blocks: Int
    fileprivate let size: Int

    /// The panel of a group's element for a block of eight output channels.
    func panel(group: Int, element: Int, block: Int) -> UnsafePointer<Float> {
      start.start + ((group * WinogradTransform.elements + element) * blocks + block) * size
    }
  }
}
