extension TreeEnsemble {
  /// The same trees with other values in their leaves.
  /// - Parameter transform: makes a leaf's new values of its `outputs` old ones, as many for every leaf.
  /// - Returns: trees of the same tests, with as many outputs as `transform` gives.
  public func mapLeaves(_ transform: (ArraySlice<Double>) -> [Double]) -> TreeEnsemble {
    var result = self
    var width = outputs
    for index in result.trees.indices {
      let values = result.trees[index].leafValues
      var changed: [Double] = []
      for start in stride(from: 0, to: values.count, by: outputs) {
        let leaf = transform(values[start..<start + outputs])
        width = leaf.count
        changed += leaf
      }
      result.trees[index].leafValues = changed
    }
    return TreeEnsemble(trees: result.trees, columns: columns, outputs: width)
  }
}
