using System.Text.Json;
using HaoSuan.Settling;

namespace HaoSuan.Distributors;

/// <summary>
/// Invites somebody to join (邀请入驻): by a code that serves once and expires, with the parent and the rates that are offered. Joining costs
/// nothing, and nobody earns by it: 禁止传销条例 §7 (一), (二).
/// </summary>
public sealed class Invite(
    Db db, RateCard card, AddDistributor add, Contracts contracts, TenantScope tenant, Tenants tenants, Actor actor, Audit audit, TimeProvider time)
{
    public const int MostDays = 30;

    private const int MostOpen = 20;
    private const int Whole = 10_000;

    /// <param name="parentId">Under whom; null: of the first level.</param>
    /// <param name="share">The offered rates are this share of the parent's, or of what the upstream pays; rounded down to the fen.</param>
    /// <param name="days">How long the invitation may be used.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<string>> RunAsync(DistributorId? parentId, Bps share, int days, CancellationToken cancel = default) =>
        db.InTransaction(() => InviteAsync(parentId, share, days, cancel), cancel);

    /// <summary>Takes back an invitation that nobody has used.</summary>
    /// <param name="code">Which.</param>
    /// <param name="by">A distributor that takes back its own; null: the operator.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Done>> RevokeAsync(string code, DistributorId? by, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            var row = await db.Joinings.Where(j => j.Code == code && (by == null || j.ParentId == by)).ForUpdate().FirstOrDefaultAsync(cancel);
            if (row is not { State: JoiningState.Invited }) return new Refusal("distributors.joining_not_open");
            (row.State, row.DecidedAt, row.DecidedBy) = (JoiningState.Revoked, time.Now, actor.Name);
            audit.Record("joining.revoked", $"joining:{code}");
            return default(Done);
        }, cancel);

    private async Task<Result<string>> InviteAsync(DistributorId? parentId, Bps share, int days, CancellationToken cancel)
    {
        var now = time.Now;
        List<Refusal> faults = [];
        if (share.Value is < 0 or > Whole) faults.Add(new Refusal("distributors.share_wrong").On("share"));
        if (days is < 1 or > MostDays) faults.Add(new Refusal("distributors.days_wrong", MostDays).On("days"));
        if (parentId is { } id && await add.RefusedUnderAsync(id, cancel) is { } refusal) faults.Add(refusal.On("parent"));
        if (await contracts.PresentAsync(cancel) is null) faults.Add(new Refusal("distributors.no_contract"));
        if (await db.Joinings.CountAsync(j => j.ParentId == parentId && j.State == JoiningState.Invited && j.ExpiresAt > now, cancel) >= MostOpen)
            faults.Add(new Refusal("distributors.too_many_invited", MostOpen));
        if (faults.Count > 0) return faults;
        var code = Naming.NewInvitationCode((await tenants.FindAsync(tenant.Id, cancel))!.Slug);    // the scope's own tenant is there
        db.Add(new JoiningRow
        {
            Code = code,
            ParentId = parentId,
            Share = share,
            Rates = OfferText.Write(await OfferAsync(parentId, share, cancel)),
            State = JoiningState.Invited,
            InvitedAt = now,
            InvitedBy = actor.Name,
            ExpiresAt = now + TimeSpan.FromDays(days),
        });
        audit.Record("joining.invited", $"joining:{code}", $"under {parentId?.Value.ToString() ?? "nobody"}, {share} for {days} days");
        return code;
    }

    private async Task<IReadOnlyList<OfferedRate>> OfferAsync(DistributorId? parentId, Bps share, CancellationToken cancel) =>
        [.. (await card.AboveNewcomerAsync(parentId, cancel)).Select(line => line with { Rate = line.Rate.Part(share) })];
}

/// <summary>The offered rates as a column keeps them.</summary>
internal static class OfferText
{
    public static string Write(IReadOnlyList<OfferedRate> rates) => JsonSerializer.Serialize(rates.Select(r => new Line(
        r.Product, r.Stage, r.Rate.IsShare ? null : r.Rate.Of(Money.Zero).Minor, r.Rate.IsShare ? (int)r.Rate.Of(new(10_000)).Minor : null)), Json.Options);

    public static IReadOnlyList<OfferedRate> Read(string text) =>
        [.. JsonSerializer.Deserialize<List<Line>>(text, Json.Options)!.Select(l => new OfferedRate(
            l.Product, l.Stage, l.Bps is { } bps ? Rate.Share(new(bps)) : Rate.Amount(new(l.Amount ?? 0))))];

    private sealed record Line(ProductId Product, string Stage, long? Amount, int? Bps);
}
