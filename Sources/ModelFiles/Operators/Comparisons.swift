extension Operators {
  /// Comparisons, and operations on truth values.
  static let comparisons: [Operator] = [
    Operator("Less", inputs: 2, columns: .functionByNumber, operation: comparison { $0 < $1 }),
    Operator("LessOrEqual", inputs: 2, columns: .functionByNumber, operation: comparison { $0 <= $1 }),
    Operator("Greater", inputs: 2, columns: .functionByNumber, operation: comparison { $0 > $1 }),
    Operator("GreaterOrEqual", inputs: 2, columns: .functionByNumber, operation: comparison { $0 >= $1 }),
    Operator("Equal", inputs: 2, columns: .functionByNumber) { _ in
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
    Operator("And", inputs: 2, operation: logical { $0 && $1 }),
    Operator("Or", inputs: 2, operation: logical { $0 || $1 }),
    Operator("Xor", inputs: 2, operation: logical { $0 != $1 }),
    Operator("Not", inputs: 1, columns: .function) { _ in
      { inputs in
        let input = try required(inputs, 0)
        return [ONNXTensor(shape: input.shape, elements: .booleans(try input.booleans().map { !$0 }))]
      }
    },
    Operator("IsNaN", inputs: 1, columns: .function) { _ in
      { inputs in
        let input = try required(inputs, 0)
        return [ONNXTensor(shape: input.shape, elements: .booleans(try input.doubles().map { $0.isNaN }))]
      }
    },
    Operator("Where", inputs: 3, columns: chosenColumns) { _ in
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

  /// A choice by one column between constants and columns of the same origin.
  private static let chosenColumns = ColumnRule { step in
    guard step.node.inputs.count == 3, let condition = step.columns(0), condition.count == 1,
      let column = condition[0]?.column
    else { return nil }
    for place in 1...2 {
      if let constant = step.constant(place), constant.count == 1 { continue }
      guard let part = step.columns(place), part.count == 1, part[0]?.column == column else { return nil }
    }
    return [ColumnOrigins.Origin(column: column, isItself: false, isMonotone: false)]
  }

  private static func comparison(_ holds: @escaping @Sendable (Double, Double) -> Bool) -> OperationMaker {
    pairs({ try $0.doubles() }, holds)
  }

  private static func logical(_ holds: @escaping @Sendable (Bool, Bool) -> Bool) -> OperationMaker {
    pairs({ try $0.booleans() }, holds)
  }

  /// What holds of each pair of elements of two tensors in their common shape.
  private static func pairs<Element>(
    _ elements: @escaping @Sendable (ONNXTensor) throws -> [Element],
    _ holds: @escaping @Sendable (Element, Element) -> Bool
  ) -> OperationMaker {
    { _ in
      { inputs in
        let (first, second) = try Broadcasting.align(try required(inputs, 0), try required(inputs, 1))
        return [
          ONNXTensor(
            shape: first.shape,
            elements: .booleans(zip(try elements(first), try elements(second)).map { holds($0, $1) }))
        ]
      }
    }
  }
}
