import Standoff
import Comparison
import JSONText
package import Pages

/// The ledger as a page, Markdown and JSON.
extension Ledger {
  package var fullPage: Page {
    if sources.isEmpty { return Page("Nothing to show: nobody has done these documents yet.") }
    var page = Page()
    for matter in matters {
      if !page.lines.isEmpty { page.append("") }
      page.append(Self.title(of: matter), .bold, indent: 4)
      for claim in matter.claims {
        page.append("  \(Self.line(claim.claim))", Page.Style(colour: .blue), indent: 6)
        for denial in claim.denials { page.append("    denied: \(Self.line(denial))", indent: 8) }
        if claim.denials.isEmpty { page.append("    not denied", .dim) }
      }
      for denial in matter.denials {
        page.append("  \(Self.line(denial.denial))", Page.Style(colour: .red), indent: 6)
        page.append("    \(Self.target(of: denial))", .dim, indent: 8)
      }
      for quote in matter.quotes { page.append("  \(Self.line(quote))", Page.Style(colour: .green), indent: 6) }
    }
    page.append("")
    page.append(total, .dim)
    return page
  }

  /// How many claims there are, and whose versions count.
  var total: String {
    let versions = Set(sources.map { $0.version.split(separator: " ").first.map(String.init) ?? "" }).sorted()
    return
      "\(counted(count, "claim")) (\(denials) denied) in \(counted(sources.count, "document")); versions used: "
      + "\(Complaint.list(versions))."
  }

  package var markdown: String {
    var text = "# Who claims what, and who denies it\n"
    func line(_ statement: Statement) -> String { MarkdownText.plain(Self.line(statement)) }
    for matter in matters {
      text += "\n## \(MarkdownText.plain(Self.title(of: matter)))\n\n"
      for claim in matter.claims {
        text += "- \(line(claim.claim))\n"
        for denial in claim.denials { text += "  - denied: \(line(denial))\n" }
      }
      for denial in matter.denials {
        text += "- \(line(denial.denial)) (\(MarkdownText.plain(Self.target(of: denial))))\n"
      }
      for quote in matter.quotes { text += "- \(line(quote))\n" }
    }
    text += "\n## Documents\n\n"
    for source in sources {
      text += "- \(MarkdownText.plain(source.document)): \(MarkdownText.plain(source.version))\n"
    }
    return text
  }

  private var count: Int { matters.reduce(0) { $0 + $1.claims.count } }
  private var denials: Int { matters.reduce(0) { $0 + $1.claims.count { !$0.denials.isEmpty } } }

  // MARK: sentences

  static func title(of matter: Matter) -> String {
    guard let key = matter.key else { return "(no matter given)" }
    return matter.proposition.map { "\(key): \($0)" } ?? key
  }

  static func target(of denial: Denial) -> String {
    switch denial.claim {
    case nil: "target not given"
    case ""?: "the claim is not in the text"
    case let words?: "the claim is not in the text: “\(words)”"
    }
  }

  static func name(of speaker: Speaker) -> String {
    switch speaker {
    case .named(let name): name
    case .source(let words): "“\(words)”"
    case .implicit: "unnamed speaker"
    case .author: "the author"
    case .unknown: "no speaker given"
    }
  }

  private static func line(_ statement: Statement) -> String {
    let cue = statement.cue.isEmpty ? "" : ", “\(statement.cue)”"
    let quotes = statement.quotesInside
    let quoted = quotes.isEmpty ? "" : "; in quotation marks: \(Complaint.list(quotes))"
    return "\(name(of: statement.speaker)): \(statement.label) ‹\(statement.words)› (\(statement.document), sentence "
      + "\(statement.sentence)\(cue)\(quoted))"
  }

  // MARK: JSON

  package var json: [UInt8] {
    JSONWriter.document { writer in
      writer.array("documents", .block) { writer in
        for source in sources {
          writer.object { writer in
            writer.string("id", source.document)
            writer.string("version", source.version)
          }
        }
      }
      writer.array("matters", .block) { writer in
        for matter in matters { Self.write(matter, to: &writer) }
      }
    }
  }

  private static func write(_ matter: Matter, to writer: inout JSONWriter) {
    writer.object(.block) { writer in
      writer.array("claims", .block) { writer in
        for claim in matter.claims {
          writer.object { writer in
            writer.array("denials") { writer in
              for denial in claim.denials { write(denial, to: &writer) }
            }
            writer.key("statement")
            write(claim.claim, to: &writer)
          }
        }
      }
      writer.array("denials", .block) { writer in
        for denial in matter.denials {
          writer.object { writer in
            writer.string("claim", denial.claim)
            writer.key("isAbsent")
            writer.boolean(denial.claim != nil)
            writer.key("statement")
            write(denial.denial, to: &writer)
          }
        }
      }
      writer.string("key", matter.key)
      writer.string("proposition", matter.proposition)
      writer.array("quotes", .block) { writer in
        for quote in matter.quotes { write(quote, to: &writer) }
      }
    }
  }

  private static func write(_ statement: Statement, to writer: inout JSONWriter) {
    let (kind, name): (String, String?) =
      switch statement.speaker {
      case .named(let name): ("named", name)
      case .source(let words): ("source", words)
      case .implicit: ("implicit", nil)
      case .author: ("author", nil)
      case .unknown: ("unknown", nil)
      }
    writer.object { writer in
      writer.string("attribution", kind)
      writer.string("cue", statement.cue.isEmpty ? nil : statement.cue)
      writer.string("document", statement.document)
      writer.integer("end", statement.range.end)
      writer.string("label", statement.label)
      writer.strings("quotes", statement.quotes)
      writer.integer("sentence", statement.sentence)
      writer.integer("span", statement.span)
      writer.string("speaker", name)
      writer.integer("start", statement.range.start)
      writer.string("text", statement.words)
    }
  }
}
