/// xxHash in 64 bits, by its published specification.
enum XXH64 {
    private static let primes: (UInt64, UInt64, UInt64, UInt64, UInt64) = (
        0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63, 0x27D4_EB2F_1656_67C5
    )

    static func hash(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
        var rest = bytes[...]
        var hash = seed &+ primes.4
        if rest.count >= 32 {
            var accumulators = (seed &+ primes.0 &+ primes.1, seed &+ primes.1, seed, seed &- primes.0)
            while rest.count >= 32 {
                accumulators.0 = round(accumulators.0, word(rest, 0))
                accumulators.1 = round(accumulators.1, word(rest, 8))
                accumulators.2 = round(accumulators.2, word(rest, 16))
                accumulators.3 = round(accumulators.3, word(rest, 24))
                rest = rest.dropFirst(32)
            }
            hash =
                turned(accumulators.0, 1) &+ turned(accumulators.1, 7) &+ turned(accumulators.2, 12) &+ turned(accumulators.3, 18)
            for accumulator in [accumulators.0, accumulators.1, accumulators.2, accumulators.3] {
                hash = (hash ^ round(0, accumulator)) &* primes.0 &+ primes.3
            }
        }
        hash &+= UInt64(bytes.count)
        while rest.count >= 8 {
            hash = turned(hash ^ round(0, word(rest, 0)), 27) &* primes.0 &+ primes.3
            rest = rest.dropFirst(8)
        }
        if rest.count >= 4 {
            let half = UInt32(littleEndian: rest.loadUnaligned(as: UInt32.self))
            hash = turned(hash ^ UInt64(half) &* primes.0, 23) &* primes.1 &+ primes.2
            rest = rest.dropFirst(4)
        }
        for byte in rest { hash = turned(hash ^ UInt64(byte) &* primes.4, 11) &* primes.0 }
        hash = (hash ^ hash >> 33) &* primes.1
        hash = (hash ^ hash >> 29) &* primes.2
        return hash ^ hash >> 32
    }

    private static func word(_ bytes: Slice<UnsafeRawBufferPointer>, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    private static func round(_ accumulator: UInt64, _ word: UInt64) -> UInt64 {
        turned(accumulator &+ word &* primes.1, 31) &* primes.0
    }

    private static func turned(_ value: UInt64, _ bits: UInt64) -> UInt64 { value << bits | value >> (64 - bits) }
}
