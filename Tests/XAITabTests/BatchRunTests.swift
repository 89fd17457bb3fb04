import Foundation
import Testing

@Suite struct BatchRunTests {
  /// A model of the heart patients, and their table as lines.
  private static func withModel(_ body: (URL, String, [Substring]) throws -> Void) throws {
    try Program.withFolder { folder in
      let model = folder.appending(path: "heart.onnx").path
      let trained = try Program.run(["train", Program.data("heart.csv"), "--trees", "20", "-o", model, "--quiet"])
      #expect(trained.status == 0)
      let text = try String(contentsOfFile: Program.data("heart.csv"), encoding: .utf8)
      try body(folder, model, text.split(whereSeparator: \.isNewline))
    }
  }

  private static func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func rowsOfAStreamAreTheRowsOfTheTable() throws {
    try Self.withModel { folder, model, lines in
      let file = Program.data("heart.csv")
      let one = try Program.run(["lime", file, "--row", "12", "--model", model, "--format", "json"]).json
      let input = Data((lines.joined(separator: "\n") + "\n").utf8)
      var outputs: Set<String> = []
      for threads in ["1", "2", "3"] {
        let result = try Program.run(
          ["lime", "-", "--model", model, "--rows", "all", "--format", "ndjson", "--threads", threads], input: input)
        #expect(result.status == 0)
        outputs.insert(result.output)
      }
      #expect(outputs.count == 1)
      let all = try Self.objects(try #require(outputs.first))
      #expect(all.count == 305 && all[0]["schema"] as? String == "xai-tab/lime/1")
      #expect(NSArray(array: [all[12]["explanations"] as Any]) == NSArray(array: [one["explanations"] as Any]))
      #expect(all[304]["rows"] as? Int == 303 && all[304]["failed"] as? Int == 0)
      #expect((all[304]["sha256"] as? String)?.count == 64)
    }
  }

  @Test func badRowsBecomeLinesOrEndTheStreamBehindWholeLines() throws {
    try Self.withModel { folder, model, lines in
      var bad = lines.map { String($0) }
      bad[3] += ",extra"
      bad[5] =
        "old," + bad[5].split(separator: ",", omittingEmptySubsequences: false).dropFirst().joined(separator: ",")
      let file = try Program.write(bad.joined(separator: "\n") + "\n", to: "bad.csv", in: folder)
      let arguments = ["lime", file, "--model", model, "--rows", "all", "--format", "ndjson", "--quiet"]
      let skipped = try Program.run(arguments + ["--skip-bad"])
      let all = try Self.objects(skipped.output)
      #expect(skipped.status == 0 && all.count == 305)
      #expect((all[3]["error"] as? String)?.hasSuffix(":4: expected 14 fields, found 15") == true)
      #expect(all[5]["row"] as? Int == 5 && (all[5]["error"] as? String)?.contains(":6, column \"age\"") == true)
      #expect(all[6]["row"] as? Int == 6 && all[6]["explanations"] != nil)
      #expect(all[304]["failed"] as? Int == 2 && all[304]["rows"] as? Int == 303)
      let stopped = try Program.run(arguments)
      #expect(stopped.status == 65 && stopped.errors.contains("expected 14 fields, found 15"))
    }
  }

  @Test func anInterruptedBatchIsResumedToTheSameBytes() throws {
    try Self.withModel { folder, model, lines in
      let file = Program.data("heart.csv")
      let rules = try Program.write(
        "# xai-tab rules 1, first match\nIF age > 50 THEN 1\nELSE 0\n", to: "age.rules", in: folder)
      for (name, command) in [
        ("all.ndjson", ["lime", file, "--rows", "all", "--format", "ndjson"]), ("all.csv", ["predict", file]),
        ("answers.ndjson", ["predict", file, "--format", "ndjson"]),
        ("checked.ndjson", ["check", rules, file, "--format", "ndjson"]),
      ] {
        let output = folder.appending(path: name)
        let part = output.path + ".part"
        let arguments = command + ["--model", model, "--quiet"]
        let whole = try Program.run(arguments)
        let written = try Program.run(arguments + ["-o", output.path])
        #expect(written.status == 0 && written.output.isEmpty)
        #expect(try String(contentsOf: output, encoding: .utf8) == whole.output)
        #expect(!FileManager.default.fileExists(atPath: part))
        // As a kill leaves it: some lines and a part of one.
        let bytes = Data(whole.output.utf8)
        for length in [0, 10, bytes.count / 3, bytes.count - 5] {
          try bytes.prefix(length).write(to: URL(filePath: part))
          #expect(try Program.run(arguments + ["-o", output.path, "--resume"]).status == 0)
          #expect(try Data(contentsOf: output) == bytes)
        }
        try Data("something else\n".utf8).write(to: URL(filePath: part))
        let other = try Program.run(arguments + ["-o", output.path, "--resume"])
        #expect(other.status == 64 && other.errors.contains("cannot be resumed"))
      }
    }
  }

  @Test func predictionsOfAStreamAreThoseOfTheTable() throws {
    try Self.withModel { _, model, lines in
      let streamed = try Program.run(["predict", Program.data("heart.csv"), "--model", model])
      let whole = try Program.run(["predict", Program.data("heart.csv"), "--model", model, "--format", "json"]).json
      let rows = streamed.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",").map { String($0) } }
      let predictions = try #require(whole["predictions"] as? [[String: Any]])
      #expect(rows.count == 303 && predictions.count == 303)
      for (row, prediction) in zip(rows, predictions) {
        #expect(row[0] == prediction["class"] as? String)
        #expect(Double(row[1]) == (prediction["probabilities"] as? [String: Double])?["0"])
      }
    }
  }

  @Test func aPartOfATableHasTheRowsOfTheWhole() throws {
    try Self.withModel { folder, model, lines in
      for command in [["lime", "--rows", "all", "--samples", "300"], ["predict"]] {
        let arguments = command + ["--model", model, "--format", "ndjson", "--quiet"]
        let whole = try Program.run(arguments + [Program.data("heart.csv")]).output.split(separator: "\n")
        let part = ([lines[0]] + lines[101..<201]).joined(separator: "\n") + "\n"
        let result = try Program.run(arguments + ["-", "--first-row", "101"], input: Data(part.utf8))
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.split(separator: "\n").dropFirst().dropLast().elementsEqual(whole[101..<201]))
      }
      #expect(
        try Program.run(["predict", Program.data("heart.csv"), "--model", model, "--first-row", "0"]).status == 64)
    }
  }

  @Test func aPackedTableIsExplainedAsItIs() throws {
    try Self.withModel { folder, model, lines in
      let copy = try Program.write(lines.joined(separator: "\n") + "\n", to: "rows.csv", in: folder)
      try Process.run(URL(filePath: "/usr/bin/env"), arguments: ["gzip", "-k", copy]).waitUntilExit()
      let arguments = ["lime", "--model", model, "--rows", "all", "--format", "ndjson", "--quiet"]
      let plain = try Program.run(arguments + [copy]).output.split(separator: "\n")
      let packed = try Program.run(arguments + [copy + ".gz"]).output.split(separator: "\n")
      #expect(plain.count == 305 && plain.dropLast() == packed.dropLast())
      let cut = try Data(contentsOf: URL(filePath: copy + ".gz")).dropLast(9)
      let early = try Program.run(arguments + ["-"], input: Data(cut))
      #expect(early.status == 65 && early.errors.contains("corrupt") || early.errors.contains("ends early"))
    }
  }

  /// Starts a long run and ends it by a signal when it has written a part.
  private static func interrupted(
    _ arguments: [String], by number: Int32, when file: URL, output: FileHandle?
  ) throws -> Int32 {
    // On a busy machine a run may end before the signal reaches it; then it is started again.
    for _ in 0..<10 {
      try output?.truncate(atOffset: 0)
      let process = Process()
      process.executableURL = Program.binary
      process.arguments = arguments
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = output ?? FileHandle.nullDevice
      try process.run()
      let end = ContinuousClock.now + .seconds(60)
      while process.isRunning, ContinuousClock.now < end {
        if let size = try? FileHandle(forReadingFrom: file).seekToEnd(), size > 300_000 { break }
        usleep(2000)
      }
      kill(process.processIdentifier, number)
      process.waitUntilExit()
      if process.terminationReason == .uncaughtSignal { return process.terminationStatus }
    }
    return 0
  }

  @Test func killsAndClosedPipesLeaveWholeLinesAndTheRestCanBeHad() throws {
    try Self.withModel { folder, model, lines in
      let rows = (0..<40).flatMap { _ in lines.dropFirst() }
      let file = try Program.write(([lines[0]] + rows).joined(separator: "\n") + "\n", to: "long.csv", in: folder)
      let arguments = ["lime", file, "--model", model, "--rows", "all", "--format", "ndjson", "--quiet"]
      let whole = try Program.run(arguments)
      #expect(whole.status == 0)
      let bytes = Data(whole.output.utf8)
      let output = folder.appending(path: "long.ndjson")
      let part = URL(filePath: output.path + ".part")
      for number in [SIGKILL, SIGTERM] {
        #expect(try Self.interrupted(arguments + ["-o", output.path], by: number, when: part, output: nil) == number)
        let left = try Data(contentsOf: part)
        #expect(left.count < bytes.count && bytes.starts(with: left))
        #expect(number == SIGKILL || left.last == 0x0A)
        #expect(try Program.run(arguments + ["-o", output.path, "--resume"]).status == 0)
        #expect(try Data(contentsOf: output) == bytes)
        try FileManager.default.removeItem(at: output)
      }
      // Ctrl-C, on standard output.
      let stream = folder.appending(path: "stream.ndjson")
      try Data().write(to: stream)
      let number = try Self.interrupted(
        arguments, by: SIGINT, when: stream, output: try FileHandle(forWritingTo: stream))
      let left = try Data(contentsOf: stream)
      #expect(number == SIGINT && left.count < bytes.count && bytes.starts(with: left) && left.last == 0x0A)
      // A reader that goes.
      let shell = Process()
      let errors = folder.appending(path: "errors")
      try Data().write(to: errors)
      shell.executableURL = URL(filePath: "/bin/bash")
      let words = ([Program.binary.path] + arguments).map { "'\($0)'" }.joined(separator: " ")
      shell.arguments = ["-c", "\(words) | head -n 3 > '\(stream.path)'; exit ${PIPESTATUS[0]}"]
      shell.standardError = try FileHandle(forWritingTo: errors)
      try shell.run()
      shell.waitUntilExit()
      #expect(shell.terminationStatus == 128 + SIGPIPE)
      #expect(try Data(contentsOf: errors).isEmpty)
      #expect(try String(contentsOf: stream, encoding: .utf8).split(separator: "\n").count == 3)
    }
  }

  @Test func optionsOfBatchesNeedASavedModel() throws {
    let result = try Program.run([
      "lime", Program.data("heart.csv"), "--rows", "all", "--format", "ndjson", "-o", "/tmp/never.ndjson",
    ])
    #expect(result.status == 64 && result.errors.contains("`xai-tab train` saved"))
    #expect(try Program.run(["predict", Program.data("heart.csv"), "--resume"]).status == 64)
  }
}
