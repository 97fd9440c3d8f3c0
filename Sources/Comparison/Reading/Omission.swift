/// A file that is left out, and why.
package struct Omission: Equatable {
  package let document: String
  package let annotator: String
  package let reason: String
}
