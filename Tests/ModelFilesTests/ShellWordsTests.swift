import ModelFiles
import Testing

@Suite struct ShellWordsTests {
  @Test(arguments: [
    ("python3 model.py", ["python3", "model.py"]), ("  a   b ", ["a", "b"]), (#"a 'b c' "d e""#, ["a", "b c", "d e"]),
    (#"a\ b "\"\$\x" '\'"#, ["a b", #""$\x"#, #"\"#]), ("a '' $HOME *", ["a", "", "$HOME", "*"]),
    (#"--x="1 2"'3'"#, ["--x=1 23"]), ("", []),
  ]) func wordsAreThoseOfAShell(line: String, words: [String]) {
    #expect(ShellWords.split(line) == words)
  }

  @Test(arguments: ["a 'b", "a \"b", #"a \"#]) func whatIsNotClosedIsNoCommand(line: String) {
    #expect(ShellWords.split(line) == nil)
  }
}
