import DataFrames
import Testing

@Suite struct ReadNoteTests {
  @Test func notesAreOneSentenceEach() {
    let renamings = (2...8).map { ReadNote.Renaming(from: "a", to: "a_\($0)") }
    let notes: [(ReadNote, String)] = [
      (.notUTF8(line: 3), "not UTF-8 on line 3; read as Windows-1252"),
      (.skippedComments(count: 1), "skipped a line at the top that begins with #"),
      (.skippedComments(count: 2), "skipped 2 lines at the top that begin with #"),
      (.unwrappedRecords, "every record is one quoted field; read what stands inside the quotes"),
      (.leftOutRecords(count: 1, lines: [3]), "left out a bad record, on line 3; rows are numbered without it"),
      (
        .leftOutRecords(count: 2, lines: [3, 9]),
        "left out 2 bad records, on lines 3, 9; rows are numbered without them"
      ),
      (
        .leftOutRecords(count: 7, lines: [3, 4, 5, 6, 9]),
        "left out 7 bad records, the first on lines 3, 4, 5, 6, 9; rows are numbered without them"
      ),
      (
        .rowNames(column: "row_names"),
        "the header is one name short; the first column, of row names, is called \"row_names\""
      ),
      (.transposed, "transposed: each record is a column"),
      (
        .renamed(columns: [renamings[0]]), "names that stand in the header more than once: \"a\" is called \"a_2\""
      ),
      (
        .renamed(columns: renamings),
        "names that stand in the header more than once: \"a\" is called \"a_2\", \"a\" is called \"a_3\", "
          + "\"a\" is called \"a_4\", \"a\" is called \"a_5\", \"a\" is called \"a_6\" and 2 more"
      ),
      (.unnamed(columns: ["column_1"]), "the header has no name for \"column_1\""),
      (.leadingZeros(columns: ["zip"]), "numbers with leading zeros are kept as words: \"zip\""),
      (
        .digitGroups(columns: ["a", "b"]),
        "commas between groups of three digits are read as part of the number: \"a\", \"b\""
      ),
      (.decimalCommas(columns: ["a"]), "commas are read as decimal points: \"a\""),
      (.codeNA(columns: ["land"]), "NA is a code like the others, not a missing cell: \"land\""),
      (
        .oddTokens(column: "a", count: 2, token: "<5", tokenCount: 2, line: 9),
        "column \"a\" is numbers, but for \"<5\" (2 times, first on line 9), taken as missing; --na '<5' says so, "
          + "--categorical 'a' keeps it"
      ),
      (
        .oddTokens(column: "a", count: 3, token: "x", tokenCount: 1, line: 9),
        "column \"a\" is numbers, but for \"x\" (once, on line 9) and 2 other cells, taken as missing; --na 'x' says "
          + "so, --categorical 'a' keeps it"
      ),
    ]
    for (note, text) in notes { #expect(note.description == text) }
  }
}
