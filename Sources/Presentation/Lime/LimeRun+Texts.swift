public import Runs
public import Surrogates

extension LimeRun {
  /// The target's value in a row, as the file has it; nil where it is missing.
  public func actual(_ row: Row) -> String? { table.actual(row.number - firstRow) }

  /// A term's condition in words.
  public func condition(_ term: LocalExplanation.Term, _ row: Row) -> String {
    ConditionText.text(term.condition, features[term.column], value: value(row, term.column))
  }
}
