// The records are nested in the fake, because the fake of the other system has records of the same names: who sees both writes
// `OngoingFake.OrderRecord`. Who sees only this one may leave the fake's name away.
package typealias ArticleRecord = OngoingFake.ArticleRecord
package typealias StockItem = OngoingFake.StockItem
package typealias OrderRecord = OngoingFake.OrderRecord
package typealias OrderLineRecord = OngoingFake.OrderLineRecord
package typealias PickedItem = OngoingFake.PickedItem
package typealias TrackingRecord = OngoingFake.TrackingRecord
package typealias PurchaseOrderRecord = OngoingFake.PurchaseOrderRecord
package typealias PurchaseOrderLineRecord = OngoingFake.PurchaseOrderLineRecord
package typealias ReceivedItem = OngoingFake.ReceivedItem
package typealias AdjustmentRecord = OngoingFake.AdjustmentRecord
package typealias ReturnOrderRecord = OngoingFake.ReturnOrderRecord
package typealias ReturnOrderLineRecord = OngoingFake.ReturnOrderLineRecord
package typealias StatusChange = OngoingFake.StatusChange
package typealias CodeName = OngoingFake.CodeName
package typealias WebhookSettings = OngoingFake.WebhookSettings
package typealias WebhookDelivery = OngoingFake.WebhookDelivery
