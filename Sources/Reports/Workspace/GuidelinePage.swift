package import Pages
package import Standoff

/// A scheme's labels and the rules for them: for new annotators to read, and one key away at the prompt.
package struct GuidelinePage {
  private let scheme: Scheme

  package init(_ scheme: Scheme) { self.scheme = scheme }

  private var title: String { scheme.title.isEmpty ? scheme.name : scheme.title }

  package var page: Page {
    var page = Page()
    page.append("\(title) (\(scheme.name) \(scheme.version))", .bold)
    if !scheme.description.isEmpty { page.append(scheme.description) }
    page.append("")
    for label in scheme.labels { page.append("\(label.name) (\(label.key)): \(label.description)", indent: 4) }
    page.append("")
    return page.followed(by: Self.rules(scheme.guideline, of: "Rules"))
  }

  /// Rules with their examples.
  package static func rules(_ rules: [Scheme.Rule], of title: String) -> Page {
    var page = Page()
    page.append(title, .bold)
    for rule in rules {
      page.append("\(rule.number). \(rule.text)", indent: 3)
      page.append("   right: \(rule.right)", Page.Style(colour: .green), indent: 10)
      page.append("   wrong: \(rule.wrong)", Page.Style(colour: .red), indent: 10)
    }
    return page
  }

  package var markdown: String {
    var text = "# \(MarkdownText.plain(title))\n\n"
    if !scheme.description.isEmpty { text += "\(MarkdownText.plain(scheme.description))\n\n" }
    text += "`\(scheme.name)` \(scheme.version)\n\n"
    for label in scheme.labels {
      text += "- **\(label.name)** (`\(label.key)`): \(MarkdownText.plain(label.description))\n"
    }
    if !scheme.guideline.isEmpty { text += "\n## Rules\n\n" }
    for rule in scheme.guideline {
      text += "\(rule.number). \(MarkdownText.plain(rule.text))\n   - right: \(MarkdownText.plain(rule.right))\n"
      text += "   - wrong: \(MarkdownText.plain(rule.wrong))\n"
    }
    return text
  }

  /// A page of HTML that loads nothing; what an example marks stands in a frame with its label.
  package var html: String {
    var html = HTMLWriter()
    html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n")
    html.element("head") { html in
      html.open("meta", ["charset": "utf-8"])
      html.open("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
      html.open(
        "meta", ["http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"])
      html.element("title", text: title)
      html.raw("<style>\(Self.sheet)</style>")
    }
    html.raw("<body>\n<main>\n")
    html.element("h1", text: title)
    if !scheme.description.isEmpty { html.element("p", text: scheme.description) }
    html.element("p", ["class": "dim"], text: "\(scheme.name) \(scheme.version)")
    html.element("ul") { html in
      for label in scheme.labels {
        html.element("li") { html in
          html.element("b", text: label.name)
          html.text(" (\(label.key)): \(label.description)")
        }
      }
    }
    html.element("h2", text: "Rules")
    for rule in scheme.guideline {
      html.element("section") { html in
        html.element("h3", text: "\(rule.number). \(rule.labels.joined(separator: ", "))")
        html.element("p", text: rule.text)
        for (kind, example) in [("right", rule.right), ("wrong", rule.wrong)] {
          html.element("p", ["class": kind]) { html in
            html.element("b", text: "\(kind): ")
            Self.marked(example, &html)
          }
        }
      }
    }
    html.raw("</main>\n</body>\n</html>\n")
    return html.page
  }

  /// An example in which marked words stand as `⟦label: words⟧`, one in another.
  private static func marked(_ example: String, _ html: inout HTMLWriter) {
    var rest = example[...]
    while let place = rest.firstIndex(where: { $0 == "⟦" || $0 == "⟧" }) {
      html.text(String(rest[..<place]))
      let isOpening = rest[place] == "⟦"
      rest = rest[rest.index(after: place)...]
      guard isOpening else {
        html.raw("</mark>")
        continue
      }
      html.open("mark")
      guard let colon = rest.firstIndex(of: ":") else { continue }
      html.element("small", text: String(rest[..<colon]))
      rest = rest[rest.index(after: colon)...]
    }
    html.text(String(rest))
  }

  private static let sheet = """
    :root { color-scheme: light dark }
    body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 }
    main { max-width: 44rem; margin: 0 auto; padding: 1rem }
    h3 { margin-bottom: 0 }
    section { break-inside: avoid }
    .dim { opacity: .8 }
    .right { border-left: .25rem solid #1a7f37; padding-left: .75rem }
    .wrong { border-left: .25rem solid #b3261e; padding-left: .75rem }
    mark { background: none; color: inherit; border: 1px solid currentColor; border-radius: .25rem; padding: 0 .15rem }
    mark small { font-weight: bold; margin-right: .35rem }
    """
}
