import DataFrames
import Foundation
import Learning
import Tensors

@testable import Trees

/// Trees of Weka's J48, with what they were grown on.
struct C45References: Decodable {
  struct Table: Decodable {
    let name: String
    /// The number of categories of each column, 0 for numbers; the target's is the last.
    let kinds: [Int]
    /// Rows of cells, the class last.
    let rows: [[Double?]]
    /// Rows that the trees have not seen.
    let fresh: [[Double?]]
    let trees: [Tree]
  }

  struct Tree: Decodable {
    /// J48's command line.
    let options: String
    let leaves: Int
    let size: Int
    /// Per node, a parent before its branches: column or -1, threshold, number of branches, weight of each class.
    let nodes: [[Double]]
    /// The shares of the classes, for the first rows and for all fresh ones.
    let predictions: [[Double]]
  }

  let tables: [Table]

  static func load() throws -> C45References {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../References/c45.json")
    return try JSONDecoder().decode(C45References.self, from: Data(contentsOf: file))
  }
}

extension C45References.Table {
  /// The rows to learn from.
  var data: Dataset {
    let codes = rows.map { Int(($0.last ?? nil) ?? 0) }
    let names = (0..<(kinds.last ?? 0)).map { "class \($0)" }
    return Dataset(features: features, rows: Self.matrix(rows), target: .classes(codes, names: names))
  }

  var features: [Feature] {
    kinds.dropLast().enumerated().map { place, kind in
      Feature(
        name: "c\(place)", kind: kind == 0 ? .number : .category(levels: (0..<kind).map { "level \($0)" }))
    }
  }

  /// Cells without the class; missing ones are NaN.
  static func matrix(_ rows: [[Double?]]) -> Matrix {
    let width = (rows.first?.count ?? 1) - 1
    return Matrix(
      rows: rows.count, columns: width, elements: rows.flatMap { $0.dropLast().map { $0 ?? .nan } })
  }
}

extension C45References.Tree {
  /// The same choices.
  var learner: C45 {
    var learner = C45()
    let words = options.split(separator: " ").map(String.init)
    for (place, word) in words.enumerated() {
      switch word {
      case "-U": learner.isPruned = false
      case "-S": learner.raisesSubtrees = false
      case "-C": learner.errors = PessimisticErrors(confidence: Double(words[place + 1]) ?? .nan)
      case "-M": learner.minimumCases = Double(words[place + 1]) ?? .nan
      default: break
      }
    }
    return learner
  }
}

extension C45Tree {
  /// The indices of the nodes, a parent before its branches, the first branch's nodes before the second's.
  var preorder: [Int] {
    var result: [Int] = []
    var waiting = [0]
    while let next = waiting.popLast() {
      result.append(next)
      waiting += nodes[next].children.reversed()
    }
    return result
  }
}
