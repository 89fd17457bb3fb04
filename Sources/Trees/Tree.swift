/// A decision tree over numbers, categories and missing cells, as one flat array of nodes.
///
/// A test sends a row left or right; the children of a node stand side by side, the left one first. The root is
/// node 0. A number x goes left where Float(x) ≤ threshold, both in Float, so that a runtime that computes in Float
/// takes the same way; a category goes left where the node's set holds it; a missing cell goes where the node says.
public struct Tree: Sendable, Equatable {
  /// All nodes.
  public internal(set) var nodes: [Node] = []
  /// The leaves' predictions, `[leaves, outputs]` row-major: shares of the classes, or a mean.
  public internal(set) var leafValues: [Double] = []
  /// The words of the category sets, 64 categories a word; a node's set starts at `Node.setOffset`.
  public internal(set) var categorySets: [UInt64] = []
  /// For each node the decrease of impurity that its test brings, times the share of the tree's rows that reach it;
  /// 0 for a leaf. The variance of a number is in units of the square of a power of two, the same for all trees of an
  /// ensemble, about as large as the number's largest distance from its mean.
  public internal(set) var decreases: [Float] = []

  /// A tree that is still to be grown.
  init() {}

  /// A tree of nodes that came about elsewhere, such as in a file, with the user's column numbers in their tests.
  ///
  /// The root comes first, the children of a node stand side by side behind it, and leaves are numbered from 0.
  public init(nodes: [Node], leafValues: [Double], categorySets: [UInt64]) {
    self.nodes = nodes
    self.leafValues = leafValues
    self.categorySets = categorySets
    decreases = [Float](repeating: 0, count: nodes.count)
  }

  /// One node, 16 bytes.
  public struct Node: Sendable, Equatable {
    /// The index, among the columns that the ensemble uses, of the column that is tested; 0 for a leaf.
    public internal(set) var slot: Int32
    /// The bits of the threshold, or the start of the category set.
    var payload: UInt32
    /// The index of the left child, the right one follows; a leaf's own index, so that a walk past it stays.
    public internal(set) var firstChild: Int32
    /// Flags in the three low bits, the leaf's number above them.
    var flags: UInt32

    static let missingLeftFlag: UInt32 = 1
    static let categoricalFlag: UInt32 = 2
    static let leafFlag: UInt32 = 4

    /// Whether the node has no test.
    public var isLeaf: Bool { flags & Self.leafFlag != 0 }
    /// Whether the test is on a category.
    public var isCategorical: Bool { flags & Self.categoricalFlag != 0 }
    /// Whether a missing cell goes left.
    public var missingGoesLeft: Bool { flags & Self.missingLeftFlag != 0 }
    /// The largest number that goes left; +∞ where the test is only whether the cell is missing.
    public var threshold: Float { Float(bitPattern: payload) }
    /// Where the node's set of categories starts in `Tree.categorySets`.
    public var setOffset: Int { Int(payload) }
    /// The leaf's row in `Tree.leafValues`.
    public var leaf: Int { Int(flags >> 3) }

    /// A test of the user's column `column`, whose left child will be at `firstChild`: a number goes left where it is
    /// at most `threshold`.
    public static func test(column: Int, threshold: Float, firstChild: Int, missingGoesLeft: Bool) -> Node {
      Node(
        slot: Int32(column), payload: threshold.bitPattern, firstChild: Int32(firstChild),
        flags: missingGoesLeft ? missingLeftFlag : 0)
    }

    /// A test of the user's column `column`: a category goes left where the set that starts at `setOffset` holds it.
    public static func test(column: Int, setOffset: Int, firstChild: Int, missingGoesLeft: Bool) -> Node {
      Node(
        slot: Int32(column), payload: UInt32(setOffset), firstChild: Int32(firstChild),
        flags: categoricalFlag | (missingGoesLeft ? missingLeftFlag : 0))
    }

    /// A leaf of the given number, at the given place among the nodes.
    public static func leaf(number: Int, index: Int) -> Node {
      Node(
        slot: 0, payload: Float.infinity.bitPattern, firstChild: Int32(index),
        flags: UInt32(number) << 3 | leafFlag | missingLeftFlag)
    }
  }

  /// Whether category `code` goes left at a categorical `node`.
  public func setContains(_ node: Node, _ code: Int) -> Bool {
    categorySets[node.setOffset + (code >> 6)] >> UInt64(code & 63) & 1 != 0
  }

  /// The number of leaves.
  public var leafCount: Int { nodes.count { $0.isLeaf } }
}
