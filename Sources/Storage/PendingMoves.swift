import Glibc
import JSONText

/// The moves that put prepared files in place, and their record on disk: `Annotations/.pending`.
///
/// The record is written before the first move and removed after the last, so that the next command that writes can
/// complete or undo what a crash left. It names each file by its inode: in a copy of the workspace it means nothing.
struct PendingMoves: Equatable {
  /// Where files are prepared, relative to the workspace's root.
  static let stage = "Annotations/.import.tmp"

  /// Where a folder is prepared that is to change places with a document's.
  static func exchangeStage(of document: String) -> String { "Annotations/.\(document).realign.tmp" }

  /// One prepared file or folder and its place; paths are relative to the workspace's root.
  struct Move: Equatable {
    let from: String
    let to: String
    let inode: UInt64
    /// The time of its last change, as a number is used again for another file.
    let modified: String
    /// The inode of what it changes places with; nil for a new name.
    var replaces: UInt64?
    /// The files of a prepared folder by name.
    var holds: [String: UInt64] = [:]
    /// What it changes places with, as it was read: a file's entry under an empty path, a folder's by their paths below it.
    var displaces: [String: String] = [:]

    /// What was prepared, and goes after the record.
    var stage: String { from.hasPrefix(PendingMoves.stage + "/") ? PendingMoves.stage : from }
  }

  /// A time of change as it stands in the record: seconds, a point, and attoseconds.
  static func text(_ modified: Duration) -> String {
    "\(modified.components.seconds).\(modified.components.attoseconds)"
  }

  /// What is at a path, as it stands in the record: of a file inode, size and time of change, of a folder's entries the
  /// same by their paths below it.
  static func state(of path: String, on disk: any Disk) throws(DiskFault) -> [String: String] {
    guard let entry = try disk.entry(path) else { return [:] }
    return state(of: entry.isFolder ? try disk.survey(path) : ["": entry])
  }

  static func state(of entries: [String: DiskEntry]) -> [String: String] {
    entries.mapValues { $0.isFolder ? "\($0.inode)" : "\($0.inode) \($0.size) \(text($0.modified))" }
  }

  /// The command, such as “import”.
  let command: String
  /// The device on which the workspace lies.
  let device: UInt64
  var moves: [Move] = []

  // MARK: carrying out

  /// Carries out all moves, and syncs the folders in which they end.
  func carryOut(in root: String, on disk: any Disk) throws(DiskFault) {
    for move in moves { try move.carryOut(in: root, on: disk) }
    for folder in Set(moves.map { Paths.split(Paths.join(root, $0.to)).folder }).sorted() {
      try disk.syncFolder(folder)
    }
  }

  /// Undoes the moves that were carried out.
  ///
  /// - Returns: the paths of what stays, as it is no longer what was put there.
  func undo(in root: String, on disk: any Disk) -> [String] {
    var left: [String] = []
    for move in moves.reversed() where !move.undo(in: root, on: disk) { left.append(Paths.join(root, move.to)) }
    return left.reversed()
  }

  // MARK: the record

  static let format = 1

  func encoded() -> [UInt8] {
    func number(_ value: UInt64) -> Int { Int(truncatingIfNeeded: value) }
    return JSONWriter.document { writer in
      writer.string("command", command)
      writer.integer("device", number(device))
      writer.integer("format", Self.format)
      writer.array("moves", .block) { writer in
        for move in moves {
          writer.object { writer in
            writer.object("displaces") { writer in
              for (path, entry) in move.displaces.sorted(by: { $0.key < $1.key }) { writer.string(path, entry) }
            }
            writer.string("from", move.from)
            writer.object("holds") { writer in
              for (name, inode) in move.holds.sorted(by: { $0.key < $1.key }) { writer.integer(name, number(inode)) }
            }
            writer.integer("inode", number(move.inode))
            writer.string("modified", move.modified)
            if let replaced = move.replaces { writer.integer("replaces", number(replaced)) }
            writer.string("to", move.to)
          }
        }
      }
    }
  }

  init(command: String, device: UInt64, moves: [Move] = []) {
    self.command = command
    self.device = device
    self.moves = moves
  }

  init(_ bytes: [UInt8]) throws(JSONFault) {
    var (command, device, moves) = ("", 0, [Move]())
    var reader = JSONReader(bytes)
    try reader.readRecord(["command", "device", "format", "moves"]) { (key, reader) throws(JSONFault) in
      switch key {
      case "command": command = try reader.readString()
      case "device": device = try reader.readInteger()
      case "format": try reader.readFormat(Self.format)
      default: try reader.readArray { (reader) throws(JSONFault) in moves.append(try Self.readMove(&reader)) }
      }
    }
    try reader.finish()
    self.init(command: command, device: UInt64(bitPattern: Int64(device)), moves: moves)
  }

