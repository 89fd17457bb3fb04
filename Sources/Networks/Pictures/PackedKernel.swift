import Tensors

/// The weights of a convolution, or of its way back, as the left factor of its products: for each group, panels of
/// eight output channels, [channels of a group · taps, 8].
struct PackedKernel: Sendable {
  /// The output channels of a group.
  let rows: Int
  /// The weights of an output.
  let inner: Int
  private let panels: Tensor

  /// The panels of a group.
  var blocks: Int { PanelProduct.blocks(rows) }

  /// f(W), for W `[outputs, inputs / groups, height, width]`.
  init(_ weight: Tensor, groups: Int, part: WeightPart, workers: Workers) {
    let rows = weight.shape[0] / groups
    let inner = weight.elements.count / weight.shape[0]
    self.init(rows: rows, inner: inner, groups: groups, workers: workers) { group, block, target in
      weight.elements.withUnsafeBufferPointer { weight in
        for row in 0..<min(PanelProduct.rows, rows - block * PanelProduct.rows) {
          let source = (group * rows + block * PanelProduct.rows + row) * inner
          for place in 0..<inner { target[place * PanelProduct.rows + row] = part.of(weight[source + place]) }
        }
      }
    }
  }

  /// f(W) with inputs and outputs exchanged and the windows turned around: the convolution of the way back.
  init(transposed weight: Tensor, groups: Int, part: WeightPart, workers: Workers) {
    let (outputs, rows) = (weight.shape[0] / groups, weight.shape[1])
    let taps = weight.shape[2] * weight.shape[3]
    self.init(rows: rows, inner: outputs * taps, groups: groups, workers: workers) { group, block, target in
      weight.elements.withUnsafeBufferPointer { weight in
        for output in 0..<outputs {
          for row in 0..<min(PanelProduct.rows, rows - block * PanelProduct.rows) {
            let source = ((group * outputs + output) * rows + block * PanelProduct.rows + row) * taps
            for tap in 0..<taps {
              target[(output * taps + tap) * PanelProduct.rows + row] = part.of(weight[source + taps - 1 - tap])
            }
          }
        }
      }
    }
  }

  private init(
    rows: Int, inner: Int, groups: Int, workers: Workers,
    _ fill: @Sendable (_ group: Int, _ block: Int, _ target: UnsafeMutablePointer<Float>) -> Void
  ) {
    self.rows = rows
    self.inner = inner
    let blocks = PanelProduct.blocks(rows)
    let size = inner * PanelProduct.rows
    panels = Tensor(shape: [groups * blocks, size], parts: groups * blocks, workers: workers) { part, target in
      let panel = target.start + part * size
      if rows % PanelProduct.rows != 0 { panel.initialize(repeating: 0, count: size) }
      fill(part / blocks, part % blocks, panel)
    }
  }

  /// Lends the panels to threads.
  func withPanels<Result>(_ body: (SharedNumbers) throws -> Result) rethrows -> Result {
    try panels.withSharedNumbers(body)
  }
}
