import Glibc
import JSONText

/// The moves that put prepared files in place, and their record on disk: `Annotations/.pending`.
///
/// The record is written before the first move and removed after the last, so that the next command that writes can
/// complete or undo what a crash left. It names everything by its inode: in a copy of the workspace it means nothing.
struct PendingMoves: Equatable {
  /// Where files are prepared, relative to the workspace's root.
  static let stage = "Annotations/.import.tmp"

  /// Where a folder is prepared that is to change places with a document's.
  static func exchangeStage(of document: String) -> String { "Annotations/.\(document).realign.tmp" }

  /// Where what was replaced is kept if it can neither go nor come back.
  static let kept = "Annotations/.kept"

  /// One prepared file or folder and its place; paths are relative to the workspace's root.
  struct Move: Equatable {
    let from: String
    let to: String
    let inode: UInt64
    /// The inode of what it changes places with; nil for a new name.
    var replaces: UInt64?
    /// What was prepared; see ``PendingMoves/state(of:on:)``.
    var prepared: [String: String] = [:]
    /// What it changes places with, as it was read.
    var displaces: [String: String] = [:]

    /// What was prepared, and goes after the record.
    var stage: String { from.hasPrefix(PendingMoves.stage + "/") ? PendingMoves.stage : from }
  }

  /// What is at a path, as it stands in the record: of a file inode, size and time of change, of a folder's entries the
  /// same by their paths below it.
  static func state(of path: String, on disk: any Disk) throws(DiskFault) -> [String: String] {
    guard let entry = try disk.entry(path) else { return [:] }
    return state(of: entry.isFolder ? try disk.survey(path) : ["": entry])
  }

  static func state(of entries: [String: DiskEntry]) -> [String: String] {
    entries.mapValues { entry in
      let time = entry.modified.components
      return entry.isFolder ? "\(entry.inode)" : "\(entry.inode) \(entry.size) \(time.seconds).\(time.attoseconds)"
    }
  }

  /// The command, such as “import”.
  let command: String
  /// The inode of each place in which something was prepared, by its path.
  var stages: [String: UInt64] = [:]
  var moves: [Move] = []

  /// Where something was prepared.
  var stagePaths: [String] { Set(moves.map(\.stage)).sorted() }

  // MARK: carrying out

  /// Carries out all moves, and syncs the folders in which they end.
  func carryOut(in root: String, on disk: any Disk) throws(DiskFault) {
    for move in moves { try move.carryOut(in: root, on: disk) }
    for folder in Set(moves.map { Paths.split(Paths.join(root, $0.to)).folder }).sorted() {
      try disk.syncFolder(folder)
    }
  }

  /// What is left of moves that were undone.
  struct Rest: Equatable {
    /// The paths of what stays, as it is no longer what was put there.
    var left: [String] = []
    /// Where what stood there before is kept.
    var kept: [String] = []
  }

  /// Undoes the moves that were carried out.
  ///
  /// - Throws: if a call fails; the moves can be undone, or carried out, again.
  func undo(in root: String, on disk: any Disk) throws(DiskFault) -> Rest {
    var rest = Rest()
    for move in moves.reversed() where try !move.undo(in: root, on: disk) {
      rest.left.insert(Paths.join(root, move.to), at: 0)
      if let path = try move.keepDisplaced(in: root, on: disk) { rest.kept.insert(path, at: 0) }
    }
    return rest
  }

  // MARK: the record

  static let format = 1

  func encoded() -> [UInt8] {
    func number(_ value: UInt64) -> Int { Int(truncatingIfNeeded: value) }
    return JSONWriter.document { writer in
      writer.string("command", command)
      writer.integer("format", Self.format)
      writer.array("moves", .block) { writer in
        for move in moves {
          writer.object { writer in
            Self.write("displaces", move.displaces, to: &writer)
            writer.string("from", move.from)
            writer.integer("inode", number(move.inode))
            Self.write("prepared", move.prepared, to: &writer)
            if let replaced = move.replaces { writer.integer("replaces", number(replaced)) }
            writer.string("to", move.to)
          }
        }
      }
      writer.object("stages") { writer in
        for (path, inode) in stages.sorted(by: { $0.key < $1.key }) { writer.integer(path, number(inode)) }
      }
    }
  }

  private static func write(_ key: String, _ state: [String: String], to writer: inout JSONWriter) {
    writer.object(key) { writer in
      for (path, entry) in state.sorted(by: { $0.key < $1.key }) { writer.string(path, entry) }
    }
  }

  init(command: String, stages: [String: UInt64] = [:], moves: [Move] = []) {
    self.command = command
    self.stages = stages
    self.moves = moves
  }

  init(_ bytes: [UInt8]) throws(JSONFault) {
    var (command, stages, moves) = ("", [String: UInt64](), [Move]())
    var reader = JSONReader(bytes)
    try reader.readRecord(["command", "format", "moves", "stages"]) { (key, reader) throws(JSONFault) in
      switch key {
      case "command": command = try reader.readString()
      case "format": try reader.readFormat(Self.format)
      case "stages":
        try reader.readObject { (path, reader) throws(JSONFault) in stages[path] = try Self.readInode(&reader) }
      default: try reader.readArray { (reader) throws(JSONFault) in moves.append(try Self.readMove(&reader)) }
      }
    }
    try reader.finish()
    self.init(command: command, stages: stages, moves: moves)
  }

