import Service
import Testing

struct LossyLinesTests {
    @Test func whatIsNotTakenIsCountedAndTold() {
        var taken: [String] = []
        var isReading = true
        var lines = LossyLines { text in
            if isReading { taken.append(text) }
            return isReading
        }
        lines.write("1")
        isReading = false
        for number in 2...4 { lines.write("\(number)") }
        isReading = true
        lines.write("5")
        isReading = false
        lines.write("6")
        isReading = true
        lines.write("7")
        #expect(
            taken == [
                "1\n", "... 3 log entries were dropped, because nobody read them\n", "5\n",
                "... 1 log entry was dropped, because nobody read them\n", "7\n",
            ])
    }
}
