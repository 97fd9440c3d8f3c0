/// A file that does not take part, and why.
package struct Omission: Equatable {
  package let document: String
  package let annotator: String
  package let reason: String
}
