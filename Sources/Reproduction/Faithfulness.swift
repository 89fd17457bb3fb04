import Images
import Tensors

/// Whether a model needs the pixels that maps hold most important: insertion and deletion, beside those of a random
/// order.
struct Faithfulness {
  /// The mean area under the curve of insertion.
  let insertion: Double
  /// The mean area under the curve of deletion.
  let deletion: Double
  /// Insertion less deletion, over that of a random order of the same pictures.
  let gain: PairedDifference

  /// The steps in which a picture's pixels go.
  private static let steps = 28

  /// Measures maps in the size of their pictures.
  /// - Throws: what keeps a model from answering.
  init(_ maps: [(values: [Float], subject: Subject)], seed: UInt64) throws {
    var (insertions, deletions, random): ([Double], [Double], [Double]) = ([], [], [])
    for (number, map) in maps.enumerated() {
      let ranking = PixelRanking(steps: Self.steps, pixels: map.values.count)
      func area(_ values: [Float], _ way: PixelRanking.Way) throws -> Double {
        PixelRanking.area(try ranking.curve(values, way, map.subject))
      }
      insertions.append(try area(map.values, .insertion))
      deletions.append(try area(map.values, .deletion))
      var generator = SeededGenerator(seed: seed, stream: UInt64(number), purpose: .permutation)
      let order = map.values.map { _ in Float(generator.uniform()) }
      random.append(try area(order, .insertion) - area(order, .deletion))
    }
    insertion = insertions.reduce(0, +) / Double(max(1, insertions.count))
    deletion = deletions.reduce(0, +) / Double(max(1, deletions.count))
    gain = PairedDifference(zip(zip(insertions, deletions), random).map { ($0.0 - $0.1, $1) })
  }

  /// That the maps find what the model needs.
  func statement(_ claim: String) -> Statement {
    Statement(
      claim,
      criterion:
        "Insertion less deletion is larger than with the pixels in a random order, by more than two standard errors "
        + "over the pictures.",
      [
        .init("gain over a random order", gain.mean), .init("its standard error", gain.standardError),
        .init("insertion", insertion), .init("deletion", deletion), .init("pictures", Double(gain.count)),
      ], holds: gain.isPositive)
  }
}
