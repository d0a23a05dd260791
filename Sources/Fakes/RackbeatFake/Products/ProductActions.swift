import FakeKit
package import JSON
import Units

extension RackbeatFake {
    /// Adds a product with its opening stock.
    package func addProduct(_ seed: ProductSeed) throws {
        _ = try perform("add product \(seed.number)", held(product: seed.number)) { try create(seed) }
    }

    /// Changes the named members, as a PUT would.
    package func changeProduct(_ number: String, _ members: JSONObject) throws {
        _ = try perform("change product \(number)", held(product: number)) { try change(product: number, members) }
    }

    /// Saves a product as it is: nothing but `updated_at` changes.
    package func touchProduct(_ number: String) throws {
        _ = try perform("touch product \(number)", held(product: number)) { try change(product: number, JSONObject()) }
    }

    /// Turns the tracking of batches and serial numbers on or off, which the API cannot.
    package func setTracking(ofProduct number: String, isBatch: Bool, isSerial: Bool) throws {
        try perform("set the tracking of product \(number)", held(product: number)) {
            guard store.products[number] != nil else { throw Refusal.notFound }
            store.products.update(number) { [now] in
                $0.isBatch = isBatch
                $0.isSerial = isSerial
                $0.updatedAt = now
            }
        }
    }

    /// Uploads another picture, which the API cannot.
    package func setOriginalPicture(ofProduct number: String, _ url: String) throws {
        try perform("upload a picture of product \(number)", held(product: number)) {
            guard store.products[number] != nil else { throw Refusal.notFound }
            store.products.update(number) { [now] in
                $0.originalPictureURL = url
                $0.updatedAt = now
            }
        }
    }

    package func renumberProduct(_ number: String, to new: String) throws {
        try perform("renumber product \(number)", held(product: number)) { try renumber(product: number, to: new) }
    }

    package func deleteProduct(_ number: String) throws {
        try perform("delete product \(number)", held(product: number)) { try delete(product: number) }
    }
}
