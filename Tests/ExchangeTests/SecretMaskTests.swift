import Exchange
import Testing
import Units

struct SecretMaskTests {
    private let secret = "t0ken/with+Signs:4711"
    private var mask: SecretMask { SecretMask([secret]) }

    private var hexadecimal: String { secret.utf8.map { String($0, radix: 16) }.joined() }

    @Test func everyFormIsCovered() {
        let forms = [
            secret, secret.uppercased(), secret.lowercased(), PercentEncoding.encode(secret),
            PercentEncoding.encode(secret).lowercased(), hexadecimal, hexadecimal.uppercased(), Base64.encode(secret),
            Base64.encode(secret).replacing("+", with: "-").replacing("/", with: "_"),
        ]
        for form in forms {
            let text = mask.covering("the header was <\(form)>, and \(form) again")
            #expect(text.contains("•••"))
            for length in 6...form.count { #expect(!text.contains(form.suffix(length)), "\(text)") }
        }
    }

    /// As a part of something that was encoded as a whole, whatever stands before it.
    @Test(arguments: ["", "a", "ab", "abc", "user:"]) func withinBase64OnlyTheEdgesStay(before: String) {
        let whole = Base64.encode(before + secret + "xyz")
        let text = mask.covering(whole)
        #expect(text.contains("•••"))
        // The letters at the edges have bits of their neighbours.
        #expect(text.utf8.count - "•••".utf8.count <= Base64.encode(before).utf8.count + 8, "\(text)")
    }

    /// Whoever cut the text did not know that the cut fell into a secret.
    @Test func aCutInTheMiddleLeavesNoBeginning() {
        for length in 6..<secret.count {
            for end in ["", "…"] {
                #expect(mask.covering("unknown token " + secret.prefix(length) + end) == "unknown token •••" + end)
            }
        }
    }

    @Test func ordinaryWordsStay() {
        let mask = SecretMask(["demo", "", secret])
        #expect(mask.covering("Demonstration of DEMO") == "Demonstration of DEMO")
        #expect(mask.covering("a demo of t0ken") == "a ••• of t0ken")
        #expect(SecretMask([]).covering("x") == "x")
    }

    @Test func twoSecretsThatBeginAlikeAreBothCovered() {
        let mask = SecretMask(["abcdefgh", "abcdefgh-ijkl"])
        #expect(mask.covering("abcdefgh-ijkl, abcdefgh, abcdefgh-ij") == "•••, •••, •••")
    }
}
