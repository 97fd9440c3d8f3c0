package import Standoff

extension Complaint {
  /// An edit that the rules do not allow, in sentences.
  package init(_ refusal: AnnotationSet.Refusal) {
    let (problem, advice) = Self.sentences(of: refusal)
    self.init(problem, advice)
  }

  package static func sentences(of refusal: AnnotationSet.Refusal) -> (problem: String, advice: String) {
    switch refusal {
    case .spanDiffers(let id), .relationDiffers(let id):
      return ("Number \(id) is not as it was.", "Look at it again with “show \(id)”.")
    case .declinedDiffers: return ("The suggestion is refused twice, or was not refused.", "")
    case .statusDiffers: return ("The document's status is not as it was.", "")
    case .idNotAllowed(let id):
      return ("The id \(id) is not allowed or stands twice.", "Ids are 1, 2, 3, … and unique.")
    case .fragmentsNotAllowed:
      return ("Its fragments are not in order, or touch or overlap.", "Each fragment begins after the one before ends.")
    case .outsideText(let range, let length):
      return ("\(range) lies outside the text, which has \(length) code points.", "")
    case .unknownLabel(let label): return ("The scheme has no label “\(label)”.", "")
    case .attributeNotAllowed(let name, let label):
      return ("The label “\(label)” carries no attribute “\(name)”.", "")
    case .valueNotAllowed(let value, let attribute, let choices):
      if choices.isEmpty { return ("“\(attribute)” cannot be empty.", "“set 4 \(attribute) -” clears it.") }
      return ("“\(value)” is no value of “\(attribute)”.", "Choose one of \(list(choices)).")
    case .duplicate(let id):
      return ("Span \(id) is the same already: the same words, label and attributes.", "Nothing was added.")
    case .noSpan(let id): return ("There is no span \(id).", "")
    case .relationNotAllowed(let type, let from, let to):
      return (
        to.map { "“\(type)” does not lead from a \(from) to a \($0)." }
          ?? "“\(type)” of a \(from) must have its target in the text.", ""
      )
    case .relationTwice(let id): return ("That relation exists already (number \(id)).", "Nothing was added.")
    case .stillRelated(let span, let relation):
      return ("Relation \(relation) still leads to span \(span).", "Unlink it first.")
    }
  }

  static func sentence(_ fault: Scheme.Fault) -> String {
    switch fault {
    case .noLabels: "It has no labels."
    case .nameNotAllowed(let name): "“\(name)” cannot be a scheme's name."
    case .versionNotAllowed(let version): "“\(version)” cannot be its version; 1.0.0 can."
    case .labelNameNotAllowed(let name): "“\(name)” cannot be a name: a letter, then letters, digits, “_” or “-”."
    case .keyNotAllowed(let label, let key): "The key “\(key)” of “\(label)” is not one or two letters."
    case .labelTwice(let name): "The label “\(name)” stands twice."
    case .keyTwice(let key, let labels): "The key “\(key)” is that of \(list(labels))."
    case .keyIsVerb(let key, let label): "“\(key)” of the label “\(label)” is a word that the prompt keeps for itself."
    case .attributeTwice(let name): "The attribute “\(name)” stands twice."
    case .relationTwice(let name): "The name of the relation “\(name)” stands twice."
    case .unknownLabel(let name, let place): "“\(place)” names the label “\(name)”, which there is not."
    case .noEnds(let relation): "The relation “\(relation)” leads from or to no label."
    case .noValues(let attribute): "The attribute “\(attribute)” has no values to choose from."
    case .valueTwice(let value, let attribute): "The value “\(value)” of “\(attribute)” stands twice."
    case .unknownRequirement(let name, let label): "“\(label)” requires “\(name)”, which there is not."
    case .dissimilarityTwice(let first, let second): "How far “\(first)” and “\(second)” are apart stands twice."
    case .dissimilarityToItself(let label): "“\(label)” is not apart from itself: name two labels."
    case .ruleTwice(let number): "Rule \(number) of the guideline stands twice."
    }
  }
}
