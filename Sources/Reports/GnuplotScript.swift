/// What gnuplot is to draw: commands, numbers, and the texts that it never gets to see.
///
/// gnuplot runs what stands between backticks in a command or in double quotes as a program, and takes the rest of
/// a quoted text for commands after a line break. So nothing that comes from data is sent to it: a text is sent as a
/// placeholder such as `'t3t'`, and the text itself is put in its place, escaped, in the finished drawing.
struct GnuplotScript {
  /// One element of the plot: `values`, row by row in `columns` columns, drawn as `style` says.
  struct Layer {
    var values: [Double]
    var columns: Int
    var style: String
  }

  /// A text of the drawing: what is shown, and what a pointer at rest on it shows if that differs.
  struct Caption: Equatable {
    var shown: String
    var full: String
  }

  /// The size of the drawing in pixels.
  let width: Int
  let height: Int
  /// What the drawing is, for those who do not see it.
  let title: String
  let description: String
  /// The elements of the plot, from back to front. One without values is left out.
  var layers: [Layer] = []
  private var commands: [String] = []
  private(set) var captions: [String: Caption] = [:]

  init(width: Int, height: Int, title: String, description: String) {
    self.width = width
    self.height = height
    self.title = title
    self.description = description
  }

  /// Adds a command, made of constants, numbers and placeholders only.
  mutating func add(_ command: String) {
    commands.append(command)
  }

  /// A quoted placeholder that may stand in a command for a text from anywhere.
  mutating func placeholder(for shown: String, full: String? = nil) -> String {
    let name = "t\(captions.count)t"
    captions[name] = Caption(shown: shown, full: full ?? shown)
    return "'\(name)'"
  }

  /// The commands as gnuplot reads them; the numbers of `drawnLayers` follow.
  var text: String {
    let setup = [
      "set encoding utf8", "set terminal svg size \(width),\(height) noenhanced font 'Arial,13'",
      "set style fill solid 1 noborder", "set border 0", "unset key",
    ]
    let plot = "plot " + drawnLayers.map { "'-' " + $0.style + " notitle" }.joined(separator: ", ")
    return (setup + commands + [plot]).map { $0 + "\n" }.joined()
  }

  /// The layers that have something to draw.
  var drawnLayers: [Layer] { layers.filter { !$0.values.isEmpty } }
}
