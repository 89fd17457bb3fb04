extension SaliencyMap {
  /// A map of given values, row by row, such as one that was saved.
  public init(values: [Float], height: Int, width: Int, score: Double, layer: Int) {
    precondition(values.count == height * width, "SaliencyMap: \(values.count) values, \(height) x \(width)")
    self.score = score
    self.layer = layer
    self.height = height
    self.width = width
    self.values = values
  }
}
