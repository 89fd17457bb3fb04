extension Operators {
  /// Comparisons, and operations on truth values.
  static let comparisons: [String: OperationMaker] = [
    "Less": comparison { $0 < $1 },
    "LessOrEqual": comparison { $0 <= $1 },
    "Greater": comparison { $0 > $1 },
    "GreaterOrEqual": comparison { $0 >= $1 },
    "Equal": { _ in
      { inputs in
        let (first, second) = try Broadcasting.align(try required(inputs, 0), try required(inputs, 1))
        if case .strings(let one) = first.elements, case .strings(let other) = second.elements {
          return [ONNXTensor(shape: first.shape, elements: .booleans(zip(one, other).map { $0 == $1 }))]
        }
        if case .integers(let one) = first.elements, case .integers(let other) = second.elements {
          return [ONNXTensor(shape: first.shape, elements: .booleans(zip(one, other).map { $0 == $1 }))]
        }
        return [
          ONNXTensor(
            shape: first.shape, elements: .booleans(zip(try first.doubles(), try second.doubles()).map { $0 == $1 }))
        ]
      }
    },
    "And": logical { $0 && $1 },
    "Or": logical { $0 || $1 },
    "Xor": logical { $0 != $1 },
    "Not": { _ in
      { inputs in
        let input = try required(inputs, 0)
        return [ONNXTensor(shape: input.shape, elements: .booleans(try input.booleans().map { !$0 }))]
      }
    },
    "IsNaN": { _ in
      { inputs in
        let input = try required(inputs, 0)
        return [ONNXTensor(shape: input.shape, elements: .booleans(try input.doubles().map { $0.isNaN }))]
      }
    },
    "Where": { _ in
      { inputs in
        let (condition, yes, no) = (try required(inputs, 0), try required(inputs, 1), try required(inputs, 2))
        let shape = try Broadcasting.shape(try Broadcasting.shape(condition.shape, yes.shape), no.shape)
        let chosen = try Broadcasting.expand(condition, to: shape).booleans()
        // The two stand one behind the other; each element is taken from one of them.
        let both = try concatenate(
          [Broadcasting.expand(yes, to: shape), Broadcasting.expand(no, to: shape)].map {
            try $0.reshaped([chosen.count])
          }, axis: 0)
        return [
          both.gathering(chosen.indices.map { chosen[$0] ? $0 : $0 + chosen.count }, shape: shape)
        ]
      }
    },
  ]

  private static func comparison(_ holds: @escaping @Sendable (Double, Double) -> Bool) -> OperationMaker {
    { _ in
      { inputs in
        let (first, second) = try Broadcasting.align(try required(inputs, 0), try required(inputs, 1))
        return [
          ONNXTensor(
            shape: first.shape,
            elements: .booleans(zip(try first.doubles(), try second.doubles()).map { holds($0, $1) }))
        ]
      }
    }
  }

  private static func logical(_ holds: @escaping @Sendable (Bool, Bool) -> Bool) -> OperationMaker {
    { _ in
      { inputs in
        let (first, second) = try Broadcasting.align(try required(inputs, 0), try required(inputs, 1))
        return [
          ONNXTensor(
            shape: first.shape,
            elements: .booleans(zip(try first.booleans(), try second.booleans()).map { holds($0, $1) }))
        ]
      }
    }
  }
}
