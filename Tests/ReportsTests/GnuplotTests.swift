import Foundation
import Testing

@testable import Reports

@Suite struct GnuplotTests {
  /// A drawing of as many points as it takes to fill a pipe many times over.
  static func points(_ count: Int) -> GnuplotScript {
    var script = GnuplotScript(width: 200, height: 100, title: "points", description: "")
    let values = (0..<count).flatMap { [Double($0), Double($0 % 7)] }
    script.layers = [GnuplotScript.Layer(values: values, columns: 2, style: "using 1:2 with points pointtype 7")]
    return script
  }

  @Test func missingProgramIsSaid() throws {
    try Program.inFolder { folder in
      #expect(throws: FigureError.gnuplotMissing) { try Gnuplot(searchPath: folder).draw(Self.points(1)) }
      #expect(throws: FigureError.gnuplotMissing) { try Gnuplot(searchPath: "").draw(Self.points(1)) }
    }
  }

  @Test func fileThatCannotBeRunIsNotTheProgram() throws {
    try Program.inFolder { folder in
      try Data("no program".utf8).write(to: URL(fileURLWithPath: folder + "/gnuplot"))
      #expect(throws: FigureError.gnuplotMissing) { try Gnuplot(searchPath: folder).draw(Self.points(1)) }
    }
  }

  @Test func laterFolderOfThePathIsSearched() throws {
    try Program.inFolder(script: "echo found me >&2; exit 3") { folder in
      #expect(throws: FigureError.gnuplotFailed(message: "found me")) {
        try Gnuplot(searchPath: "/nowhere::" + folder).draw(Self.points(1))
      }
    }
  }

  @Test(arguments: [
    ("exit 0", ""),
    ("cat > /dev/null", ""),
    ("cat > /dev/null; echo out of ink >&2; exit 1", "out of ink"),
    ("cat > /dev/null; echo '<svg'", "the drawing is not complete"),
    ("kill -9 $$", ""),
  ])
  func programThatFailsIsAnError(script: String, message: String) throws {
    try Program.inFolder(script: script) { folder in
      #expect(throws: FigureError.gnuplotFailed(message: message)) {
        try Gnuplot(searchPath: folder).draw(Self.points(1))
      }
    }
  }

  @Test func programThatCannotStartIsAnError() throws {
    try Program.inFolder { folder in
      try Program.write("#!/nowhere/interpreter\n", to: folder)
      let error = #expect(throws: FigureError.self) { try Gnuplot(searchPath: folder).draw(Self.points(1)) }
      #expect(
        error?.description.contains("cannot start \(folder)/gnuplot: No such file or directory") == true,
        "\(error as Any)")
    }
  }

  /// Several megabytes into a pipe that nobody reads raise SIGPIPE, which ends a process unless it is held back.
  @Test func programThatReadsNothingDoesNotEndThisProcess() throws {
    try Program.inFolder(script: "exec 0<&-; exit 0") { folder in
      var before = sigset_t()
      pthread_sigmask(SIG_BLOCK, nil, &before)
      #expect(throws: FigureError.gnuplotFailed(message: "")) {
        try Gnuplot(searchPath: folder).draw(Self.points(100_000))
      }
      var after = sigset_t()
      pthread_sigmask(SIG_BLOCK, nil, &after)
      #expect(sigismember(&after, SIGPIPE) == sigismember(&before, SIGPIPE))
      var pending = sigset_t()
      sigpending(&pending)
      #expect(sigismember(&pending, SIGPIPE) == 0)
    }
  }

  @Test(Program.needed) func badScriptIsAnErrorWithGnuplotsWords() throws {
    var script = Self.points(3)
    script.add("set bogus 1")
    let error = #expect(throws: FigureError.self) { try Gnuplot().draw(script) }
    #expect(error?.description.contains("gnuplot> set bogus 1") == true)
    #expect(error?.description.contains("unrecognized option") == true)
    #expect(error?.description.contains("invalid command") == false)
  }

  @Test(Program.needed) func badStyleIsAnError() {
    var script = Self.points(3)
    script.layers[0].style = "using 1:2 with nosuchstyle"
    #expect(throws: FigureError.self) { try Gnuplot().draw(script) }
  }

  @Test(Program.needed) func pointsKeepTheirShapesUnderPrefixedNames() throws {
    let svg = try Gnuplot().draw(Self.points(5))
    let elements = try XMLElements(svg.markup(idPrefix: "a"))
    let uses = elements.all("use").compactMap { $0["xlink:href"] }
    #expect(uses.filter { $0 == "#a-gpPt6" }.count == 5)
    #expect(Set(uses.map { String($0.dropFirst()) }).isSubset(of: elements.ids))
    #expect(elements.ids.allSatisfy { $0.hasPrefix("a-") })
  }

  @Test(Program.needed) func manyAtOnceDrawWhatOneDraws() async throws {
    let alone = try Gnuplot().draw(Self.points(500))
    try await withThrowingTaskGroup(of: SVG.self) { group in
      for _ in 0..<12 { group.addTask { try Gnuplot().draw(Self.points(500)) } }
      for try await drawing in group { #expect(drawing == alone) }
    }
  }

  @Test(Program.needed) func nothingIsLeftBehindAndUserSettingsAreNotRead() throws {
    try Program.inFolder { folder in
      let canary = folder + "/canary"
      try Data("system('touch \(canary)')\n".utf8).write(to: URL(fileURLWithPath: folder + "/.gnuplot"))
      let real = try #require(Program.path)
      try Program.write("#!/bin/sh\ncd \"${0%/*}\"; HOME=\"$PWD\" exec '\(real)' \"$@\"\n", to: folder)
      let drawing = try Gnuplot(searchPath: folder).draw(Self.points(5))
      #expect(try drawing == Gnuplot().draw(Self.points(5)))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == [".gnuplot", "gnuplot"])
    }
  }
}
