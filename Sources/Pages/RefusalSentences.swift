package import Standoff

extension Complaint {
  /// A complaint about an edit that the rules do not allow.
  package init(_ refusal: AnnotationSet.Refusal) {
    let (problem, advice) = Self.sentences(of: refusal)
    self.init(problem, advice)
  }

  package static func sentences(of refusal: AnnotationSet.Refusal) -> (problem: String, advice: String) {
    switch refusal {
    case .spanDiffers(let id), .relationDiffers(let id):
      return ("Number \(id) has changed in the meantime.", "Look at it with “show \(id)”.")
    case .declinedDiffers: return ("That span is already declined, or was never declined.", "")
    case .documentDiffers: return ("What is said of the document has changed meanwhile.", "")
    case .documentAttributeNotAllowed(let name): return ("The scheme has no attribute “\(name)” of documents.", "")
    case .statusDiffers: return ("The document's status has changed in the meantime.", "")
    case .idNotAllowed(let id):
      return ("The id \(id) is out of range or used twice.", "Ids are 1, 2, 3, … and unique.")
    case .fragmentsNotAllowed:
      return ("Its fragments are out of order, touch or overlap.", "Each must begin after the one before it ends.")
    case .outsideText(let range, let length):
      return ("Offsets \(range) are not in the text, which has \(length) code points.", "")
    case .unknownLabel(let label): return ("The scheme has no label “\(label)”.", "")
    case .attributeNotAllowed(let name, let label):
      return ("The label “\(label)” has no attribute “\(name)”.", "")
    case .valueNotAllowed(let value, let attribute, let choices):
      if choices.isEmpty { return ("“\(attribute)” cannot be empty.", "“set 4 \(attribute) -” clears it.") }
      return ("“\(attribute)” does not take “\(value)”.", "Choose one of \(list(choices)).")
    case .duplicate(let id):
      return ("Span \(id) already has the same words, label and attributes.", "Nothing was added.")
    case .noSpan(let id): return ("There is no span \(id).", "")
    case .relationNotAllowed(let type, let from, let to):
      return (
        to.map { "“\(type)” does not lead from a \(from) to a \($0)." }
          ?? "“\(type)” from a \(from) needs a target in the text.", ""
      )
    case .relationTwice(let id): return ("That relation already exists (number \(id)).", "Nothing was added.")
    case .stillRelated(let span, let relation):
      return ("Relation \(relation) still leads to span \(span).", "Unlink it first.")
    }
  }

  static func sentence(_ fault: Scheme.Fault) -> String {
    switch fault {
    case .noLabels: "The scheme has no labels."
    case .nameNotAllowed(let name): "“\(name)” cannot be a scheme's name."
    case .versionNotAllowed(let version): "A scheme's version looks like 1.0.0, not “\(version)”."
    case .labelNameNotAllowed(let name):
      "“\(name)” cannot be a name: names are a letter, then letters, digits, “_” or “-”."
    case .keyNotAllowed(let label, let key): "The key of “\(label)” must be one or two letters, not “\(key)”."
    case .labelTwice(let name): "There are two labels “\(name)”."
    case .keyTwice(let key, let labels): "\(list(labels)) share the key “\(key)”."
    case .keyIsVerb(let key, let label): "“\(key)”, of the label “\(label)”, is reserved for the prompt."
    case .attributeTwice(let name): "There are two attributes “\(name)”."
    case .relationTwice(let name): "There are two relations “\(name)”."
    case .unknownLabel(let name, let place): "“\(place)” refers to the label “\(name)”, which does not exist."
    case .noEnds(let relation): "The relation “\(relation)” has no labels at one of its ends."
    case .noValues(let attribute): "The attribute “\(attribute)” has no values to choose from."
    case .valueTwice(let value, let attribute): "The attribute “\(attribute)” lists the value “\(value)” twice."
    case .noOrder(let attribute): "The attribute “\(attribute)” is ordinal, so it needs a list of values, in order."
    case .valueNotNumber(let value, let attribute):
      "The attribute “\(attribute)” has an interval scale, on which “\(value)” is no number."
    case .unknownRequirement(let name, let label): "“\(label)” requires “\(name)”, which does not exist."
    case .dissimilarityTwice(let first, let second): "The dissimilarity of “\(first)” and “\(second)” is given twice."
    case .dissimilarityToItself(let label): "A dissimilarity needs two different labels, not “\(label)” twice."
    case .ruleTwice(let number): "The guideline has two rules \(number)."
    }
  }
}
