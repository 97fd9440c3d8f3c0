package import Storage
import Synchronization

/// A disk in memory that forgets what was not synced when its power is cut, and fails any call it is told to.
///
/// A class because the copies of a workspace share it. What the caller sees is kept apart from what would be there
/// after a power cut: bytes become durable with ``sync(_:)``, changes of names with ``syncFolder(_:)`` of a folder that
/// they concern. A rename is one change, even between two folders.
package final class MemoryDisk: Disk {
  package enum Trouble {
    /// The call fails with this code and does nothing.
    case fails(Int32)
    /// The call and all after it fail with this code.
    case failsFromNowOn(Int32)
    /// The call writes half of its bytes, then fails.
    case fallsShort
    /// Power goes before the call; every later call fails.
    case cut
    /// Another program does something on the disk just before the call.
    case meanwhile(@Sendable () throws -> Void)
  }

  /// What becomes of what was not synced when the power is cut.
  package enum Fate: Sendable {
    /// All changes of names have reached the medium, and no bytes.
    case names
    /// Nothing has.
    case nothing
    /// Each change of names and each sector of 512 bytes has, or has not.
    case some(seed: UInt64)

    package static let all: [Fate] = [.names, .nothing] + (1...4).map { .some(seed: $0) }
  }

  private enum Node {
    case file(bytes: [UInt8], durable: [UInt8], modified: Int)
    case folder
  }

  /// Names in folders: the number of the file or folder that has each.
  private typealias Names = [Int: [String: Int]]

  /// A change of names that comes wholly or not at all; nil for a name that goes.
  private typealias Change = [(folder: Int, name: String, number: Int?)]

  private struct State {
    var nodes: [Int: Node] = [0: .folder]
    var names: Names = [0: [:]]
    var durable: Names = [0: [:]]
    var waiting: [Change] = []
    var open: [Int32: Int] = [:]
    var locked: Set<Int> = []
    var nextNode = 1
    var nextDescriptor: Int32 = 3
    var clock = 1
    var calls = 0
    var trouble: (call: Int, trouble: Trouble)?
    var isCut = false

    func number(_ path: String) -> Int? {
      var number = 0
      for name in path.split(separator: "/") {
        guard let next = names[number]?[String(name)] else { return nil }
        number = next
      }
      return number
    }

    func isFolder(_ number: Int?) -> Bool {
      guard let number, case .folder? = nodes[number] else { return false }
      return true
    }

    /// The folder of a path and the name in it; nil if the folder does not exist.
    func place(_ path: String) -> (folder: Int, name: String)? {
      let (folder, name) = Paths.split(path)
      guard let number = number(folder), isFolder(number) else { return nil }
      return (number, name)
    }

    mutating func change(_ change: Change) {
      for part in change { names[part.folder]?[part.name] = part.number }
      waiting.append(change)
    }

    mutating func make(_ node: Node, at place: (folder: Int, name: String)) -> Int {
      let number = nextNode
      nextNode += 1
      nodes[number] = node
      if case .folder = node { (names[number], durable[number]) = ([:], [:]) }
      change([(place.folder, place.name, number)])
      return number
    }
  }

  private let state: Mutex<State>

  package init(folders: [String]) {
    var made = State()
    for path in folders {
      guard let place = made.place(path) else { continue }
      _ = made.make(.folder, at: place)
    }
    made.durable = made.names
    made.waiting = []
    state = Mutex(made)
  }

  private init(_ made: sending State) { state = Mutex(made) }

  /// Calls so far.
  package var calls: Int { state.withLock { $0.calls } }

  /// What happens at the n-th call from now on, counted from 1.
  package func plan(_ trouble: Trouble, atCall number: Int) {
    state.withLock { $0.trouble = ($0.calls + number, trouble) }
  }

  /// The disk as it is after the power came back; descriptors and locks are gone.
  package func afterPowerCut(_ fate: Fate) -> MemoryDisk {
    var new = state.withLock { $0 }
    var random: SeededBits? = if case .some(let seed) = fate { SeededBits(seed) } else { nil }
    switch fate {
    case .names: new.durable = new.names
    case .nothing: break
    case .some:
      for change in new.waiting where random?.next() == true {
        for part in change where new.durable[part.folder] != nil { new.durable[part.folder]?[part.name] = part.number }
      }
    }
    new.names = new.durable
    for (number, node) in new.nodes.sorted(by: { $0.key < $1.key }) {
      guard case .file(let bytes, let durable, let modified) = node else { continue }
      let kept = random == nil ? durable : Self.torn(durable, bytes) { random?.next() ?? false }
      new.nodes[number] = .file(bytes: kept, durable: kept, modified: modified)
    }
    return Self.restarted(new)
  }

  /// Old bytes and new ones, sector by sector; the length is that of either.
  private static func torn(_ old: [UInt8], _ new: [UInt8], _ takesNew: () -> Bool) -> [UInt8] {
    if old == new { return old }
    var bytes: [UInt8] = []
    let length = takesNew() ? new.count : old.count
    for start in stride(from: 0, to: length, by: 512) {
      let sector = (takesNew() ? new : old).dropFirst(start).prefix(min(512, length - start))
      bytes += sector + [UInt8](repeating: 0, count: min(512, length - start) - sector.count)
    }
    return bytes
  }

  /// The disk as another process sees it after this one was killed: all that was written.
  package func afterKill() -> MemoryDisk { Self.restarted(state.withLock { $0 }) }

  private static func restarted(_ old: State) -> MemoryDisk {
    var new = old
    (new.open, new.locked, new.trouble, new.isCut) = ([:], [], nil, false)
    return MemoryDisk(new)
  }

  private func call<Value>(
    _ operation: String, _ path: String, _ body: (inout State, Bool) -> Result<Value, DiskFault>
  ) throws(DiskFault) -> Value {
    let meanwhile = state.withLock { state -> (@Sendable () throws -> Void)? in
      // Several threads at once may pass the number by.
      guard let planned = state.trouble, planned.call <= state.calls + 1, case .meanwhile(let act) = planned.trouble
      else { return nil }
      state.trouble = nil
      return act
    }
    try? meanwhile?()
    let result = state.withLock { state -> Result<Value, DiskFault> in
      state.calls += 1
      state.clock += 1
      if state.isCut { return .failure(DiskFault(operation: operation, path: path, code: 5)) }
      guard let planned = state.trouble else { return body(&state, false) }
      if case .failsFromNowOn(let code) = planned.trouble, state.calls >= planned.call {
        return .failure(DiskFault(operation: operation, path: path, code: code))
      }
      guard planned.call == state.calls else { return body(&state, false) }
      switch planned.trouble {
      case .fails(let code), .failsFromNowOn(let code):
        return .failure(DiskFault(operation: operation, path: path, code: code))
      case .fallsShort:
        _ = body(&state, true)
        return .failure(DiskFault(operation: operation, path: path, code: 28))
      case .cut:
        state.isCut = true
        return .failure(DiskFault(operation: operation, path: path, code: 5))
      case .meanwhile: return body(&state, false)
      }
    }
    return try result.get()
  }

  private func fault(_ operation: String, _ path: String, _ code: Int32 = 2) -> DiskFault {
    DiskFault(operation: operation, path: path, code: code)
  }

  // MARK: reading

  package func beneath(_ folder: String) -> any Disk { self }

  package func inode(at path: String) throws(DiskFault) -> UInt64? { try entry(path)?.inode }

  package func read(_ path: String, limit: Int) throws(DiskFault) -> [UInt8] {
    try call("read", path) { state, _ in
      guard let number = state.number(path) else { return .failure(fault("read", path)) }
      guard case .file(let bytes, _, _)? = state.nodes[number] else { return .failure(fault("read", path, 21)) }
      guard bytes.count <= limit else {
        return .failure(DiskFault(operation: "read", path: path, code: 27, limit: limit))
      }
      return .success(bytes)
    }
  }

  package func read(_ path: String, from offset: Int, atMost count: Int) throws(DiskFault) -> [UInt8] {
    Array(try read(path).dropFirst(offset).prefix(count))
  }

  package func entry(_ path: String) throws(DiskFault) -> DiskEntry? {
    try call("stat", path) { state, _ in .success(state.number(path).flatMap { Self.entry($0, state) }) }
  }

  package func entry(_ file: OpenFile) throws(DiskFault) -> DiskEntry {
    try call("stat", file.path) { state, _ in
      guard let number = state.open[file.descriptor], let entry = Self.entry(number, state) else {
        return .failure(fault("stat", file.path))
      }
      return .success(entry)
    }
  }

  private static func entry(_ number: Int, _ state: State) -> DiskEntry? {
    switch state.nodes[number] {
    case .file(let bytes, _, let modified):
      DiskEntry(
        kind: .file, size: bytes.count, inode: UInt64(number), modified: .seconds(modified),
        permissions: 0o644)
    case .folder:
      DiskEntry(kind: .folder, size: 0, inode: UInt64(number), modified: .zero, permissions: 0o755)
    case nil: nil
    }
  }

  package func linkTarget(_ path: String) throws(DiskFault) -> String? { nil }

  package func names(in folder: String) throws(DiskFault) -> [String] {
    try call("open", folder) { state, _ in
      guard let number = state.number(folder), let names = state.names[number] else {
        return .failure(fault("open", folder))
      }
      return .success(names.keys.sorted())
    }
  }

  // MARK: writing

  package func makeFolder(_ path: String, permissions: UInt32?) throws(DiskFault) {
    try call("make", path) { (state: inout State, _: Bool) -> Result<Void, DiskFault> in
      guard let place = state.place(path) else { return .failure(fault("make", path)) }
      guard state.number(path) == nil else { return .failure(fault("make", path, 17)) }
      _ = state.make(.folder, at: place)
      return .success(())
    }
  }

  package func create(_ path: String, permissions: UInt32) throws(DiskFault) -> OpenFile {
    try call("create", path) { state, _ in
      if state.number(path) != nil { return .failure(fault("create", path, 17)) }
      return open(path, &state)
    }
  }

  package func openForAppending(_ path: String, permissions: UInt32) throws(DiskFault) -> OpenFile {
    try call("open", path) { state, _ in open(path, &state) }
  }

  private func open(_ path: String, _ state: inout State) -> Result<OpenFile, DiskFault> {
    guard let place = state.place(path) else { return .failure(fault("open", path)) }
    let number =
      state.number(path) ?? state.make(.file(bytes: [], durable: [], modified: state.clock), at: place)
    state.nextDescriptor += 1
    state.open[state.nextDescriptor] = number
    return .success(OpenFile(descriptor: state.nextDescriptor, path: path))
  }

  /// Changes the bytes of an open file.
  private func change(
    _ operation: String, _ file: OpenFile, _ body: (inout [UInt8], inout [UInt8], Bool) -> Void
  ) throws(DiskFault) {
    try call(operation, file.path) { (state: inout State, isShort: Bool) -> Result<Void, DiskFault> in
      guard let number = state.open[file.descriptor],
        case .file(var bytes, var durable, let modified)? = state.nodes[number]
      else { return .failure(fault(operation, file.path)) }
      let before = bytes
      body(&bytes, &durable, isShort)
      state.nodes[number] = .file(bytes: bytes, durable: durable, modified: bytes == before ? modified : state.clock)
      return .success(())
    }
  }

  package func write(_ bytes: [UInt8], to file: OpenFile) throws(DiskFault) {
    try change("write", file) { content, _, isShort in
      content += isShort ? bytes.prefix(bytes.count / 2) : bytes[...]
    }
  }

  package func truncate(_ file: OpenFile, to length: Int) throws(DiskFault) {
    try change("truncate", file) { content, _, _ in
      if content.count > length { content.removeLast(content.count - length) }
    }
  }

  package func sync(_ file: OpenFile) throws(DiskFault) {
    try change("sync", file) { content, durable, _ in durable = content }
  }

  package func syncFileSystem(of file: OpenFile) throws(DiskFault) {
    try call("sync", file.path) { (state: inout State, _: Bool) -> Result<Void, DiskFault> in
      for (number, node) in state.nodes {
        guard case .file(let bytes, _, let modified) = node else { continue }
        state.nodes[number] = .file(bytes: bytes, durable: bytes, modified: modified)
      }
      for part in state.waiting.joined() { state.durable[part.folder]?[part.name] = part.number }
      state.waiting = []
      return .success(())
    }
  }

  package func close(_ file: OpenFile) {
    state.withLock { state in
      if let number = state.open.removeValue(forKey: file.descriptor) { state.locked.remove(number) }
    }
  }

  package func rename(_ path: String, to newPath: String) throws(DiskFault) {
    try rename(path, newPath, mayReplace: true)
  }

  package func renameWithoutReplacing(_ path: String, to newPath: String) throws(DiskFault) {
    try rename(path, newPath, mayReplace: false)
  }

  private func rename(_ path: String, _ newPath: String, mayReplace: Bool) throws(DiskFault) {
    try call("rename", newPath) { (state: inout State, _: Bool) -> Result<Void, DiskFault> in
      guard let number = state.number(path), let from = state.place(path), let to = state.place(newPath) else {
        return .failure(fault("rename", newPath))
      }
      let old = state.number(newPath)
      guard old == nil || mayReplace && !state.isFolder(old) && !state.isFolder(number) else {
        return .failure(fault("rename", newPath, 17))
      }
      state.change([(from.folder, from.name, nil), (to.folder, to.name, number)])
      return .success(())
    }
  }

  package func exchange(_ path: String, with other: String) throws(DiskFault) {
    try call("exchange", other) { (state: inout State, _: Bool) -> Result<Void, DiskFault> in
      guard let a = state.number(path), let b = state.number(other), let from = state.place(path),
        let to = state.place(other)
      else { return .failure(fault("exchange", other)) }
      state.change([(from.folder, from.name, b), (to.folder, to.name, a)])
      return .success(())
    }
  }

  package func remove(_ path: String) throws(DiskFault) {
    try call("remove", path) { (state: inout State, _: Bool) -> Result<Void, DiskFault> in
      guard let number = state.number(path), let place = state.place(path) else {
        return .failure(fault("remove", path))
      }
      guard state.names[number]?.isEmpty ?? true else { return .failure(fault("remove", path, 39)) }
      state.change([(place.folder, place.name, nil)])
      return .success(())
    }
  }

  package func syncFolder(_ path: String) throws(DiskFault) {
    try call("sync", path) { (state: inout State, _: Bool) -> Result<Void, DiskFault> in
      guard let number = state.number(path) else { return .failure(fault("sync", path)) }
      for change in state.waiting where change.contains(where: { $0.folder == number }) {
        for part in change { state.durable[part.folder]?[part.name] = part.number }
      }
      state.waiting.removeAll { $0.contains { $0.folder == number } }
      return .success(())
    }
  }

  package func lock(_ path: String) throws(DiskFault) -> OpenFile? {
    try call("lock", path) { state, _ in
      open(path, &state).map { file in
        let number = state.open[file.descriptor] ?? 0
        if state.locked.contains(number) {
          state.open[file.descriptor] = nil
          return nil
        }
        state.locked.insert(number)
        return file
      }
    }
  }
}

/// Truth and falsehood drawn with a seed: the same on every machine.
private struct SeededBits {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> Bool {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state >> 33 & 1 == 1
  }
}
