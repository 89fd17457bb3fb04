import DataFrames
public import Images
public import Tensors

/// The objects in pictures, from a CSV file with the columns `picture` (the file's name), `class`, `xmin`, `ymin`,
/// `xmax`, `ymax` (the first and last pixels, counted from 1, as in PASCAL VOC) and, if there is one, `difficult` (1
/// for an object that is too hard to count).
public struct BoxTable {
  /// The boxes of a class in a picture.
  public struct Objects {
    /// The boxes.
    public var boxes: [PointingGame.Box] = []
    /// The row of each, counted from 1.
    public var rows: [Int] = []
    /// Whether none of them is easy: then the pair of picture and class does not count.
    public var areAllDifficult = true
  }

  /// The path of the file.
  public let path: String
  /// By the picture's name, then the place of the class.
  public let objects: [String: [Int: Objects]]

  private static let sides = ["xmin", "ymin", "xmax", "ymax"]

  /// Reads a file.
  /// - Throws: `FileError`, `CSVError`, `ColumnError` and `BoxError`.
  public init(path: String, classNames: [String], workers: Workers) throws {
    self.path = path
    let reader = CSVReader(options: .init(hasHeader: true, missingMarkers: [], categorical: ["picture", "class"]))
    let frame = try reader.read(path: path, workers: workers)
    func column(_ name: String) throws -> Column {
      guard let column = frame[name] else {
        throw BoxError.noColumn(path: path, name: name, names: frame.columns.map(\.name))
      }
      return column
    }
    let (pictures, names) = (try column("picture"), try column("class"))
    let sides = try Self.sides.map { try column($0) }
    let difficult = frame["difficult"]
    var places: [String: Int] = [:]
    var objects: [String: [Int: Objects]] = [:]
    for row in 0..<frame.rowCount {
      func word(_ column: Column) throws -> String {
        guard case .words(let codes, let levels) = column.values, codes[row] >= 0 else {
          throw BoxError.bad(path: path, row: row + 1, column: column.name, reason: "the cell is empty")
        }
        return levels[Int(codes[row])]
      }
      func number(_ column: Column) throws -> Double {
        switch column.values {
        case .numbers(let numbers) where !numbers[row].isNaN: return numbers[row]
        case .words(let codes, let levels) where codes[row] >= 0:
          throw BoxError.bad(
            path: path, row: row + 1, column: column.name,
            reason: "expected a number, found \"\(levels[Int(codes[row])].prefix(60))\"")
        default: throw BoxError.bad(path: path, row: row + 1, column: column.name, reason: "the cell is empty")
        }
      }
      let name = try word(names)
      let place: Int
      if let known = places[name] {
        place = known
      } else {
        do {
          place = try ImageRun.place(of: name, in: classNames)
        } catch {
          throw BoxError.bad(path: path, row: row + 1, column: "class", reason: "\(error)")
        }
        places[name] = place
      }
      let numbers = try sides.map { try number($0) }
      guard numbers.allSatisfy({ 1...1e6 ~= $0 }), numbers[0] <= numbers[2], numbers[1] <= numbers[3] else {
        let box = numbers.map { Self.text($0) }.joined(separator: ", ")
        throw BoxError.bad(
          path: path, row: row + 1, column: "xmin",
          reason: "\(box) is no box: xmin <= xmax, ymin <= ymax, counted from 1")
      }
      let box = PointingGame.Box(
        left: Int(numbers[0]) - 1, top: Int(numbers[1]) - 1, right: Int(numbers[2].rounded(.up)) - 1,
        bottom: Int(numbers[3].rounded(.up)) - 1)
      let isDifficult = try difficult.map { try number($0) != 0 } ?? false
      let picture = try word(pictures)
      objects[picture, default: [:]][place, default: Objects()].boxes.append(box)
      objects[picture, default: [:]][place, default: Objects()].rows.append(row + 1)
      if !isDifficult { objects[picture, default: [:]][place, default: Objects()].areAllDifficult = false }
    }
    self.objects = objects
  }

  /// A number as the file has it: without `.0` where it is whole.
  private static func text(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Refuses boxes of which no pixel lies in their picture.
  /// - Throws: `BoxError.bad`.
  public func check(_ picture: String, width: Int, height: Int) throws {
    for objects in (objects[picture] ?? [:]).values {
      for (box, row) in zip(objects.boxes, objects.rows) where box.left >= width || box.top >= height {
        throw BoxError.bad(
          path: path, row: row, column: box.left >= width ? "xmin" : "ymin",
          reason: "the box lies outside of \(picture), which has \(width) x \(height) pixels")
      }
    }
  }
}

/// A file of boxes that cannot be used.
public enum BoxError: BadInput, Equatable {
  /// A column is missing.
  case noColumn(path: String, name: String, names: [String])
  /// None of the pictures is in the folder.
  case noPicture(path: String, folder: String)
  /// A cell is no good; rows count from 1 below the header.
  case bad(path: String, row: Int, column: String, reason: String)

  /// The error in one sentence.
  public var description: String {
    switch self {
    case .noColumn(let path, let name, let names):
      "\(path): there is no column \"\(name)\" among \(names.prefix(10).map { "\"\($0)\"" }.joined(separator: ", ")); "
        + "boxes need picture, class, xmin, ymin, xmax and ymax"
    case .noPicture(let path, let folder): "\(path): none of its pictures is in \(folder)"
    case .bad(let path, let row, let column, let reason):
      "\(path), row \(row), column \"\(column)\": \(reason)"
    }
  }
}
