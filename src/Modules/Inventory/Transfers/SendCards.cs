namespace HaoSuan.Inventory;

/// <summary>Sends cards from one warehouse to another (调拨发出): all of them or none. They are on their way until they have arrived, or are given up.</summary>
public sealed class SendCards(Db db, Actor actor, Outbox outbox, Audit audit, TimeProvider time)
{
    private const int LongestNote = 200;

    public Task<Result<Guid>> RunAsync(
        string from, string to, string? note, IReadOnlyList<CardLine> cards, CancellationToken cancel = default) =>
        db.InTransaction(() => SendAsync(from, to, note?.Trim() ?? "", cards, cancel), cancel);

    private async Task<Result<Guid>> SendAsync(string from, string to, string note, IReadOnlyList<CardLine> cards, CancellationToken cancel)
    {
        if (note.Length > LongestNote) return new Refusal("inventory.note_too_long").On("note");
        if (from == to) return new Refusal("inventory.same_warehouse").On("to");
        if (await db.ClosedAsync(to, "to", cancel) is { } closed) return closed;
        CardBook book = new(db, actor, outbox, time);
        var rows = await book.LockAsync([.. cards.Select(c => c.Iccid)], cancel);
        var faults = cards.Where(c => rows.GetValueOrDefault(c.Iccid) is not { State: CardState.InStock } card || card.Place != from)
            .Select(c => new Refusal("inventory.line_not_in_warehouse", c.Line, c.Iccid, from)).ToList();
        if (faults.Count > 0) return Faults.Of(faults, "iccids");
        var transfer = new TransferRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            FromPlace = from,
            ToPlace = to,
            Cards = cards.Count,
            Note = note,
            SentBy = actor.Name,
            SentAt = time.Now,
        };
        db.Add(transfer);
        foreach (var card in rows.Values)
        {
            book.Move(card, CardState.InTransit, $"{from} → {to}", to, paper: transfer.Id);
            db.Add(new TransferCardRow { TransferId = transfer.Id, Iccid = card.Iccid, Outcome = TransferOutcome.OnTheWay });
        }
        audit.Record("transfer.sent", $"transfer:{transfer.Id}", $"{cards.Count}");
        return transfer.Id;
    }
}
