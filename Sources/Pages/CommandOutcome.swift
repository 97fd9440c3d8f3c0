/// What a command of the shell comes to: a page for people or data for programs.
package struct CommandOutcome: Sendable {
  /// For people: standard output, unless ``data`` takes its place.
  package var page: Page
  /// For programs: standard output, byte for byte; nil where there is a page.
  package let data: [UInt8]?
  /// What is said besides: standard error.
  package var notes = Page()
  /// 0 done; 1 done, and the answer is no; 2 not carried out.
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

  /// All of it as the prompt shows it.
  package var shown: Page {
    (data.map { Page(String(decoding: $0, as: UTF8.self)) } ?? page).followed(by: notes)
  }
}
