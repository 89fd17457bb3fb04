extension SVG {
  /// A figure from what gnuplot's svg terminal wrote for a script, or nil if that has no end.
  ///
  /// Leaves out what a page must not hold twice or at all (the XML prolog, gnuplot's own title and description,
  /// point shapes nobody uses, the names of the plotted files), marks the ids, turns the colours into roles, lets the
  /// face of the text be the page's, and puts the texts in the places of their placeholders.
  init?(gnuplot drawing: String, of script: GnuplotScript) {
    guard let canvas = drawing.firstRange(of: "<g id=\"gnuplot_canvas\">"),
      let end = drawing.ranges(of: "</svg>").last, canvas.upperBound <= end.lowerBound
    else { return nil }
    var content = String(drawing[canvas.lowerBound..<end.lowerBound])
    content = content.removing(from: "<title>", through: "</title>")
    if !content.contains("<use xlink:href='#gpPt", after: "</defs>") {
      content = content.removing(from: "<defs>", through: "</defs>")
    }
    // Marks of no length, then groups that hold nothing.
    content = content.replacing(#/<path [^>]*d='[M0-9., -]*'/>/#, with: "")
    content = content.replacing(#/<g [^>]*>\s*</g>\s*/#, with: "")
    for quote in ["\"", "'"] {
      content = content.replacing(" id=\(quote)", with: " id=\(quote)\(Self.idMark)")
      content = content.replacing("href=\(quote)#", with: "href=\(quote)#\(Self.idMark)")
    }
    for ink in Ink.allCases {
      for mark in ink.marks { content = content.replacing(mark, with: ink.paint) }
    }
    content = Self.compacted(content)
    content = content.replacing(" font-family=\"Arial\"", with: "")
    content = content.replacing(" font-family=\"Arial:Bold\"", with: " font-weight=\"600\"")
    content = content.replacing("color=\"black\" ", with: "")
    content = content.replacing("\t", with: "")
    self.init(
      width: script.width, height: script.height, title: script.title, description: script.description,
      content: Self.filling(content, with: script.captions))
  }

  /// Makes one element of each text that stands alone in two groups, as most do: a figure of bars becomes half as long.
  private static func compacted(_ content: String) -> String {
    let texts = content.replacing(
      #/
        <g\ fill="none"[^>]*>\s*
        <g\ transform="translate\(([-0-9.]+),([-0-9.]+)\)"\ stroke="none"\ fill="([^"]*)"\ ([^>]*)>\s*
        <text>(t[0-9]+t)</text>\s*
        </g>\s*</g>
      /#
    ) { match in
      let rest = match.4.replacing("font-size=\"13.00\"", with: "").split(separator: " ").joined(separator: " ")
      let attributes = rest.isEmpty ? "" : " " + rest
      return "<text x=\"\(match.1)\" y=\"\(match.2)\" fill=\"\(match.3)\"\(attributes)>\(match.5)</text>"
    }
    return texts.replacing(" stroke-linecap=\"butt\" stroke-linejoin=\"miter\"", with: "").replacing(
      #/\n\s*\n/#, with: "\n")
  }

  /// Puts each caption, escaped, in the place of its name, which is the whole content of one `text` element.
  private static func filling(_ content: String, with captions: [String: GnuplotScript.Caption]) -> String {
    content.replacing(#/<text([^>]*)>(t[0-9]+t)</text>/#) { match in
      guard let caption = captions[String(match.2)] else { return String(match.0) }
      let full = caption.full == caption.shown ? "" : "<title>\(caption.full.markup)</title>"
      return "<text\(match.1)>\(caption.shown.markup)\(full)</text>"
    }
  }
}

extension String {
  /// This text without what stands from each `start` through the next `end`.
  fileprivate func removing(from start: String, through end: String) -> String {
    var result = ""
    var rest = self[...]
    while let opening = rest.firstRange(of: start),
      let closing = rest[opening.upperBound...].firstRange(of: end)
    {
      result += rest[..<opening.lowerBound]
      rest = rest[closing.upperBound...]
    }
    return result + rest
  }

  /// Whether `part` occurs after the first `mark`.
  fileprivate func contains(_ part: String, after mark: String) -> Bool {
    guard let mark = firstRange(of: mark) else { return false }
    return self[mark.upperBound...].contains(part)
  }
}
