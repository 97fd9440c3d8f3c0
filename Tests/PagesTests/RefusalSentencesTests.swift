import Standoff
import Storage
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
      Number 3 is not as it was.
      Look at it again with “show 3”.

      Number 3 is not as it was.
      Look at it again with “show 3”.

      The suggestion is refused twice, or was not refused.

      The document's status is not as it was.

      The id 0 is not allowed or stands twice.
      Ids are 1, 2, 3, … and unique.

      Its fragments are not in order, or touch or overlap.
      Each fragment begins after the one before ends.

      60-70 lies outside the text, which has 64 code points.

      The scheme has no label “rumour”.

      The label “cue” carries no attribute “about”.

      “loud” is no value of “attribution”.
      Choose one of named and unnamed.

      “about” cannot be empty.
      “set 4 about -” clears it.

      Span 3 is the same already: the same words, label and attributes.
      Nothing was added.

      There is no span 9.

      “denies” does not lead from a claim to a cue.

      “said-by” of a claim must have its target in the text.

      That relation exists already (number 2).
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
      It has no labels.
      “../s” cannot be a scheme's name.
      “one” cannot be its version; 1.0.0 can.
      “2x” cannot be a name: a letter, then letters, digits, “_” or “-”.
      The key “abc” of “claim” is not one or two letters.
      The label “claim” stands twice.
      The key “c” is that of claim and cue.
      “u” of the label “unclear” is a word that the prompt keeps for itself.
      The attribute “about” stands twice.
      The name of the relation “denies” stands twice.
      “denies” names the label “rumour”, which there is not.
      The relation “denies” leads from or to no label.
      The attribute “about” has no values to choose from.
      The value “loud” of “tone” stands twice.
      “claim” requires “about”, which there is not.
      How far “claim” and “denial” are apart stands twice.
      “claim” is not apart from itself: name two labels.
      Rule 3 of the guideline stands twice.
      """#)
  }
}
