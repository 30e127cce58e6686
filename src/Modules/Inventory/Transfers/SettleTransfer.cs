namespace HaoSuan.Inventory;

/// <summary>What has become of a transfer's cards: they have arrived (收到), some of them or all, or are given up as lost (丢失).</summary>
public sealed class SettleTransfer(Db db, Actor actor, Outbox outbox, Audit audit, TimeProvider time)
{
    private const int LongestReason = 200;

    /// <summary>These have arrived, also one that was given up; null: all that are on their way. One that has arrived before is no fault.</summary>
    /// <returns>How many have arrived now by this transfer.</returns>
    public Task<Result<int>> ArriveAsync(Guid id, IReadOnlyList<CardLine>? cards, CancellationToken cancel = default) => db.InTransaction(async () =>
    {
        if (await FindAsync(id, cancel) is not var (transfer, sent)) return (Result<int>)new Refusal("inventory.transfer_unknown");
        var strangers = (cards ?? []).Where(c => !sent.ContainsKey(c.Iccid))
            .Select(c => new Refusal("inventory.line_not_of_transfer", c.Line, c.Iccid)).ToList();
        if (strangers.Count > 0) return Faults.Of(strangers, "iccids");
        var arriving = cards is null
            ? sent.Values.Where(c => c.Outcome == TransferOutcome.OnTheWay)
            : cards.Select(c => sent[c.Iccid]).Where(c => c.Outcome != TransferOutcome.Arrived);
        return await SettleAsync(transfer, [.. arriving], TransferOutcome.Arrived, "", cancel);
    }, cancel);

    /// <summary>All that are still on their way are given up; the department is told.</summary>
    public Task<Result<int>> GiveUpAsync(Guid id, string? given, CancellationToken cancel = default) => db.InTransaction(async () =>
    {
        var reason = given?.Trim() ?? "";
        if (reason.Length is 0 or > LongestReason) return (Result<int>)new Refusal("inventory.reason_required").On("reason");
        if (await FindAsync(id, cancel) is not var (transfer, sent)) return new Refusal("inventory.transfer_unknown");
        var lost = await SettleAsync(
            transfer, [.. sent.Values.Where(c => c.Outcome == TransferOutcome.OnTheWay)], TransferOutcome.Lost, reason, cancel);
        if (lost is { IsRefused: false, Value: > 0 }) outbox.Publish(new CardsLost(id, transfer.FromPlace, transfer.ToPlace, lost.Value));
        return lost;
    }, cancel);

    private async Task<(TransferRow, IReadOnlyDictionary<string, TransferCardRow>)?> FindAsync(Guid id, CancellationToken cancel) =>
        await db.Transfers.Where(t => t.Id == id).ForUpdate().FirstOrDefaultAsync(cancel) is { } transfer
            ? (transfer, await db.TransferCards.Where(c => c.TransferId == id).ToDictionaryAsync(c => c.Iccid, cancel))
            : null;

    private async Task<Result<int>> SettleAsync(
        TransferRow transfer, IReadOnlyList<TransferCardRow> cards, TransferOutcome outcome, string reason, CancellationToken cancel)
    {
        var to = outcome == TransferOutcome.Arrived ? CardState.InStock : CardState.Lost;
        CardBook book = new(db, actor, outbox, time);
        List<string> asked = [.. cards.Select(c => c.Iccid)];
        var rows = await book.LockAsync(asked, cancel);
        var steps = (await db.Moves.Where(m => EF.Parameter(asked).Contains(m.Iccid) && m.Paper == transfer.Id)
            .Select(m => new { m.Iccid, m.Step }).ToListAsync(cancel)).ToHashSet();
        var moved = 0;
        foreach (var card in cards)
        {
            // A card that was found meanwhile, in a stocktake or by hand, or is on another way since, has arrived: its transfer has nothing more to say of it.
            var row = rows[card.Iccid];
            var ours = steps.Contains(new { row.Iccid, Step = row.Steps });
            (card.Outcome, card.SettledAt) = (ours ? outcome : TransferOutcome.Arrived, time.Now);
            if (!ours) continue;
            book.Move(row, to, reason.Length > 0 ? reason : $"{transfer.FromPlace} → {transfer.ToPlace}", paper: transfer.Id);
            moved++;
        }
        audit.Record(outcome == TransferOutcome.Arrived ? "transfer.arrived" : "transfer.lost", $"transfer:{transfer.Id}", $"{moved} {reason}".Trim());
        return moved;
    }
}
