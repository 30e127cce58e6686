namespace HaoSuan.Invoices;

/// <summary>
/// Hands an invoice to its issuer and applies what that says, once. Where it says nothing clear, it is asked again under the same id, later and later:
/// there are never two invoices for one that was asked for.
/// </summary>
public sealed class IssueInvoice(
    Db db, Issuers issuers, InvoiceBook book, InvoiceRates rates, SendInvoice send, Vault vault, Outbox outbox, TimeProvider time) : IFollow<InvoiceAsked>
{
    private const int LongestFault = 300;

    public Task FollowAsync(InvoiceAsked happened, CancellationToken cancel) => RunAsync(happened.Id, cancel);

    public async Task RunAsync(InvoiceId id, CancellationToken cancel = default)
    {
        if (await db.Invoices.AsNoTracking().FirstOrDefaultAsync(i => i.Id == id && i.State == InvoiceState.Issuing, cancel) is not { } invoice) return;
        var answer = issuers.Find(invoice.Issuer) is { } issuer
            ? await issuer.IssueAsync(await ReadAsync(invoice, cancel), cancel)
            : new IssueAnswer.Pending();
        await db.InTransaction(() => ApplyAsync(id, answer, cancel), cancel);
    }

    private async Task ApplyAsync(InvoiceId id, IssueAnswer answer, CancellationToken cancel)
    {
        if (await db.Invoices.Where(i => i.Id == id).ForUpdate().SingleAsync(cancel) is not { State: InvoiceState.Issuing } invoice) return;
        switch (answer)
        {
            case IssueAnswer.Issued issued:
                (invoice.State, invoice.Number, invoice.IssuedAt) = (InvoiceState.Issued, issued.Number, issued.At);
                (invoice.NextAskAt, invoice.Fault) = (null, null);
                foreach (var file in issued.Files) await KeepAsync(id, file, cancel);
                await db.SaveChangesAsync(cancel);
                await send.QueueAsync(invoice, cancel);
                outbox.Publish(new InvoiceIssued(id, invoice.Source, invoice.SaleId));
                break;
            case IssueAnswer.Refused refused:
                (invoice.State, invoice.NextAskAt) = (InvoiceState.Refused, null);
                invoice.Fault = refused.Why.Length <= LongestFault ? refused.Why : refused.Why[..LongestFault];
                break;
            case IssueAnswer.Pending pending:
                invoice.Fault = pending.Fault;
                invoice.NextAskAt = time.Now + InvoiceDates.Pause(time.Now - (invoice.IssuingAt ?? invoice.AskedAt));
                break;
        }
    }

    private async Task KeepAsync(InvoiceId id, InvoiceFile file, CancellationToken cancel) => db.Add(new DocumentRow
    {
        InvoiceId = id,
        Format = file.Format,
        SecretId = await vault.KeepAsync(SecretKind.Document, Convert.ToBase64String(file.Content), cancel),
    });

    private async Task<InvoiceToIssue> ReadAsync(InvoiceRow invoice, CancellationToken cancel)
    {
        var purpose = $"issue invoice {invoice.Id.Value}";
        var seller = (await rates.SellerAsync(cancel))!;        // without one nothing is asked for
        var (name, taxNumber) = (invoice.SellerName ?? seller.Name, invoice.SellerTaxNumber ?? seller.TaxNumber);
        await db.Invoices.Where(i => i.Id == invoice.Id && i.SellerName == null).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.SellerName, name).SetProperty(i => i.SellerTaxNumber, taxNumber), cancel);
        var blue = invoice.RedOf is { } of ? (await db.Invoices.AsNoTracking().SingleAsync(i => i.Id == of, cancel)).Number : null;
        return new(
            invoice.Id, invoice.Kind, new(name, taxNumber), await vault.RevealAsync(seller.DrawerId, purpose, cancel),
            new(await book.TitleAsync(invoice, purpose, cancel), invoice.TaxNumber), invoice.ReadLines(), $"订单 {invoice.SaleNo}", blue, invoice.ConfirmationNo);
    }
}

/// <summary>Asks the issuers again of whom something is awaited.</summary>
internal sealed class AskIssuers(Db db, IssueInvoice issue, TimeProvider time) : IRecurring
{
    private const int Most = 100;

    public async Task RunAsync(CancellationToken cancel)
    {
        var now = (Instant?)time.Now;
        var due = await db.Invoices.Where(i => i.State == InvoiceState.Issuing && i.NextAskAt <= now).OrderBy(i => i.NextAskAt)
            .Select(i => i.Id).Take(Most).ToListAsync(cancel);
        List<Exception> failures = [];
        foreach (var id in due)
        {
            try
            {
                await issue.RunAsync(id, cancel);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                failures.Add(new InvalidOperationException($"The invoice {id.Value} could not be asked for.", e));
            }
        }
        if (failures.Count > 0) throw new AggregateException(failures);
    }
}
