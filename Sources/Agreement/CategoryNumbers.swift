/// The numbers of a study's categories, in ascending order: all up to some number, then single greater ones.
struct CategoryNumbers: Equatable, Sendable {
  /// Numbers from here on count as categories only where they are used.
  static let dense = 1 << 16

  /// How many numbers count from 0 on.
  let plain: Int
  /// The numbers beyond, in ascending order.
  let names: [Int]

  var count: Int { plain + names.count }

  /// The greatest number; nil if there are no categories.
  var last: Int? { names.last ?? (plain > 0 ? plain - 1 : nil) }

  /// The number of a category, by index.
  subscript(index: Int) -> Int { index < plain ? index : names[index - plain] }

  /// The index of a category, by number; nil if the study has none of that number.
  func index(of number: Int) -> Int? {
    if number < CategoryNumbers.dense { return 0..<plain ~= number ? number : nil }
    var (low, high) = (0, names.count)
    while low < high {
      let middle = (low + high) / 2
      if names[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < names.count && names[low] == number ? plain + low : nil
  }
}