  private static func readInode(_ reader: inout JSONReader) throws(JSONFault) -> UInt64 {
    UInt64(bitPattern: Int64(try reader.readInteger()))
  }

  private static func readMove(_ reader: inout JSONReader) throws(JSONFault) -> Move {
    func state(_ reader: inout JSONReader) throws(JSONFault) -> [String: String] {
      var entries: [String: String] = [:]
      try reader.readObject { (path, reader) throws(JSONFault) in entries[path] = try reader.readString() }
      return entries
    }
    var (from, to, number, replaces) = ("", "", UInt64(0), UInt64?.none)
    var (prepared, displaces) = ([String: String](), [String: String]())
    try reader.readRecord(["displaces", "from", "inode", "prepared", "to"], optional: ["replaces"]) {
      (key, reader) throws(JSONFault) in
      switch key {
      case "displaces": displaces = try state(&reader)
      case "from": from = try reader.readString()
      case "inode": number = try readInode(&reader)
      case "prepared": prepared = try state(&reader)
      case "replaces": replaces = try readInode(&reader)
      default: to = try reader.readString()
      }
    }
    return Move(from: from, to: to, inode: number, replaces: replaces, prepared: prepared, displaces: displaces)
  }
}

extension PendingMoves.Move {
  /// Whether the prepared file still waits to be moved; otherwise it was, whatever became of it since.
  private func isWaiting(in root: String, on disk: any Disk) throws(DiskFault) -> Bool {
    try disk.entry(Paths.join(root, from))?.inode == inode
  }

  /// Moves what was prepared to its place, unless that was done. What is replaced comes to where that was prepared.
  ///
  /// - Throws: `EEXIST` where something else has a new name, `ESTALE` where what is to be replaced is not what it was.
  fileprivate func carryOut(in root: String, on disk: any Disk) throws(DiskFault) {
    let (source, target) = (Paths.join(root, from), Paths.join(root, to))
    let stale = DiskFault(operation: "replace", path: target, code: ESTALE)
    let isWaiting = try isWaiting(in: root, on: disk)
    guard let replaces else {
      if isWaiting { try disk.renameWithoutReplacing(source, to: target) }
      return
    }
    if isWaiting {
      guard try disk.entry(target)?.inode == replaces else { throw stale }
      try disk.exchange(source, with: target)
    }
    // What a program that knows no locks has written at the last moment must not go with the old. Where names cannot be
    // swapped in one step, an earlier crash may have left the old under a third.
    let displaced = try PendingMoves.state(of: source, on: disk)
    guard displaced == displaces || !isWaiting && displaced.isEmpty else { throw stale }
  }

  /// Takes the file back, or puts what was replaced in its place.
  ///
  /// - Returns: whether nothing of the move is left.
  fileprivate func undo(in root: String, on disk: any Disk) throws(DiskFault) -> Bool {
    let (source, target) = (Paths.join(root, from), Paths.join(root, to))
    if try isWaiting(in: root, on: disk) { return true }
    guard try isAsPrepared(target, on: disk) else { return false }
    try swap(target, source, on: disk)
    // Somebody may have begun to work in it at the last moment.
    guard try isAsPrepared(source, on: disk) else {
      try swap(source, target, on: disk)
      return false
    }
    try disk.syncFolder(Paths.split(target).folder)
    return true
  }

  private func swap(_ path: String, _ other: String, on disk: any Disk) throws(DiskFault) {
    if replaces == nil {
      try disk.renameWithoutReplacing(path, to: other)
    } else {
      try disk.exchange(path, with: other)
    }
  }

  /// Whether a file was not written since, and a folder holds the prepared files and nothing else.
  private func isAsPrepared(_ path: String, on disk: any Disk) throws(DiskFault) -> Bool {
    guard try disk.entry(path)?.inode == inode, try PendingMoves.state(of: path, on: disk) == prepared else {
      return false
    }
    // A lock in a new document is somebody who begins; one in a corrected document is of those who are kept out.
    guard replaces == nil, prepared[""] == nil else { return true }
    return try !disk.names(in: path).contains(where: Paths.isLock)
  }

  /// Moves what was replaced, and cannot come back, to a place that nobody clears away; nil if nothing was.
  fileprivate func keepDisplaced(in root: String, on disk: any Disk) throws(DiskFault) -> String? {
    let source = Paths.join(root, from)
    guard replaces != nil, try disk.entry(source) != nil else { return nil }
    let folder = Paths.join(root, PendingMoves.kept)
    if try disk.entry(folder) == nil { try disk.makeFolder(folder) }
    var number = 1
    while true {
      let path = Paths.join(folder, "\(number)-\(Paths.split(to).name)")
      if try disk.entry(path) == nil {
        try disk.renameWithoutReplacing(source, to: path)
        return path
      }
      number += 1
    }
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
