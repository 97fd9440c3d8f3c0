/// One run of a command with one fault.
struct Case {
  let command: Int
  let kind: String
  let call: Int
  let action: String

  var isKill: Bool { action.hasPrefix("kill") }
  var plan: String { "\(kind):\(call):\(action)" }

  /// What happens at calls of each kind.
  static let actions: [String: [String]] = {
    let no = (space: "28", io: "5", files: "24", readOnly: "30", locks: "37")
    let kills = ["kill-before", "kill-after"]
    return [
      "open": [no.space, no.files, no.io] + kills, "read": [no.io], "stat": [no.io],
      "write": [no.space, no.io, "short", "short-28"] + kills, "sync": [no.io, no.io + "-after"] + kills,
      "truncate": [no.io] + kills, "rename": [no.space, no.io, no.io + "-after"] + kills,
      "unlink": [no.io, no.readOnly] + kills, "mkdir": [no.space, no.io + "-after"] + kills, "flock": [no.locks],
    ]
  }()
}

/// What became of a run.
struct Outcome {
  /// What must never be, in words; nil if all is well.
  var violation: String?
  /// Whether the work was neither done nor undone until the next command completed or undid it.
  var isThird = false
}
