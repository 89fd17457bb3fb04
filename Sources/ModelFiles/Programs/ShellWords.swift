/// A command line cut into words as a shell would, but nothing in it is expanded and no shell runs.
public enum ShellWords {
  /// The words: blanks part them, single quotes keep all, double quotes keep all but a quote, a backslash, a dollar or
  /// a backquote behind a backslash, and a backslash keeps what follows. Nil where a quote is not closed or nothing
  /// follows a backslash.
  public static func split(_ line: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var rest = line[...]
    while let character = rest.popFirst() {
      if character == "\\" && quote != "'" {
        guard let next = rest.popFirst() else { return nil }
        if quote == "\"" && !"\"\\$`".contains(next) { word = (word ?? "") + "\\" }
        word = (word ?? "") + String(next)
      } else if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character.isWhitespace {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if quote != nil { return nil }
    if let done = word { words.append(done) }
    return words
  }
}
