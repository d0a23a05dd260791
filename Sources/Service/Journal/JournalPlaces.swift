package import SyncCore
import Trade

extension Configuration {
    /// What a journal of this configuration is made for.
    package var places: [JournalPlace] {
        connections.map { plan in
            JournalPlace(
                connection: plan.name, rackbeat: general.rackbeat.endpoint?.description ?? "",
                ongoing: plan.ongoing.endpoint?.description ?? "", location: plan.settings.location.text,
                goodsOwner: plan.settings.goodsOwner)
        }
    }
}
