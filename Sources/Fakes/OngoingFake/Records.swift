// The records are nested in the fake, because the fake of the other system has records of the same names: who sees both writes
// `OngoingFake.OrderRecord`. Who sees only this one may leave the fake's name away.
public typealias ArticleRecord = OngoingFake.ArticleRecord
public typealias StockItem = OngoingFake.StockItem
public typealias OrderRecord = OngoingFake.OrderRecord
public typealias OrderLineRecord = OngoingFake.OrderLineRecord
public typealias PickedItem = OngoingFake.PickedItem
public typealias TrackingRecord = OngoingFake.TrackingRecord
public typealias PurchaseOrderRecord = OngoingFake.PurchaseOrderRecord
public typealias PurchaseOrderLineRecord = OngoingFake.PurchaseOrderLineRecord
public typealias ReceivedItem = OngoingFake.ReceivedItem
public typealias AdjustmentRecord = OngoingFake.AdjustmentRecord
public typealias ReturnOrderRecord = OngoingFake.ReturnOrderRecord
public typealias ReturnOrderLineRecord = OngoingFake.ReturnOrderLineRecord
public typealias StatusChange = OngoingFake.StatusChange
public typealias CodeName = OngoingFake.CodeName
public typealias WebhookSettings = OngoingFake.WebhookSettings
public typealias WebhookDelivery = OngoingFake.WebhookDelivery
