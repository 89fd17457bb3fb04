import Tensors

/// The weights of a convolution of 3 x 3, or of its way back, transformed for `WinogradTransform`, as the left factors
/// of its products: for each group, block of eight output channels and each of the 16 elements, a panel [channels of a
/// group, 8].
struct WinogradKernel: Sendable {
  /// The output channels of a group.
  let rows: Int
  /// The input channels of a group.
  let inner: Int
  private let panels: Tensor

  /// The panels of a group's element.
  var blocks: Int { PanelProduct.blocks(rows) }

  /// G W Gᵀ, for W `[outputs, inputs / groups, 3, 3]`.
  init(_ weight: Tensor, groups: Int, workers: Workers) {
    let inner = weight.shape[1]
    self.init(
      weight, rows: weight.shape[0] / groups, inner: inner, groups: groups,
      WinogradTransform.KernelPlaces(start: 0, row: inner * 9, channel: 9, step: 1), workers: workers)
  }

  /// G W Gᵀ with inputs and outputs exchanged and the windows turned around: the convolution of the way back.
  init(transposed weight: Tensor, groups: Int, workers: Workers) {
    let rows = weight.shape[1]
    self.init(
      weight, rows: rows, inner: weight.shape[0] / groups, groups: groups,
      WinogradTransform.KernelPlaces(start: 8, row: 9, channel: rows * 9, step: -1), workers: workers)
  }

  private init(
    _ weight: Tensor, rows: Int, inner: Int, groups: Int, _ places: WinogradTransform.KernelPlaces, workers: Workers
  ) {
    self.rows = rows
    self.inner = inner
    let blocks = PanelProduct.blocks(rows)
    let size = inner * PanelProduct.rows
    panels = weight.withSharedNumbers { weight in
      Tensor(
        shape: [groups, blocks, WinogradTransform.elements, size], parts: groups * blocks, workers: workers
      ) { part, target in
        let first = part % blocks * PanelProduct.rows
        WinogradTransform.kernel(
          weight.start + part / blocks * rows * inner * 9 + first * places.row, places,
          rows: min(PanelProduct.rows, rows - first), channels: inner,
          into: target.start + part * WinogradTransform.elements * size, elementStride: size)
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
      start.start + ((group * blocks + block) * WinogradTransform.elements + element) * size
    }
  }
}
