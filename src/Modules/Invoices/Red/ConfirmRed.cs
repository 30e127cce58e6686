namespace HaoSuan.Invoices;

/// <summary>The buyer says yes or no to a red letter (红字发票信息确认单), himself or through the office.</summary>
public sealed class ConfirmRed(Db db, Outbox outbox, Audit audit, TimeProvider time)
{
    public Task<Result<Done>> RunAsync(InvoiceId id, bool agrees, CancellationToken cancel = default) => db.InTransaction<Result<Done>>(async () =>
    {
        var red = await db.Invoices.Where(i => i.Id == id).ForUpdate().FirstOrDefaultAsync(cancel);
        if (red is not { State: InvoiceState.Confirming or InvoiceState.Lapsed, ConfirmBy: { } until }) return new Refusal("invoices.nothing_to_confirm");
        // The job that notes it may be late; the hours are not.
        if (red.State == InvoiceState.Lapsed || time.Now >= until) return new Refusal("invoices.confirmation_lapsed");
        red.State = agrees ? InvoiceState.Issuing : InvoiceState.Declined;
        if (agrees) red.IssuingAt = time.Now;
        if (agrees) outbox.Publish(new InvoiceAsked(id));
        audit.Record(agrees ? "invoice.red_confirmed" : "invoice.red_declined", $"invoice:{id.Value}", red.ConfirmationNo!);        // a red one has one
        return default(Done);
    }, cancel);
}

/// <summary>What nobody has confirmed in time lapses.</summary>
internal sealed class LapseConfirmations(Db db, TimeProvider time) : IRecurring
{
    public Task RunAsync(CancellationToken cancel)
    {
        var now = (Instant?)time.Now;
        return db.Invoices.Where(i => i.State == InvoiceState.Confirming && i.ConfirmBy <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.State, InvoiceState.Lapsed), cancel);
    }
}
