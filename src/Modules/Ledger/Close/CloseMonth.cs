namespace HaoSuan.Ledger;

/// <summary>
/// Closes the books of a month (关账) and of all before it: nothing is booked there any more, so that its statements never change.
/// What is learned later is booked in the first open month. Reopening (反关账) is an act of its own; both are kept and audited.
/// While a step of the checklist is open there is no closing, and nobody can overrule it.
/// </summary>
public sealed class CloseMonth(
    Db db, SealBooks seal, ClosingChecklist checklist, TenantScope tenant, Actor actor, Audit audit, TimeProvider time)
{
    private const int MostTold = 20;

    public Task<Result<Done>> CloseAsync(Month month, CancellationToken cancel = default) => ActAsync("ledger.closed", month, "", async closed =>
    {
        if (month <= closed) return [new("ledger.month_is_closed", month)];
        if (month >= Month.Of(tenant.Zone.DateOf(time.Now))) return [new("ledger.month_not_over", month)];
        var open = (await checklist.OfAsync(month, cancel)).SelectMany(s => s.Finding.Blockers).Select(b => b.What).ToList();
        return open.Count > MostTold ? [.. open.Take(MostTold), new("ledger.month_has_more_open", open.Count - MostTold)] : open;
    }, cancel);

    /// <summary>Opens the month that was closed last.</summary>
    /// <param name="month">That month.</param>
    /// <param name="reason">Why, for whoever audits.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Done>> ReopenAsync(Month month, string reason, CancellationToken cancel = default) =>
        ActAsync("ledger.reopened", month + -1, reason, closed =>
        {
            if (string.IsNullOrWhiteSpace(reason)) return Task.FromResult<List<Refusal>>([new Refusal("ledger.reason_needed").On("Reason")]);
            return Task.FromResult<List<Refusal>>(month == closed ? [] : [new("ledger.not_the_last_closed", month)]);
        }, cancel);

    private async Task<Result<Done>> ActAsync(
        string action, Month through, string reason, Func<Month?, Task<List<Refusal>>> refuse, CancellationToken cancel)
    {
        await seal.RunAsync(cancel);     // most of it, while others still post
        return await db.InTransaction(async () =>
        {
            await db.HoldMonthsAsync(cancel);
            await seal.RunAsync(cancel);
            var last = await db.Closings.AsNoTracking().OrderByDescending(c => c.Sequence).FirstOrDefaultAsync(cancel);
            if (await refuse(last?.ClosedThrough) is { Count: > 0 } refusals) return (Result<Done>)refusals;
            db.Add(new ClosingRow
            {
                Sequence = (last?.Sequence ?? 0) + 1,
                ClosedThrough = through,
                At = time.Now,
                Actor = actor.Name,
                Reason = reason.Trim(),
                Height = await db.Heads.Select(h => h.Height).SingleOrDefaultAsync(cancel),
            });
            audit.Record(action, $"month:{(action == "ledger.closed" ? through : through + 1)}", reason.Trim());
            return default(Done);
        }, cancel);
    }
}
