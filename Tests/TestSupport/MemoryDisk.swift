package import Storage
import Synchronization

/// A disk in memory that forgets what was not synced when its power is cut, and fails any call it is told to.
///
/// A class because the copies of a workspace share it. What the caller sees is kept apart from what would be there
/// after a power cut: bytes become durable with ``sync(_:)``, names with ``syncFolder(_:)``.
package final class MemoryDisk: Disk {
  package enum Trouble {
    /// The call fails with this code and does nothing.
    case fails(Int32)
    /// The call writes half of its bytes, then fails.
    case fallsShort
    /// Power goes before the call; every later call fails.
    case cut
  }

  private struct File {
    var bytes: [UInt8] = []
    var durable: [UInt8] = []
    var modified = 0
  }

  private struct State {
    var files: [Int: File] = [:]
    var names: [String: Int] = [:]
    var durableNames: [String: Int] = [:]
    var folders: Set<String> = []
    var open: [Int32: (file: Int, path: String)] = [:]
    var locked: Set<Int> = []
    var nextFile = 1
    var nextDescriptor: Int32 = 3
    var clock = 1
    var calls = 0
    var trouble: (call: Int, trouble: Trouble)?
    var isCut = false
    /// Exchanges that the folder they were done in has not been synced after.
    var exchanges: [(String, String)] = []
  }

  private let state: Mutex<State>

  package init(folders: [String]) { state = Mutex(State(folders: Set(folders))) }

  /// Calls so far.
  package var calls: Int { state.withLock { $0.calls } }

  /// What happens at the n-th call from now on, counted from 1.
  package func plan(_ trouble: Trouble, atCall number: Int) {
    state.withLock { $0.trouble = ($0.calls + number, trouble) }
  }

  /// The disk as it is after the power came back: only what was synced; descriptors and locks are gone.
  ///
  /// - Parameter keepingNames: whether renames that were not synced have reached the medium, as they may or may not.
  package func afterPowerCut(keepingNames: Bool) -> MemoryDisk {
    let disk = MemoryDisk(folders: [])
    let old = state.withLock { $0 }
    disk.state.withLock { new in
      new.names = keepingNames ? old.names : old.durableNames
      new.durableNames = new.names
      new.folders = old.folders.union(new.names.keys.map { Paths.split($0).folder })
      new.nextFile = old.nextFile
      for (number, file) in old.files { new.files[number] = File(bytes: file.durable, durable: file.durable) }
    }
    return disk
  }

  /// The disk as another process sees it after this one was killed: all that was written.
  package func afterKill() -> MemoryDisk {
    let disk = MemoryDisk(folders: [])
    let old = state.withLock { $0 }
    disk.state.withLock { new in
      new = old
      new.open = [:]
      new.locked = []
      new.trouble = nil
      new.isCut = false
    }
    return disk
  }

  private func call<Value>(
    _ operation: String, _ path: String, _ body: (inout State, Bool) -> Result<Value, DiskFault>
  ) throws(DiskFault) -> Value {
    let result = state.withLock { state -> Result<Value, DiskFault> in
      state.calls += 1
      state.clock += 1
      if state.isCut { return .failure(DiskFault(operation: operation, path: path, code: 5)) }
      guard let planned = state.trouble, planned.call == state.calls else { return body(&state, false) }
      switch planned.trouble {
      case .fails(let code): return .failure(DiskFault(operation: operation, path: path, code: code))
      case .fallsShort:
        _ = body(&state, true)
        return .failure(DiskFault(operation: operation, path: path, code: 28))
      case .cut:
        state.isCut = true
        return .failure(DiskFault(operation: operation, path: path, code: 5))
      }
    }
    return try result.get()
  }

  private func missing(_ operation: String, _ path: String) -> DiskFault {
    DiskFault(operation: operation, path: path, code: 2)
  }

  package func read(_ path: String) throws(DiskFault) -> [UInt8] {
    try call("read", path) { state, _ in
      guard let number = state.names[path], let file = state.files[number] else {
        return .failure(missing("read", path))
      }
      return .success(file.bytes)
    }
  }

  package func read(_ path: String, from offset: Int, atMost count: Int) throws(DiskFault) -> [UInt8] {
    Array(try read(path).dropFirst(offset).prefix(count))
  }

  package func entry(_ path: String) throws(DiskFault) -> DiskEntry? {
    try call("stat", path) { state, _ in
      if state.folders.contains(path) {
        return .success(DiskEntry(isFolder: true, size: 0, inode: 0, modified: 0, permissions: 0o755))
      }
      guard let number = state.names[path], let file = state.files[number] else { return .success(nil) }
      return .success(
        DiskEntry(
          isFolder: false, size: file.bytes.count, inode: UInt64(number), modified: file.modified,
          permissions: 0o644))
    }
  }

  package func isLink(_ path: String) throws(DiskFault) -> Bool { false }

  package func names(in folder: String) throws(DiskFault) -> [String] {
    try call("open", folder) { state, _ in
      guard state.folders.contains(folder) else { return .failure(missing("open", folder)) }
      let paths = Array(state.names.keys) + Array(state.folders)
      return .success(paths.filter { Paths.split($0).folder == folder }.map { Paths.split($0).name }.sorted())
    }
  }

  package func makeFolder(_ path: String) throws(DiskFault) {
    try call("make", path) { (state: inout State, _: Bool) -> Result<Void, DiskFault> in
      state.folders.insert(path)
      return .success(())
    }
  }

  package func create(_ path: String, permissions: UInt32) throws(DiskFault) -> OpenFile {
    try call("create", path) { state, _ in
      if state.names[path] != nil { return .failure(DiskFault(operation: "create", path: path, code: 17)) }
      return .success(Self.open(path, &state))
    }
  }

  package func openForAppending(_ path: String) throws(DiskFault) -> OpenFile {
    try call("open", path) { state, _ in .success(Self.open(path, &state)) }
  }

  private static func open(_ path: String, _ state: inout State) -> OpenFile {
    if state.names[path] == nil {
      state.names[path] = state.nextFile
      state.files[state.nextFile] = File(modified: state.clock)
      state.nextFile += 1
    }
    state.nextDescriptor += 1
    state.open[state.nextDescriptor] = (state.names[path] ?? 0, path)
    return OpenFile(descriptor: state.nextDescriptor, path: path)
  }

  package func write(_ bytes: [UInt8], to file: OpenFile) throws(DiskFault) {
    try call("write", file.path) { (state: inout State, isShort: Bool) -> Result<Void, DiskFault> in
      guard let number = state.open[file.descriptor]?.file else { return .failure(missing("write", file.path)) }
      state.files[number]?.bytes += isShort ? bytes.prefix(bytes.count / 2) : bytes[...]
      state.files[number]?.modified = state.clock
      return .success(())
    }
  }

  package func truncate(_ file: OpenFile, to length: Int) throws(DiskFault) {
    try call("truncate", file.path) { (state: inout State, _: Bool) -> Result<Void, DiskFault> in
      guard let number = state.open[file.descriptor]?.file else { return .failure(missing("truncate", file.path)) }
      let count = state.files[number]?.bytes.count ?? 0
      if count > length { state.files[number]?.bytes.removeLast(count - length) }
      return .success(())
    }
  }

  package func sync(_ file: OpenFile) throws(DiskFault) {
    try call("sync", file.path) { (state: inout State, _: Bool) -> Result<Void, DiskFault> in
      guard let number = state.open[file.descriptor]?.file else { return .failure(missing("sync", file.path)) }
      let bytes = state.files[number]?.bytes ?? []
      state.files[number]?.durable = bytes
      return .success(())
    }
  }

  package func close(_ file: OpenFile) {
    state.withLock { state in
      if let open = state.open.removeValue(forKey: file.descriptor) { state.locked.remove(open.file) }
    }
  }

  package func rename(_ path: String, to newPath: String) throws(DiskFault) {
    try call("rename", path) { (state: inout State, _: Bool) -> Result<Void, DiskFault> in
      if state.folders.remove(path) != nil {
        state.folders.insert(newPath)
        for (name, number) in state.names where name.hasPrefix(path + "/") {
          state.names[name] = nil
          state.names[newPath + name.dropFirst(path.count)] = number
        }
        return .success(())
      }
      guard let number = state.names.removeValue(forKey: path) else { return .failure(missing("rename", path)) }
      state.names[newPath] = number
      return .success(())
    }
  }

  package func exchange(_ path: String, with other: String) throws(DiskFault) {
    try call("exchange", other) { (state: inout State, _: Bool) -> Result<Void, DiskFault> in
      guard state.folders.isSuperset(of: [path, other]) else { return .failure(missing("exchange", other)) }
      state.names = Self.exchanged(state.names, path, other)
      state.folders = Set(state.folders.map { Self.exchanged($0, path, other) })
      state.exchanges.append((path, other))
      return .success(())
    }
  }

  private static func exchanged(_ names: [String: Int], _ a: String, _ b: String) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: names.map { (exchanged($0.key, a, b), $0.value) })
  }

  private static func exchanged(_ name: String, _ a: String, _ b: String) -> String {
    if name.hasPrefix(a + "/") { return b + name.dropFirst(a.count) }
    return name.hasPrefix(b + "/") ? a + name.dropFirst(b.count) : name
  }

  package func remove(_ path: String) throws(DiskFault) {
    try call("remove", path) { (state: inout State, _: Bool) -> Result<Void, DiskFault> in
      guard state.names.removeValue(forKey: path) != nil || state.folders.remove(path) != nil else {
        return .failure(missing("remove", path))
      }
      return .success(())
    }
  }

  package func syncFolder(_ path: String) throws(DiskFault) {
    try call("sync", path) { (state: inout State, _: Bool) -> Result<Void, DiskFault> in
      func isInside(_ name: String) -> Bool { Paths.split(name).folder == path }
      for (a, b) in state.exchanges where isInside(a) { state.durableNames = Self.exchanged(state.durableNames, a, b) }
      state.exchanges.removeAll { isInside($0.0) }
      state.durableNames = state.durableNames.filter { !isInside($0.key) }
      for (name, number) in state.names where isInside(name) { state.durableNames[name] = number }
      return .success(())
    }
  }

  package func lock(_ path: String) throws(DiskFault) -> OpenFile? {
    try call("lock", path) { state, _ in
      let file = Self.open(path, &state)
      let number = state.names[path] ?? 0
      if state.locked.contains(number) {
        state.open[file.descriptor] = nil
        return .success(nil)
      }
      state.locked.insert(number)
      return .success(file)
    }
  }
}
