import Foundation
import Testing

/// What the options that say which file to read and how come to.
@Suite struct DataOptionsTests {
  /// Writes an IDX file of bytes.
  private static func write(
    _ sizes: [UInt8], _ cells: [UInt8], to name: String, in folder: URL
  ) throws -> String {
    let file = folder.appending(path: name)
    try Data([0, 0, 8, UInt8(sizes.count)] + sizes.flatMap { [0, 0, 0, $0] } + cells).write(to: file)
    return file.path
  }

  @Test func picturesAreATableOfTheirPixels() throws {
    try Program.withFolder { folder in
      // The upper left pixel tells the two labels apart.
      let cells = (0..<60).flatMap { picture -> [UInt8] in
        [picture % 2 == 0 ? 9 : 200, UInt8(picture * 7 % 50), 3, 0]
      }
      let pictures = try Self.write([60, 2, 2], cells, to: "pictures", in: folder)
      let labels = try Self.write([60], (0..<60).map { UInt8(4 + $0 % 2) }, to: "labels", in: folder)
      let run = try Program.run(["lime", pictures, "--labels", labels, "--row", "2", "--format", "json"])
      #expect(run.status == 0)
      #expect(run.errors.contains("60 rows x 5 columns, IDX pictures of 2 x 2 pixels, labels from \(labels)"))
      #expect(run.errors.contains("target \"label\", 2 classes"))
      let prediction = try #require(run.json["prediction"] as? [String: Any])
      #expect(prediction["class"] as? String == "5")
      let explanations = try #require(run.json["explanations"] as? [[String: Any]])
      let terms = try #require(explanations[0]["terms"] as? [[String: Any]])
      #expect(terms[0]["column"] as? String == "r00c00")
    }
  }

  @Test func optionsOfTheOtherKindOfFileAreRefused() throws {
    try Program.withFolder { folder in
      let pictures = try Self.write([1, 1, 1], [1], to: "pictures", in: folder)
      for option in [["--delimiter", ";"], ["--no-header"], ["--na", "x"], ["--transpose"], ["--numeric", "r00c00"]] {
        let run = try Program.run(["inspect", pictures] + option)
        #expect(run.status == 64 && run.errors.contains(option[0]), "\(option)")
      }
      let text = try Program.run(["inspect", Program.data("heart.csv"), "--labels", pictures])
      #expect(text.status == 64 && text.errors.contains("--labels"))
      #expect(try Program.run(["inspect", "-", "--labels", "-"]).status == 64)
    }
  }

  @Test func badRecordsAreLeftOutAndSaid() throws {
    try Program.withFolder { folder in
      let rows = (0..<40).map { "\($0 % 7),\($0 % 2 == 0 ? "yes" : "no")\n" }.joined()
      let file = try Program.write("a,b\n1,2,3\n\(rows)4\n", to: "bad.csv", in: folder)
      let refused = try Program.run(["inspect", file])
      #expect(refused.status == 65 && refused.output.isEmpty)
      #expect(refused.errors.contains("bad.csv:2: expected 2 fields, found 3"))
      let run = try Program.run(["lime", file, "--skip-bad", "--row", "1", "--format", "json"])
      #expect(run.status == 0)
      #expect(run.errors.contains("left out 2 bad records, on lines 2, 43; rows are numbered without them"))
      let data = try #require(run.json["data"] as? [String: Any])
      #expect(data["rows"] as? Int == 40)
    }
  }
}
