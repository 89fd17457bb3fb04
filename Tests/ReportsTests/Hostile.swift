/// Texts that a CSV header or cell may hold and that would do harm where they are taken for commands or markup.
enum Hostile {
  /// The texts; those with a command would make the file `canary`.
  static func texts(canary: String) -> [String] {
    [
      "`touch \(canary)`", "$(touch \(canary))", "' . system('touch \(canary)') . '",
      "\" . system(\"touch \(canary)\")",
      "'\nsystem('touch \(canary)')\n'", "x\r\nsystem \"touch \(canary)\"\r\n", "|touch \(canary)", "< touch \(canary)",
      "@canary", "!touch \(canary)", "t0t", "'t1t'", "e\nexit\n", "\\", "\\'", "# comment", "a;b,c:d",
      "<script>alert(1)</script>", "</text></svg><script>x</script>", "]]>", "<!--", "&amp;", "&", "&#0;", "%s%n{}",
      "{/Symbol a}_b^c", "{{title}}", "{{{svg}}}", "{{> page}}", "\u{600}<img src=x onerror=alert(1)>",
      "\"\u{301} onmouseover=alert(1) x=\"", "'\u{20E3}", "<\u{338}b>", "\u{0}\u{1}\u{1B}[31m\u{7F}\u{9B}", "\u{FFFE}",
      "\u{202E}desrever", "👩‍👩‍👧‍👦 🇩🇪", "שלום עולם", "漢字", "a\u{301}\u{302}\u{303}", "", " ", "var(--rule)",
      "rgb(10,11,1)", "id=\"x\" href='#y'", "\u{1}gnuplot", String(repeating: "W", count: 10_000),
      "z" + String(repeating: "\u{300}", count: 10_000),
    ]
  }
}
