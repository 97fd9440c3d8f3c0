// swift-tools-version: 6.2
import PackageDescription

/// The house rules of every target; warnings are errors here and suppressed where this package is a dependency.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

func tests(
  _ name: String, _ dependencies: [String] = [], resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: name + "Tests",
    dependencies: ([name] + dependencies.filter { $0 != name }).map { .byName(name: $0) }, resources: resources,
    swiftSettings: strict)
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

/// What the tests of the upper rooms use.
let upper = [
  "Prompt", "Commands", "Reports", "Comparison", "Pages", "Programs", "DefaultFiles", "Suggestion", "Interchange",
  "Storage", "Agreement", "Standoff", "JSONText", "LineEditor", "TestSupport",
]

let package = Package(
  name: "gainsay",
  products: [
    .library(name: "Agreement", targets: ["Agreement"]),
    .library(name: "Standoff", targets: ["Standoff"]),
    .library(name: "Interchange", targets: ["Interchange"]),
    .executable(name: "gainsay", targets: ["gainsay"]),
    .executable(name: "gainsay-benchmark", targets: ["gainsay-benchmark"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    room("Agreement"),
    room("Standoff"),
    room("JSONText"),
    room("XMLText"),
    room("Interchange", ["Standoff", "JSONText", "XMLText"]),
    room("Suggestion", ["Standoff", "JSONText"]),
    .target(name: "CLinux"),
    room("Storage", ["Standoff", "JSONText", "CLinux"]),
    .target(name: "CDefaultFiles"),
    room("DefaultFiles", ["CDefaultFiles"]),
    room("Pages", ["Storage", "Standoff"]),
    room("Comparison", ["Pages", "Storage", "Interchange", "Agreement", "Standoff", "JSONText"]),
    room(
      "Reports", ["Comparison", "Pages", "DefaultFiles", "Suggestion", "Storage", "Agreement", "Standoff", "JSONText"],
      exclude: ["HTML/report.css", "HTML/report.js"]),
    room(
      "Commands",
      [
        "Reports", "Comparison", "Pages", "DefaultFiles", "Interchange", "Suggestion", "Storage", "Agreement",
        "Standoff", "JSONText", argumentParser,
      ]),
    room("Programs", ["CLinux"]),
    room(
      "Prompt",
      [
        "Commands", "Reports", "Comparison", "Pages", "Programs", "DefaultFiles", "Suggestion", "Storage", "Agreement",
        "Standoff", "JSONText", argumentParser,
      ]),
    .systemLibrary(name: "CLibEdit", providers: [.apt(["libedit-dev"])]),
    room("LineEditor", ["CLibEdit"]),
    room("PseudoTerminals", ["Programs", "CLinux"]),
    .executableTarget(
      name: "gainsay",
      dependencies: [
        "Prompt", "Commands", "Comparison", "Pages", "Programs", "LineEditor", "Storage", "Standoff", argumentParser,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "gainsay-benchmark",
      dependencies: [
        "Prompt", "Commands", "Reports", "Comparison", "Pages", "LineEditor", "PseudoTerminals", "Programs",
        "DefaultFiles", "Storage", "Interchange", "Suggestion", "Agreement", "Standoff", "JSONText", argumentParser,
      ],
      swiftSettings: strict),
    tests("Agreement", resources: [.copy("Golden")]),
    .testTarget(
      name: "StandoffTests", dependencies: ["Standoff"], resources: [.copy("Gold")], swiftSettings: strict,
      linkerSettings: [.linkedLibrary("_FoundationICU")]),
    tests("XMLText"),
    tests("JSONText"),
    tests("Interchange", ["Standoff", "JSONText", "TestSupport"]),
    tests("Suggestion", ["Standoff", "JSONText"]),
    tests("Storage", ["Standoff", "JSONText", "TestSupport"]),
    tests("LineEditor"),
    tests("DefaultFiles", ["TestSupport"]),
    tests("Programs"),
    tests("Pages", ["Storage", "Standoff", "TestSupport"]),
    tests("Comparison", upper),
    tests("Reports", upper),
    tests("Commands", upper, resources: [.copy("Golden")]),
    tests("Prompt", upper),
    tests("gainsay", ["gainsay-benchmark", "PseudoTerminals"] + upper),
    .testTarget(name: "HouseTests", swiftSettings: strict),
    .executableTarget(
      name: "fault-matrix", dependencies: ["Storage", "Standoff"], path: "Tests/FaultMatrix",
      exclude: ["shim.c", "run-matrix"], swiftSettings: strict),
    .target(
      name: "TestSupport",
      dependencies: [
        "Prompt", "Commands", "Pages", "DefaultFiles", "PseudoTerminals", "Storage", "Standoff", argumentParser,
      ], path: "Tests/TestSupport",
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
