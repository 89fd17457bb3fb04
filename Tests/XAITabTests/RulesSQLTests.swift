import Presentation
import Rules
import Tensors
import Testing

@Suite struct RulesSQLTests {
  @Test("SQLite decides as the rules do", .python("sqlite3"), arguments: RuleSet.Semantics.allCases)
  func decisions(semantics: RuleSet.Semantics) throws {
    let rules = try AwkwardRules(semantics)
    func cell(_ value: Double) -> String { value.isNaN ? "NULL" : "\(value)" }
    func word(_ value: Double) -> String {
      value.isNaN ? "NULL" : "'" + AwkwardRules.words[Int(value)].replacing("'", with: "''") + "'"
    }
    let values = (0..<rules.rows.rows).map { row in
      let cells = Array(rules.rows.row(row))
      return "(\(row), \(cell(cells[0])), \(word(cells[1])), \(cell(cells[2])))"
    }
    let script = #"""
      sqlite3, sys = map(__import__, ("sqlite3", "sys"))
      db = sqlite3.connect(":memory:")
      db.execute('CREATE TABLE t (i, "a ""b""", "c", "d")')
      parts = sys.stdin.read().split("\0")
      db.execute("INSERT INTO t VALUES " + parts[0])
      for row in db.execute("SELECT " + parts[1] + " FROM t ORDER BY i"): print(row[0])
      """#
    let input = values.joined(separator: ", ") + "\0" + RulesSQL(rules: rules.written).text
    let result = try Python.run(["-c", script], input: input)
    #expect(result.status == 0)
    #expect(result.output.split(separator: "\n").map(String.init) == rules.decisions)
  }
}
