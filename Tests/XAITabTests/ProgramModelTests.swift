import Foundation
import Testing

/// Programs as models, through the command, and the examples of them.
@Suite struct ProgramModelTests {
  private static let classifier =
    #"sh -c 'read h; echo 0,1; while IFS=, read -r a b; do if [ "${a%.*}" -gt 55 ]; "#
    + #"then echo 0.25,0.75; else echo 0.875,0.125; fi; done'"#

  @Test(arguments: ["command", "stream"]) func aProgramPredictsAndIsExplained(kind: String) throws {
    let model = "\(kind):\(Self.classifier)"
    let table = Program.data("heart.csv")
    let answers = try Program.run(["predict", table, "--model", model, "--quiet"])
    #expect(answers.status == 0, "\(answers.errors)")
    let lines = answers.output.split(separator: "\n")
    #expect(lines.count == 304 && lines[0] == "class,0,1" && lines[1] == "1,0.25,0.75")
    let result = try Program.run(["lime", table, "--row", "1", "--model", model, "--format", "json", "--quiet"])
    #expect(result.status == 0, "\(result.errors)")
    let first = try #require((try result.json["explanations"] as? [[String: Any]])?.first)
    let terms = try #require(first["terms"] as? [[String: Any]])
    // It looks at the age alone.
    #expect(terms.first?["column"] as? String == "age")
    for term in terms.dropFirst() { #expect((term["weight"] as? Double ?? 1).magnitude < 0.1) }
  }

  @Test func aConstantProgramIsSaidToBeDrivenByNothing() throws {
    let model = #"command:awk -F, '{ print NR == 1 ? "0,1" : "0.25,0.75" }'"#
    let result = try Program.run(["lime", Program.data("heart.csv"), "--row", "1", "--model", model, "--quiet"])
    #expect(result.status == 0)
    #expect(result.output.contains("the model gives the same for all draws around this row"), "\(result.output)")
    #expect(!result.output.contains("among 0"))
  }

  @Test(arguments: [
    ("command:no-such-program --x", 69, "there is no program no-such-program"),
    ("command:sh -c 'echo no model here >&2; exit 4'", 65, "ended with status 4; its last words: no model here"),
    ("stream:sh -c 'exit 0'", 65, "ended before it answered"), ("command:awk 'open", 64, "not a command line"),
    ("command:cat", 65, "the answer of cat"), ("command:", 64, "not a command line"),
  ]) func whatGoesWrongIsOneLine(model: String, code: Int, words: String) throws {
    let result = try Program.run(["predict", Program.data("heart.csv"), "--model", model, "--quiet"])
    #expect(result.status == Int32(code) && result.errors.contains(words), "\(result.status) \(result.errors)")
    #expect(result.output.isEmpty && result.errors.split(separator: "\n").count == 1)
  }

  @Test func aProgramThatTakesTooLongIsEnded() throws {
    let result = try Program.run([
      "predict", Program.data("heart.csv"), "--model", "command:sleep 60", "--model-timeout", "0.2", "--quiet",
    ])
    #expect(result.status == 65 && result.errors.contains("did not answer within 0.2 seconds"))
  }

  private static func example(_ name: String) -> String {
    Program.root.appending(path: "Scripts/examples").appending(path: name).path
  }

  @Test(.python("sklearn"), arguments: [[], ["--stream"]])
  func theExampleForScikitLearnAnswers(words: [String]) throws {
    let table = Program.data("heart.csv")
    let program = ["python3", Self.example("scikit_learn_model.py")] + words + [table]
    let kind = words.isEmpty ? "command" : "stream"
    let result = try Program.run([
      "predict", table, "--quiet", "--model", "\(kind):\(program.joined(separator: " "))",
    ])
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 304 && lines.first == "class,0,1")
    let evaluated = try Program.run([
      "evaluate", table, "--quiet", "--format", "json", "--model", "\(kind):\(program.joined(separator: " "))",
    ]).json
    // It was fitted to these rows.
    #expect(((evaluated["metrics"] as? [String: Double])?["accuracy"] ?? 0) > 0.9)
  }

  @Test(.python("http.server")) func theExampleForAServiceAsksItRowByRow() throws {
    try Program.withFolder { folder in
      let script = try Program.write(
        """
        pass; import http.server, json, os, subprocess, sys, threading
        class Service(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                row = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["columns"]
                sick = 0.75 if float(row["age"] or 0) > 55 else 0.125
                text = json.dumps({"classes": {"0": 1 - sick, "1": sick}}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)
            def log_message(self, *words):
                pass
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        model = f"stream:python3 {sys.argv[2]} {url}"
        words = [sys.argv[1], "predict", sys.argv[3], "--model", model, "--quiet"]
        sys.exit(subprocess.run(words, env=os.environ | {"no_proxy": "*"}).returncode)
        """, to: "service.py", in: folder)
      let arguments = [script, Program.binary.path, Self.example("http_model.py"), Program.data("heart.csv")]
      let result = try Python.run(arguments)
      #expect(result.status == 0)
      let lines = result.output.split(separator: "\n")
      #expect(lines.count == 304 && lines.first == "class,0,1" && lines.dropFirst().first == "1,0.25,0.75")
    }
  }
}
