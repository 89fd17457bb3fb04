/// What can be wrong with the content of an IDX file.
public enum IDXError: Error, Equatable, CustomStringConvertible {
  /// The file does not begin as IDX data do: two zeros, the code of a type, the number of dimensions.
  case notIDX(file: String)
  /// The cells are of another type than unsigned bytes (code 8), or have another number of dimensions.
  case otherKind(file: String, type: UInt8, dimensions: Int, expectedDimensions: Int)
  /// The file ends inside its header.
  case incompleteHeader(file: String, expected: Int, found: Int)
  /// The cells are more or fewer than the header's sizes say.
  case wrongLength(file: String, sizes: [Int], found: Int)
  /// A size is zero.
  case empty(file: String, sizes: [Int])
  /// A picture has more pixels than a table can have columns.
  case tooManyPixels(file: String, height: Int, width: Int, most: Int)
  /// There is not one label for each picture.
  case labelCount(file: String, pictures: Int, labelFile: String, labels: Int)

  /// One line that begins with the file.
  public var description: String {
    switch self {
    case .notIDX(let file):
      "\(CSVError.spoken(file)): not an IDX file"
    case .otherKind(let file, let type, let dimensions, let expected):
      "\(CSVError.spoken(file)): expected IDX data of bytes (type 8) in "
        + Plural.text(expected, "dimension", "dimensions") + ", found type \(type) in "
        + Plural.text(dimensions, "dimension", "dimensions")
    case .incompleteHeader(let file, let expected, let found):
      "\(CSVError.spoken(file)): the IDX header has \(expected) bytes, but the file ends after \(found)"
    case .wrongLength(let file, let sizes, let found):
      "\(CSVError.spoken(file)): the IDX header tells of \(Self.product(sizes)) bytes, but \(found) follow it"
    case .empty(let file, let sizes):
      "\(CSVError.spoken(file)): the IDX header tells of \(Self.product(sizes)) bytes, which is none"
    case .tooManyPixels(let file, let height, let width, let most):
      "\(CSVError.spoken(file)): pictures of \(height) x \(width) pixels; at most \(most) pixels can be columns"
    case .labelCount(let file, let pictures, let labelFile, let labels):
      "\(CSVError.spoken(labelFile)): \(labels) labels for the \(pictures) pictures in \(CSVError.spoken(file))"
    }
  }

  private static func product(_ sizes: [Int]) -> String {
    sizes.map { "\($0)" }.joined(separator: " x ")
  }
}
