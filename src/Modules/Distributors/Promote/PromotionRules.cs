namespace HaoSuan.Distributors;

/// <summary>
/// What distributors may not do when they promote (推广规范): false promises, cash back, other wrappings. A distributor accepts each version
/// once, and before that he sees no material; as long as there are no rules, nobody sees any.
/// </summary>
public sealed class PromotionRules(Db db, Actor actor, Audit audit, TimeProvider time) : AcceptedText(db, actor, audit, time)
{
    private protected override string Kind => "rules";

    private protected override IQueryable<TextRow> Texts => Db.Set<PromotionRulesRow>().AsNoTracking();

    private protected override IQueryable<TextAcceptanceRow> Acceptances => Db.Set<PromotionAcceptanceRow>().AsNoTracking();

    private protected override TextRow NewText() => new PromotionRulesRow();

    private protected override TextAcceptanceRow NewAcceptance() => new PromotionAcceptanceRow();

    /// <summary>Whether there are rules, and the distributor has accepted the present version: only then does he see material.</summary>
    public async Task<bool> AreAcceptedAsync(DistributorId distributor, CancellationToken cancel = default) =>
        await PresentAsync(cancel) is { } present && (await AcceptedAsync(distributor, cancel)).Any(a => a.Version == present.Version);
}
