import Testing

@testable import Reports

@Suite struct TreeDiagramTests {
  @Test(Program.needed) func everyNodeHasItsWordsAndItsBar() throws {
    func leaf(_ name: String, _ share: Double?) -> TreeDiagram.Node {
      TreeDiagram.Node(title: name, detail: "3 rows", share: share)
    }
    let root = TreeDiagram.Node(
      title: "age", detail: "9 rows", share: 0.5,
      branches: [
        .init(answer: "<= 4", node: leaf("yes", 1)),
        .init(
          answer: "> 4",
          node: TreeDiagram.Node(
            title: "x<y", detail: "6 rows", share: nil,
            branches: [
              .init(answer: "in {u}", node: leaf("no", 0)), .init(answer: "in {v}", node: leaf("maybe", 0.25)),
            ])),
      ])
    let svg = try TreeDiagram(title: "The tree", root: root).svg()
    let texts = try XMLElements(svg.text).texts("text")
    for word in ["The tree", "age", "yes", "x<y", "no", "maybe", "<= 4", "> 4", "in {u}"] {
      #expect(texts.contains(word), "\(word)")
    }
    #expect(svg.text.contains("&gt; 4: [x&lt;y (6 rows)"))
    #expect(try DivergingBarsTests.boxes(svg, .positive).filter { $0.upperBound > $0.lowerBound + 1 }.count == 3)
  }
}
