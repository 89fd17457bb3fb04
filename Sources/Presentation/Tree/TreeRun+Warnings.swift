import DataFrames
public import Runs
import Trees

extension TreeRun {
  /// What the tree is of.
  var responseName: String { explained == nil ? table.targetName : "the model's \(table.targetName)" }

  /// What a reader must know, most important first.
  public var warnings: [String] {
    var warnings: [String] = []
    if tree.leafCount == 1 {
      warnings.append("the tree has no test: no column tells the rows apart, or its size was limited too much")
    }
    let missing = incompleteRows
    if missing > 0 {
      warnings.append(
        "\(Plural.text(missing, "row has", "rows have")) missing cells, which go to the side of a test where "
          + "they fit better"
      )
    }
    return warnings
  }
}

extension C45Run {
  /// What the tree is of.
  var responseName: String { explained == nil ? table.targetName : "the model's \(table.targetName)" }

  /// What a reader must know, most important first.
  public var warnings: [String] {
    var warnings: [String] = []
    if tree.nodes.count == 1 {
      warnings.append(
        "the tree has no test: no column tells the rows apart by more than chance, or its size was limited")
    }
    if incompleteRows > 0 {
      warnings.append(
        "\(Plural.text(incompleteRows, "row has", "rows have")) missing cells; where one is tested, the row goes "
          + "to every branch with a part of its weight")
    }
    return warnings
  }
}
