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

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name)] + dependencies, resources: resources,
    swiftSettings: strict)
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

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
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    room("Agreement"),
    room("Standoff"),
    room("JSONText"),
    room("Interchange", ["Standoff", "JSONText"]),
    room("Suggestion", ["Standoff", "JSONText"]),
    .systemLibrary(name: "CLinux"),
    room("Storage", ["Standoff", "JSONText", "CLinux"]),
    room(
      "Workbench",
      ["Storage", "Interchange", "Suggestion", "Agreement", "Standoff", "JSONText", argumentParser]),
    .systemLibrary(name: "CLibEdit", providers: [.apt(["libedit-dev"])]),
    room("LineEditor", ["CLibEdit"]),
    .executableTarget(
      name: "gainsay",
      dependencies: ["Workbench", "LineEditor", "Storage", "Standoff", argumentParser],
      swiftSettings: strict),
    .executableTarget(
      name: "gainsay-benchmark",
      dependencies: [
        "Workbench", "LineEditor", "Storage", "Interchange", "Suggestion", "Agreement", "Standoff", "JSONText",
        argumentParser,
      ],
      swiftSettings: strict),
    tests("Agreement", resources: [.copy("Golden")]),
    .testTarget(
      name: "StandoffTests", dependencies: ["Standoff"], resources: [.copy("Gold")], swiftSettings: strict,
      linkerSettings: [.linkedLibrary("_FoundationICU")]),
    tests("JSONText"),
    tests("Interchange", ["Standoff", "JSONText"]),
    tests("Suggestion", ["Standoff", "JSONText"]),
    tests("Storage", ["Standoff", "JSONText"]),
    tests("Workbench", ["Storage", "Standoff", "JSONText"], resources: [.copy("Golden")]),
    tests("LineEditor"),
    tests(
      "gainsay",
      ["gainsay-benchmark", "Workbench", "Storage", "Suggestion", "LineEditor", "Interchange", "Agreement", "Standoff"]),
  ],
  swiftLanguageModes: [.v6]
)