  private static func readMove(_ reader: inout JSONReader) throws(JSONFault) -> Move {
    func inode(_ reader: inout JSONReader) throws(JSONFault) -> UInt64 {
      UInt64(bitPattern: Int64(try reader.readInteger()))
    }
    var (from, to, modified, number, replaces) = ("", "", "", UInt64(0), UInt64?.none)
    var holds: [String: UInt64] = [:]
    var displaces: [String: String] = [:]
    try reader.readRecord(["displaces", "from", "holds", "inode", "modified", "to"], optional: ["replaces"]) {
      (key, reader) throws(JSONFault) in
      switch key {
      case "from": from = try reader.readString()
      case "to": to = try reader.readString()
      case "inode": number = try inode(&reader)
      case "modified": modified = try reader.readString()
      case "replaces": replaces = try inode(&reader)
      case "displaces":
        try reader.readObject { (path, reader) throws(JSONFault) in displaces[path] = try reader.readString() }
      default: try reader.readObject { (name, reader) throws(JSONFault) in holds[name] = try inode(&reader) }
      }
    }
    return Move(
      from: from, to: to, inode: number, modified: modified, replaces: replaces, holds: holds,
      displaces: displaces)
  }
}

extension PendingMoves.Move {
  /// Whether the prepared file is in its place.
  func isDone(in root: String, on disk: any Disk) throws(DiskFault) -> Bool {
    try disk.entry(Paths.join(root, to))?.inode == inode
  }

  /// Moves what was prepared to its place, unless it is there. What is replaced comes to where that was prepared.
  ///
  /// - Throws: `EEXIST` where something else has a new name, `ESTALE` where what is to be replaced is not what it was.
  fileprivate func carryOut(in root: String, on disk: any Disk) throws(DiskFault) {
    let (source, target) = (Paths.join(root, from), Paths.join(root, to))
    let stale = DiskFault(operation: "replace", path: target, code: ESTALE)
    let there = try disk.entry(target)?.inode
    guard let replaces else {
      if there == inode { return }
      guard there == nil else { throw DiskFault(operation: "create", path: target, code: EEXIST) }
      return try disk.renameWithoutReplacing(source, to: target)
    }
    if there != inode {
      guard there == replaces else { throw stale }
      try disk.exchange(source, with: target)
    }
    // What a program that knows no locks has written at the last moment must not go with the old. Where names cannot be
    // swapped in one step, a crash may have left the old under a third.
    let displaced = try PendingMoves.state(of: source, on: disk)
    guard displaced.isEmpty || displaced == displaces else { throw stale }
  }

  /// Takes the file back, or puts what was replaced in its place.
  ///
  /// - Returns: whether nothing of the move is left.
  fileprivate func undo(in root: String, on disk: any Disk) -> Bool {
    let (source, target) = (Paths.join(root, from), Paths.join(root, to))
    do throws(DiskFault) {
      guard try isDone(in: root, on: disk) else { return true }
      guard try isAsPrepared(target, on: disk) else { return false }
      if replaces != nil {
        try disk.exchange(source, with: target)
        try disk.syncFolder(Paths.split(target).folder)
        return true
      }
      try disk.renameWithoutReplacing(target, to: source)
      // Somebody may have begun to work in it at the last moment.
      guard try isAsPrepared(source, on: disk) else {
        try disk.renameWithoutReplacing(source, to: target)
        return false
      }
      try disk.syncFolder(Paths.split(target).folder)
      return true
    } catch {
      return false
    }
  }

  /// Whether a file was not written since, and a folder holds the prepared files and nothing else.
  private func isAsPrepared(_ path: String, on disk: any Disk) throws(DiskFault) -> Bool {
    guard let entry = try disk.entry(path) else { return false }
    guard entry.isFolder else { return PendingMoves.text(entry.modified) == modified }
    // A folder that changes places is locked against others, who may have left their locks there all the same.
    let names = try disk.names(in: path).filter { replaces == nil || !Paths.isLock($0) }
    guard Set(names) == Set(holds.keys) else { return false }
    for (name, inode) in holds where try disk.entry(Paths.join(path, name))?.inode != inode { return false }
    return true
  }

  /// Whether both places lie where a prepared file and its target may lie.
  var isSound: Bool {
    let names = to.split(separator: "/", omittingEmptySubsequences: false)
    let isInside = ["Annotations", "Schemas"].contains(names.first) && (2...3).contains(names.count)
    let isPlain = !(names + from.split(separator: "/", omittingEmptySubsequences: false)).contains {
      $0 == ".." || $0 == ""
    }
    guard isInside, isPlain else { return false }
    return stage != from || from == PendingMoves.exchangeStage(of: String(names[1]))
  }
}
