import Units

/// The smallest PDF that readers accept (ISO 32000-1): one page of lines in a font that every reader has.
enum PortableDocument {
    static func page(of rows: [String]) -> [UInt8] {
        let text = rows.prefix(50).map { "(\(escaped($0))) Tj T*" }.joined(separator: "\n")
        let content = "BT /F1 12 Tf 14 TL 56 780 Td\n\(text)\nET"
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ]
        var file = "%PDF-1.4\n"
        // The table at the end gives the byte offset of each object; everything here is ASCII.
        var table = ""
        for (index, object) in objects.enumerated() {
            table += zeroPadded(file.utf8.count, 10) + " 00000 n \n"
            file += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = file.utf8.count
        file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n" + table
        file += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
        return Array(file.utf8)
    }

    /// In ASCII, with the special characters of a PDF text escaped. Other letters become question marks.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "(", ")", "\\": result += "\\" + String(scalar)
            case " "..."~": result.unicodeScalars.append(scalar)
            default: result += "?"
            }
        }
        return result
    }
}
