// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: warnings are errors, imports are private and complete.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A Swift library target and the test target that mirrors it.
func library(
  _ name: String, _ dependencies: [Target.Dependency], testing: [Target.Dependency] = [], exclude: [String] = [],
  resources: [Resource] = []
) -> [Target] {
  [
    .target(
      name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: strict,
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    .testTarget(
      name: name + "Tests", dependencies: [.target(name: name)] + dependencies + testing, swiftSettings: strict),
  ]
}

let numerics = Target.Dependency.product(name: "RealModule", package: "swift-numerics")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let cLibraries: [Target] = [
  .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
  .systemLibrary(name: "CLibCSV", providers: [.apt(["libcsv-dev"])]),
  .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
  .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
  .target(name: "CFastFloat"),
  .target(name: "CKernels"),
  .target(name: "CImages", linkerSettings: [.linkedLibrary("png16"), .linkedLibrary("jpeg")]),
  .target(name: "CGnuplot", linkerSettings: [.linkedLibrary("boost_iostreams")]),
]

let layers: [[Target]] = [
  library("Tensors", ["COpenBLAS", "CKernels", numerics]),
  library("DataFrames", ["CLibCSV", "CFastFloat", "CZlib", "CCrypto", "Tensors"]),
  library("Learning", ["Tensors", "DataFrames", numerics]),
  library("Trees", ["Tensors", "Learning", numerics], testing: ["DataFrames"]),
  library("Networks", ["Tensors", "DataFrames", "Learning", numerics]),
  library(
    "ModelFiles", ["Tensors", "DataFrames", "Learning", "Trees", "Networks", protobuf, numerics],
    exclude: ["onnx.proto"]),
  library("Surrogates", ["Tensors", "DataFrames", "Learning", "Trees", numerics]),
  library("Rules", ["Tensors", "DataFrames", "Learning", "Trees", numerics]),
  library(
    "Images", ["CImages", "Tensors", "Learning", "Networks", "Surrogates", numerics],
    testing: ["ModelFiles", "DataFrames", "Trees"]),
  library("Reports", ["CGnuplot", "DataFrames", mustache], resources: [.embedInCode("Templates")]),
  library(
    "Runs",
    [
      "Tensors", "DataFrames", "Learning", "Trees", "Networks", "ModelFiles", "Surrogates", "Rules", "Images", numerics,
    ]),
  library(
    "Presentation",
    ["Tensors", "DataFrames", "Learning", "Trees", "Networks", "Surrogates", "Rules", "Images", "Runs", "Reports"]),
  library(
    "Reproduction",
    [
      "Tensors", "DataFrames", "Learning", "Trees", "Networks", "ModelFiles", "Surrogates", "Rules", "Images", "Runs",
      "Reports", "Presentation", numerics,
    ]),
]

let command: [Target] = [
  .target(
    name: "XAITabKit",
    dependencies: [
      "Tensors", "DataFrames", "Learning", "Trees", "Networks", "ModelFiles", "Surrogates", "Rules", "Images",
      "Reports",
      "Runs", "Presentation",
    ],
    swiftSettings: strict),
  .executableTarget(
    name: "XAITab",
    dependencies: [
      "Tensors", "DataFrames", "Learning", "Trees", "Networks", "ModelFiles", "Surrogates", "Rules", "Images",
      "Reports",
      "Runs", "Presentation", "Reproduction", arguments,
    ],
    swiftSettings: strict),
  .testTarget(
    name: "XAITabTests",
    dependencies: [
      "XAITab", "Tensors", "DataFrames", "Learning", "Trees", "Networks", "ModelFiles", "Surrogates", "Rules", "Images",
      "Reports", "Runs", "Presentation", "Reproduction", "XAITabKit", arguments,
    ],
    swiftSettings: strict),
]

/// The names of the layers, each of which is a product.
let layerNames = layers.flatMap { $0 }.filter { !$0.isTest }.map(\.name)

let package = Package(
  name: "xai-tab",
  // The command, the library as a whole, and each layer by itself: who uses one builds nothing of the others.
  products: [
    .executable(name: "xai-tab", targets: ["XAITab"]),
    .library(
      name: "XAITabKit", targets: ["XAITabKit"] + layerNames.filter { $0 != "Reproduction" }),
  ] + layerNames.map { .library(name: $0, targets: [$0]) },
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: cLibraries + layers.flatMap { $0 } + command,
  cxxLanguageStandard: .cxx17
)
