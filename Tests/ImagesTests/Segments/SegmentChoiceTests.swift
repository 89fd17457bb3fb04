import Testing

@testable import Images

@Suite struct SegmentChoiceTests {
  private static func told(
    _ segments: String? = nil, kernelSize: Double? = nil, count: Int? = nil, in context: OptionContext = .test()
  ) throws -> SegmentChoice {
    var values = OptionValues()
    values[MethodOption<String>("segments", "")] = segments
    values[MethodOption<Double>("kernel-size", "")] = kernelSize
    values[MethodOption<Int>("segment-count", "")] = count
    return try PictureLIME.told(values, in: context).segments
  }

  /// The picture of the tests has fewer than 64 pixels along a side.
  @Test func waysOfCuttingAreChosenByName() throws {
    #expect(try Self.told("quickshift") == .quickshift(Quickshift(kernelSize: 1)))
    #expect(try Self.told("quickshift", kernelSize: 3) == .quickshift(Quickshift(kernelSize: 3)))
    #expect(try Self.told("slic") == .slic(SLIC()) && Self.told("grid") == .grid(GridSegments()))
    #expect(try Self.told("slic", count: 7) == .slic(SLIC(count: 7)))
    #expect(try Self.told("grid", count: 7) == .grid(GridSegments(cells: 7)))
    #expect(
      try Self.told("drawn.png", count: 7)
        == .drawn(SegmentFile(Picture(width: 1, height: 1, channels: 1, samples: [0]))))
  }

  @Test func whatDoesNotGoTogetherIsSaid() {
    #expect(throws: OptionError("--kernel-size goes with --segments quickshift")) {
      try Self.told("slic", kernelSize: 3)
    }
    #expect(throws: OptionError("--segment-count goes with --segments slic or grid; quickshift finds its own")) {
      try Self.told("quickshift", count: 3)
    }
    #expect(
      throws: OptionError(
        "there is no way of cutting pictures called \"voronoi\": they are quickshift, slic, grid, or a PNG file")
    ) { try Self.told("voronoi") }
  }

  @Test func drawingsOfAnotherSizeAreStretchedAndThatIsSaid() throws {
    var notes: [String] = []
    _ = try Self.told("drawn.png", in: .test { notes.append($0) })
    #expect(notes.count == 1 && notes[0].hasPrefix("drawn.png: 1 x 1 pixels of segments were stretched over"))
    notes = []
    _ = try Self.told("drawn.png", in: .test(drawing: InsidePictures.picture) { notes.append($0) })
    #expect(notes.isEmpty)
  }
}
