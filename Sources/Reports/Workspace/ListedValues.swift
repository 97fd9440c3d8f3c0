import Comparison
package import Pages
import Standoff
package import Storage
import Suggestion

/// The speakers and matters in use beside the team's lists, and the lists that would hold them all.
package struct ListedValues {
  package let lists: SharedLists
  /// The number of names that are left for a person to decide.
  package var doubtful: Int { speakers.likenesses.count + matters.likenesses.count }

  /// Whether a name is listed or in use.
  package func isKnown(_ name: String, isMatter: Bool) -> Bool {
    isMatter
      ? matterUses[name] != nil || lists.key(of: name) != nil : speakerUses[name] != nil || lists.name(of: name) != nil
  }

  private let speakers: Spellings
  private let matters: Spellings
  private var speakerUses: [String: Int] = [:]
  private var matterUses: [String: Int] = [:]
  /// For each matter the words of the first claim about it, else of the first content.
  private var words: [String: String] = [:]

  package init(in workspace: Workspace) throws(Complaint) {
    do throws(FileFault) {
      lists = try workspace.sharedLists()
      var isClaim: Set<String> = []
      for name in try workspace.documentNames() {
        let counted = try CountedAnnotations(of: name, in: workspace, CountingRule(.annotatorsAndGold, .any))
        for set in counted.files.map(\.set) {
          for span in set.inReadingOrder {
            if let value = span.attributes[EffectiveSpeakers.attribute] {
              for name in EffectiveSpeakers.names(in: value) { speakerUses[name, default: 0] += 1 }
            }
            guard let key = span.attributes[SharedLists.matterAttribute] else { continue }
            matterUses[key, default: 0] += 1
            let says = span.label == set.scheme.claimLabel?.name
            guard words[key] == nil || says && !isClaim.contains(key) else { continue }
            if says { isClaim.insert(key) }
            let text = span.fragments.map { counted.document.text[$0] }.joined(separator: " ")
            words[key] = Complaint.shortened(text.split(whereSeparator: \.isWhitespace).joined(separator: " "), to: 200)
          }
        }
      }
    } catch {
      throw Complaint(error)
    }
    var names: [String: String] = [:]
    for speaker in lists.speakers { for one in [speaker.name] + speaker.aliases { names[one] = speaker.name } }
    var keys: [String: String] = [:]
    for matter in lists.matters { for one in [matter.key] + matter.aliases { keys[one] = matter.key } }
    let lexicons = WorkspaceRemarks.lexicons(in: workspace)
    func joins(_ word: String) -> Bool { lexicons.contains { $0.joins(word) } }
    speakers = Spellings(
      speakerUses.filter { names[$0.key] == nil || names[$0.key] == $0.key }, listed: names, isMatter: false,
      joins: joins)
    matters = Spellings(
      matterUses.filter { keys[$0.key] == nil || keys[$0.key] == $0.key }, listed: keys, isMatter: true, joins: joins)
  }

  /// The lists with what is in use: another spelling of a name that is clearly one becomes its alias; a name that only
  /// looks like another is left for a person to decide.
  package var proposed: SharedLists {
    var proposed = lists
    for name in speakers.unlisted.map(\.value).sorted() {
      proposed.speakers.append(SharedLists.Speaker(name: name))
    }
    for (name, better) in speakers.renames { proposed = proposed.joining(name.value, to: better, isMatter: false) }
    for key in matters.unlisted.map(\.value).sorted() {
      proposed.matters.append(SharedLists.Matter(key: key, proposition: words[key] ?? key))
    }
    for (name, better) in matters.renames { proposed = proposed.joining(name.value, to: better, isMatter: true) }
    proposed.speakers.sort { $0.name < $1.name }
    proposed.matters.sort { $0.key < $1.key }
    return proposed
  }

  /// What is listed and in use, with the values that look alike.
  package var page: Page {
    var page = Page()
    func append(
      _ title: String, _ listed: [(name: String, aliases: [String])], _ uses: [String: Int], _ spellings: Spellings
    ) {
      page.append(
        "\(title): \(counted(listed.count, "name")) listed, \(spellings.unlisted.count + spellings.likenesses.count) not listed",
        .bold)
      for (name, aliases) in listed {
        let count = ([name] + aliases).reduce(0) { $0 + (uses[$1] ?? 0) }
        page.append("  \(name) (\(count))\(aliases.isEmpty ? "" : ", also \(Complaint.list(aliases))")", indent: 4)
      }
      for name in spellings.unlisted { page.append("  not listed: \(name.value) (\(name.count))", indent: 4) }
      for (name, others) in spellings.likenesses {
        page.append("  not listed: \(name.value) (\(name.count)), like \(Complaint.list(others))", indent: 4)
      }
      for (name, better) in spellings.renames {
        page.append("  another spelling of \(better): \(name.value) (\(name.count))", indent: 4)
      }
    }
    append("Speakers", lists.speakers.map { ($0.name, $0.aliases) }, speakerUses, speakers)
    append("Matters", lists.matters.map { ($0.key, $0.aliases) }, matterUses, matters)
    page.append(
      "“--propose” adds what is not listed; “--same speaker KEPT OTHER” makes two names one in every figure.", .dim)
    return page
  }
}

extension SharedLists {
  /// The lists with one value made an alias of another, which is listed if it was not.
  package func joining(_ other: String, to kept: String, isMatter: Bool) -> SharedLists {
    var lists = self
    if isMatter {
      let entries = joined(matters.map { ($0.key, $0.aliases) }, other, kept)
      func proposition(_ key: String) -> String? { matters.first { $0.key == key }?.proposition }
      lists.matters = entries.map { name, aliases in
        Matter(key: name, aliases: aliases, proposition: proposition(name) ?? proposition(other) ?? name)
      }
    } else {
      let entries = joined(speakers.map { ($0.name, $0.aliases) }, other, kept)
      lists.speakers = entries.map { Speaker(name: $0.name, aliases: $0.aliases) }
    }
    return lists
  }

  private typealias Entry = (name: String, aliases: [String])

  /// An entry that loses its name to another brings its aliases along.
  private func joined(_ entries: [Entry], _ other: String, _ kept: String) -> [Entry] {
    let gone = Set([other] + (entries.first { $0.name == other }?.aliases ?? []))
    let aliases = gone.union(entries.first { $0.name == kept }?.aliases ?? []).subtracting([kept])
    let others = entries.filter { $0.name != kept && $0.name != other }.map { entry in
      (name: entry.name, aliases: entry.aliases.filter { !gone.contains($0) && $0 != kept })
    }
    return (others + [(name: kept, aliases: aliases.sorted())]).sorted { $0.name < $1.name }
  }
}
