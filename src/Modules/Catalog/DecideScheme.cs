using HaoSuan.Settling;

namespace HaoSuan.Catalog;

/// <summary>
/// Approves a submitted version (批准), which is live from its date on, or rejects it with a reason (驳回). Whoever wrote, changed or
/// submitted it cannot decide it.
/// </summary>
public sealed class DecideScheme(Db db, Schemes schemes, Actor actor, Audit audit, Outbox outbox, TenantScope tenant, TimeProvider time)
{
    /// <param name="product">Whose scheme it is.</param>
    /// <param name="version">Which one.</param>
    /// <param name="seen">How many steps it had when the approver read it; null where nobody looks.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Done>> ApproveAsync(ProductId product, int version, int? seen = null, CancellationToken cancel = default)
    {
        var move = new Move(ProposalAction.Approved, actor.Name, time.Now) { Seen = seen };
        return db.TakeAsync(schemes, (product, version), move, audit, outbox, (draft, read) => GoLiveAsync(draft, read.Scheme, move.At, cancel), cancel);
    }

    public Task<Result<Done>> RejectAsync(ProductId product, int version, string reason, CancellationToken cancel = default) =>
        db.TakeAsync(schemes, (product, version), new(ProposalAction.Rejected, actor.Name, time.Now) { Reason = reason }, audit, outbox, null, cancel);

    private async Task<IReadOnlyList<Refusal>> GoLiveAsync(SchemeDraftRow draft, Scheme scheme, Instant now, CancellationToken cancel)
    {
        var (id, version) = (draft.ProductId, draft.Version);
        if (Dates.Fault(draft.InForceFrom, now, tenant.Zone, await schemes.VersionsAsync(id, cancel)) is { } fault) return [fault];
        var from = Dates.Start(draft.InForceFrom, now, tenant.Zone);
        var contradictions = Contradictions.Between(scheme, await schemes.BonusesAsync(cancel), Month.Of(tenant.Zone.DateOf(from))).ToList();
        if (contradictions.Count > 0) return contradictions;
        draft.InForceFrom = from;
        db.Add(new SchemeRow { ProductId = id, Version = version, InForceFrom = from, Json = draft.Json, PublishedAt = now });
        return [];
    }
}
