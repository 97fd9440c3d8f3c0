import Foundation
import Pages
import TestSupport
import Testing

@testable import Commands

/// What `agree --json` writes, as far as tests read it.
struct AgreeReport: Decodable {
  struct Row: Decodable {
    let measure: String
    let unit: String
    let label: String?
    let annotators: [String]?
    let document: String?
    let distance: String?
    let value: Double?
    let low: Double?
    let high: Double?
    let expected: Double?
    let samples: Int?
    let standardError: Double?
    let interval: String?
    let intervalUndefined: String?
    let undefined: String?
  }

  struct Alignment: Decodable {
    struct Unitary: Decodable {
      struct Span: Decodable { let label: String }
      let cost: Double
      let spans: [Span?]
    }
    let annotators: [String]
    let cost: Double
    let unitary: [Unitary]
  }

  struct Coincidences: Decodable { let lengths: [[Double]] }

  let annotators: [String]
  let documents: [String]
  let figures: [Row]
  let warnings: [String]
  let alignment: Alignment?
  let coincidences: Coincidences?

  static func outcome(_ options: String, in desk: Desk) throws -> CommandOutcome {
    try AgreeOptions.read(options).outcome(in: desk.workspace)
  }

  static func read(_ options: String, in desk: Desk) throws -> AgreeReport {
    let outcome = try outcome(options + " --json", in: desk)
    return try JSONDecoder().decode(AgreeReport.self, from: Data(try #require(outcome.data)))
  }
}
