namespace HaoSuan.Catalog;

/// <summary>
/// Writes the next version of a product's scheme as a draft (草稿), or changes a draft or a rejected version. The JSON is a scheme as
/// docs/settlement.md writes it. Orders pin it when it has been submitted, and approved by somebody else.
/// </summary>
public sealed class DraftScheme(Db db, Schemes schemes, Actor actor, Audit audit, TenantScope tenant, TimeProvider time)
{
    /// <param name="product">Whose scheme it is.</param>
    /// <param name="json">The scheme.</param>
    /// <param name="from">From when on orders pin it: after every live version, and not before now. Null: when it is approved.</param>
    /// <param name="version">The version to change; null: a new one.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The version's number; or a refusal for each fault, on the field of its path.</returns>
    public Task<Result<int>> RunAsync(
        ProductId product, string json, Instant? from = null, int? version = null, CancellationToken cancel = default) =>
        db.InTransaction(() => DraftAsync(product, json, from, version, time.Now, cancel), cancel);

    private async Task<Result<int>> DraftAsync(
        ProductId id, string json, Instant? from, int? version, Instant now, CancellationToken cancel)
    {
        if (await db.Products.Where(p => p.Id == id).ForUpdate().FirstOrDefaultAsync(cancel) is not { } product)
            return new Refusal("catalog.product_unknown");
        var newest = await db.SchemeDrafts.Where(d => d.ProductId == id).OrderByDescending(d => d.Version).FirstOrDefaultAsync(cancel);
        var draft = version is { } asked ? await db.SchemeDrafts.FirstOrDefaultAsync(d => d.ProductId == id && d.Version == asked, cancel) : null;
        if (version is not null && draft?.State is not (ProposalState.Draft or ProposalState.Rejected))
            return new Refusal("catalog.version_not_editable");
        var number = version ?? (newest?.Version ?? 0) + 1;
        List<Refusal> refusals = [];
        if (Dates.Fault(from, now, tenant.Zone, await schemes.VersionsAsync(id, cancel)) is { } fault) refusals.Add(fault);
        var read = SchemeDocument.Read(json, product.Code, number);
        if (read.IsRefused) refusals.AddRange(read.Refusals);
        else refusals.AddRange(Contradictions.Between(read.Value.Scheme, await schemes.BonusesAsync(cancel), Month.Of(tenant.Zone.DateOf(now))));
        if (refusals.Count > 0) return refusals;
        if (draft is null && IsSame(newest, json, from, product.Code)) return newest!.Version;      // sent twice
        return await WriteAsync(draft, new(id, number), read.Value.Text, from, now, cancel);
    }

    private async Task<int> WriteAsync(
        SchemeDraftRow? draft, (ProductId Product, int Version) key, string text, Instant? from, Instant now, CancellationToken cancel)
    {
        var steps = await db.SchemeSteps.CountAsync(s => s.ProductId == key.Product && s.Version == key.Version, cancel);
        var action = draft is null ? ProposalAction.Drafted : ProposalAction.Changed;
        if (draft is null)
        {
            draft = new() { ProductId = key.Product, Version = key.Version, State = ProposalState.Draft, InForceFrom = from, Json = text };
            db.Add(draft);
        }
        (draft.InForceFrom, draft.Json) = (from, text);
        db.AddStep(draft, steps + 1, new(action, actor.Name, now), audit);
        return key.Version;
    }

    private static bool IsSame(SchemeDraftRow? newest, string json, Instant? from, string code) =>
        newest is { State: ProposalState.Draft } && newest.InForceFrom == from
        && SchemeDocument.Read(json, code, newest.Version) is { IsRefused: false } again && again.Value.Text == newest.Json;
}
