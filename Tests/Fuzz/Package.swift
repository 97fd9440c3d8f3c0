// swift-tools-version: 6.2
import PackageDescription

// A package of its own, as the flags of libFuzzer would bar the program's package from being anybody's dependency.
// `Sources` is a link to the program's.

let sanitizers = ["-sanitize=fuzzer,address"]

let fuzzed: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .unsafeFlags(sanitizers + ["-enable-testing", "-parse-as-library"]),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, path: "Sources/\(name)", exclude: exclude, swiftSettings: fuzzed)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "Fuzz",
  dependencies: [.package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")],
  targets: [
    room("Standoff", exclude: ["Standoff.docc"]),
    room("JSONText"),
    room("XMLText"),
    room("Agreement", exclude: ["Agreement.docc"]),
    room("Interchange", ["Standoff", "JSONText", "XMLText"], exclude: ["Interchange.docc"]),
    room("Suggestion", ["Standoff", "JSONText"]),
    .target(name: "CLinux", path: "Sources/CLinux"),
    room("Storage", ["Standoff", "JSONText", "CLinux"]),
    .target(name: "CDefaultFiles", path: "Sources/CDefaultFiles"),
    room("DefaultFiles", ["CDefaultFiles"]),
    room("Pages", ["Storage", "Standoff"]),
    room("Comparison", ["Pages", "Storage", "Interchange", "Agreement", "Standoff", "JSONText"]),
    room(
      "Reports", ["Comparison", "Pages", "DefaultFiles", "Suggestion", "Storage", "Agreement", "Standoff", "JSONText"],
      exclude: ["HTML/report.css", "HTML/report.js"]),
    room(
      "Commands",
      [
        "Reports", "Comparison", "Pages", "DefaultFiles", "Interchange", "Storage", "Agreement", "Standoff",
        "JSONText", argumentParser,
      ]),
    room("Programs", ["CLinux"]),
    room(
      "Prompt",
      [
        "Commands", "Reports", "Comparison", "Pages", "Programs", "DefaultFiles", "Suggestion", "Storage", "Agreement",
        "Standoff", "JSONText", argumentParser,
      ]),
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "Prompt", "Commands", "Reports", "Comparison", "Pages", "DefaultFiles", "Suggestion", "Storage", "Interchange",
        "Standoff", "JSONText",
      ], path: "Fuzz", swiftSettings: fuzzed, linkerSettings: [.unsafeFlags(sanitizers + ["-use-ld=lld"])]),
  ])
