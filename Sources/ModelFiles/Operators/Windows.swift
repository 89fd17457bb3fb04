import Networks

extension Operators {
  /// Windows over pictures and what else is known as a layer alone.
  static let windows: [Operator] = [
    Operator("Conv", inputs: .between(2, 3), picture: .convolution),
    Operator("MaxPool", inputs: 1, picture: .maxPool),
    Operator("AveragePool", inputs: 1, picture: .averagePool),
    Operator("GlobalAveragePool", inputs: 1, picture: .layer(GlobalAveragePool())),
    Operator("LRN", inputs: 1, picture: .localNormalization),
    Operator("HardSwish", inputs: 1, picture: .hardSwish),
  ]
}
