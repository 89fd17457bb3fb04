import Foundation
import Tensors
import Testing

@testable import DataFrames

@Suite struct AtomicFileTests {
  /// Runs `body` in a folder of its own.
  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test func writesWholeFilesAndLeavesNothingBeside() throws {
    try inFolder { folder in
      for text in ["first", "second and longer", ""] {
        try AtomicFile.write(text, to: folder + "/out.txt")
        #expect(try FileBytes.read(path: folder + "/out.txt", workers: .one) == Array(text.utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["out.txt"])
      }
    }
  }

  @Test func keepsLinksAndRights() throws {
    try inFolder { folder in
      try AtomicFile.write("old", to: folder + "/real")
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder + "/real")
      try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: "real")
      try AtomicFile.write("new", to: folder + "/link")
      #expect(try FileBytes.read(path: folder + "/real", workers: .one) == Array("new".utf8))
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link") == "real")
      let rights = try FileManager.default.attributesOfItem(atPath: folder + "/real")[.posixPermissions] as? NSNumber
      #expect(rights == 0o640)
    }
  }

  @Test func whatCannotBeWrittenIsAnErrorWithItsReason() throws {
    try inFolder { folder in
      #expect(throws: FileError.cannotWrite(path: folder, reason: "it is a folder")) {
        try AtomicFile.write("x", to: folder)
      }
      let path = folder + "/none/out.txt"
      #expect(throws: FileError.cannotWrite(path: path, reason: "No such file or directory")) {
        try AtomicFile.write("x", to: path)
      }
    }
    try AtomicFile.write("x", to: "/dev/null")
  }

  @Test func readsFilesOfAnySizeWithAnyThreads() throws {
    try inFolder { folder in
      var generator = SeededGenerator(seed: 9, purpose: .test)
      let bytes = (0..<(33 << 20) / 8).flatMap { _ in withUnsafeBytes(of: generator.next()) { Array($0) } }
      try AtomicFile.write(bytes, to: folder + "/large")
      for threads in 1...2 {
        #expect(try FileBytes.read(path: folder + "/large", workers: Workers(count: threads)) == bytes)
      }
      try AtomicFile.write("a,b\n1,2\n", to: folder + "/small.csv")
      let table = try CSVReader(options: .init()).read(path: folder + "/small.csv", workers: .one)
      #expect(table.source.path == folder + "/small.csv")
      #expect(table.cells("b") == ["2.0"])
    }
  }

  @Test func filesThatCannotBeReadAreErrors() throws {
    try inFolder { folder in
      let reader = CSVReader(options: .init())
      #expect(throws: FileError.notFound(path: folder + "/none.csv")) {
        try reader.read(path: folder + "/none.csv", workers: .one)
      }
      #expect(throws: FileError.isDirectory(path: folder)) { try reader.read(path: folder, workers: .one) }
    }
    #expect(throws: CSVError.noRows(file: "/dev/null")) {
      try CSVReader(options: .init()).read(path: "/dev/null", workers: .one)
    }
  }

  @Test func errorsAreOneLineEach() {
    #expect(FileError.notFound(path: "a.csv").description == "a.csv: no such file")
    #expect(FileError.isDirectory(path: "a").description == "a: is a folder, not a file")
    #expect(FileError.unreadable(path: "a", reason: "why").description == "a: cannot be read: why")
    #expect(FileError.cannotWrite(path: "a", reason: "why").description == "a: cannot be written: why")
  }

  /// What cannot be written is known before: no folder of that name, a folder in its place. Nothing is made by asking.
  @Test func whatCannotBeWrittenIsKnownBefore() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try AtomicFile.check(folder + "/new")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    try AtomicFile.check("/dev/null")
    #expect(throws: FileError.cannotWrite(path: folder, reason: "it is a folder")) { try AtomicFile.check(folder) }
    let missing = folder + "/none/new"
    #expect(throws: FileError.cannotWrite(path: missing, reason: "No such file or directory")) {
      try AtomicFile.check(missing)
    }
  }
}
