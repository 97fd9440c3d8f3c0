/// The result of a shell command: a page for people or data for programs.
package struct CommandOutcome: Sendable {
  /// The page for standard output, unless ``data`` takes its place.
  package var page: Page
  /// The bytes for standard output; nil if there is a page.
  package let data: [UInt8]?
  /// The notes for standard error.
  package var notes = Page()
  /// The exit status: 0 for done, 1 for done with a negative answer, 2 for not carried out.
  package var status: Int32

  package init(_ page: Page, status: Int32 = 0) {
    self.page = page
    data = nil
    self.status = status
  }

  package init(data: [UInt8], status: Int32 = 0) {
    page = Page()
    self.data = data
    self.status = status
  }

  /// The page and the notes together, as the prompt shows them.
  package var shown: Page {
    (data.map { Page(String(decoding: $0, as: UTF8.self)) } ?? page).followed(by: notes)
  }
}
