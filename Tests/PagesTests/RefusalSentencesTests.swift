import Standoff
import TestSupport
import Testing

@testable import Pages

@Suite struct RefusalSentencesTests {
  @Test func `an edit that the rules do not allow is said in words`() {
    let refusals: [AnnotationSet.Refusal] = [
      .spanDiffers(id: 3), .relationDiffers(id: 3), .declinedDiffers, .statusDiffers, .idNotAllowed(0),
      .fragmentsNotAllowed(id: 3), .outsideText(TextRange(60, 70), length: 64), .unknownLabel("rumour"),
      .attributeNotAllowed("about", label: "cue"),
      .valueNotAllowed("loud", attribute: "attribution", choices: ["named", "unnamed"]),
      .valueNotAllowed("", attribute: "about", choices: []), .duplicate(of: 3), .noSpan(9),
      .relationNotAllowed("denies", from: "claim", to: "cue"), .relationNotAllowed("said-by", from: "claim", to: nil),
      .relationTwice(of: 2), .stillRelated(span: 3, relation: 2),
    ]
    expect(
      refusals.map { Complaint($0).page.text }.joined(separator: "\n"),
      #"""
      Number 3 has changed in the meantime.
      Look at it with “show 3”.

      Number 3 has changed in the meantime.
      Look at it with “show 3”.

      That span is already declined, or was never declined.

      The document's status has changed in the meantime.

      The id 0 is out of range or used twice.
      Ids are 1, 2, 3, … and unique.

      Its fragments are out of order, touch or overlap.
      Each must begin after the one before it ends.

      Offsets 60-70 are not in the text, which has 64 code points.

      The scheme has no label “rumour”.

      The label “cue” has no attribute “about”.

      “attribution” does not take “loud”.
      Choose one of named and unnamed.

      “about” cannot be empty.
      “set 4 about -” clears it.

      Span 3 already has the same words, label and attributes.
      Nothing was added.

      There is no span 9.

      “denies” does not lead from a claim to a cue.

      “said-by” from a claim needs a target in the text.

      That relation already exists (number 2).
      Nothing was added.

      Relation 2 still leads to span 3.
      Unlink it first.

      """#)
  }

  @Test func `what is wrong with a scheme is said in words`() {
    let faults: [Scheme.Fault] = [
      .noLabels, .nameNotAllowed("../s"), .versionNotAllowed("one"), .labelNameNotAllowed("2x"),
      .keyNotAllowed(label: "claim", key: "abc"), .labelTwice("claim"), .keyTwice("c", labels: ["claim", "cue"]),
      .keyIsVerb("u", label: "unclear"), .attributeTwice("about"), .relationTwice("denies"),
      .unknownLabel("rumour", in: "denies"), .noEnds(relation: "denies"), .noValues(attribute: "about"),
      .valueTwice("loud", attribute: "tone"), .unknownRequirement("about", label: "claim"),
      .dissimilarityTwice("claim", "denial"), .dissimilarityToItself("claim"), .ruleTwice(3),
    ]
    expect(
      faults.map { Complaint.sentence($0) }.joined(separator: "\n"),
      #"""
      The scheme has no labels.
      “../s” cannot be a scheme's name.
      A scheme's version looks like 1.0.0, not “one”.
      “2x” cannot be a name: names are a letter, then letters, digits, “_” or “-”.
      The key of “claim” must be one or two letters, not “abc”.
      There are two labels “claim”.
      claim and cue share the key “c”.
      “u”, of the label “unclear”, is reserved for the prompt.
      There are two attributes “about”.
      There are two relations “denies”.
      “denies” refers to the label “rumour”, which does not exist.
      The relation “denies” has no labels at one of its ends.
      The attribute “about” has no values to choose from.
      The attribute “tone” lists the value “loud” twice.
      “claim” requires “about”, which does not exist.
      The dissimilarity of “claim” and “denial” is given twice.
      A dissimilarity needs two different labels, not “claim” twice.
      The guideline has two rules 3.
      """#)
  }
}
