import Networks

/// What keeps a method from explaining a network.
public enum SaliencyError: Error, Equatable, CustomStringConvertible {
  /// The method looks inside a network, and the model can only be asked.
  case needsNetwork
  /// A setting of the method that cannot be.
  case setting(String)
  /// The method needs a layer that is a map of places, and the network has none where it looks.
  case noPlaces(method: String)
  /// The node's output is no map of places.
  case notAMap(layer: String, shape: [Int])
  /// A layer whose inputs must not be negative has some that are.
  case negativeInput(method: String, layer: String)
  /// The node does not lie below another.
  case notBelow(layer: String, other: String)
  /// Other ways lead by a layer that all should pass.
  case isPassedBy(layer: String)
  /// The network has no layer with weights.
  case noWeights(method: String)
  /// A layer of a kind that the method has no rule for.
  case noRule(method: String, layer: String, kind: String)

  /// The error in one sentence.
  public var description: String {
    switch self {
    case .needsNetwork:
      "this needs a network's gradients, and the model can only be asked; occlusion, rise and lime only ask"
    case .setting(let reason): reason
    case .noPlaces(let method): "\(method) needs a convolution, and the network has none"
    case .notAMap(let layer, let shape):
      "the layer \"\(layer)\" gives \(shape.map { "\($0)" }.joined(separator: " x ")), which is no map of places"
    case .negativeInput(let method, let layer):
      "\(method) needs inputs that are not negative, and those of the layer \"\(layer)\" are; choose a --layer above it"
    case .notBelow(let layer, let other): "the layer \"\(layer)\" does not lie below \"\(other)\""
    case .isPassedBy(let layer): "not all ways to the output lead through the layer \"\(layer)\""
    case .noWeights(let method): "\(method) needs a layer with weights, and the network has none"
    case .noRule(let method, let layer, let kind):
      "\(method) has no rule for the layer \"\(layer)\", which is of the kind \(kind)"
    }
  }
}

extension Passage {
  /// What a method says of a layer that it has no rule for.
  func unknown(to method: String) -> SaliencyError {
    .noRule(method: method, layer: name, kind: "\(type(of: layer))")
  }
}
