extension Page {
  /// The page as HTML of at most `limit` bytes: where it is longer, its longest parts are left out, each with a note in
  /// its place, until it is not.
  ///
  /// - Parameter limit: the most bytes.
  /// - Returns: the text, and the headings of the parts that it lacks.
  /// - Throws: `MustacheTemplate.ParserError` if a template of this module is malformed.
  public func html(limit: Int) throws -> (html: String, left: [String]) {
    var page = self
    var left: [String] = []
    var isLeft: Set<Int> = []
    while true {
      let html = try page.html()
      let size = html.utf8.count
      guard size > limit else { return (html, left) }
      let sizes = try page.sections.map { section in
        try Page(title: "", headline: "", sections: [section]).html().utf8.count
      }
      let whole = sizes.indices.filter { !isLeft.contains($0) }
      guard let longest = whole.max(by: { sizes[$0] < sizes[$1] }) else { return (html, left) }
      isLeft.insert(longest)
      left.append(page.sections[longest].heading)
      page.sections[longest].blocks = [
        .note("This part was left out: the page would have \(size) bytes, and \(limit) are the most.")
      ]
    }
  }
}
