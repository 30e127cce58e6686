using System.Runtime.CompilerServices;
using HaoSuan.Exceptions;
using HaoSuan.Notifications;

namespace HaoSuan.Invoices;

/// <summary>Invoices that do not get on: refused or unanswered by their issuer, not arrived, or red ones that nobody has confirmed.</summary>
internal sealed class InvoicesInTrouble(Db db, Mails mails) : ICompare
{
    private static readonly TimeSpan ToIssue = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan ToSend = TimeSpan.FromMinutes(30);

    private static readonly CaseKind Refused = new("invoices.case_refused", Policies.Finance, TimeSpan.FromDays(1));
    private static readonly CaseKind Unanswered = new("invoices.case_unanswered", Policies.Finance, TimeSpan.FromDays(1));
    private static readonly CaseKind ShutOut = new("invoices.case_shut_out", Policies.Finance, TimeSpan.FromDays(1));
    private static readonly CaseKind NotArrived = new("invoices.case_mail", Policies.Finance, TimeSpan.FromDays(1));
    private static readonly CaseKind NotConfirmed = new("invoices.case_not_confirmed", Policies.Finance, TimeSpan.FromDays(3));

    public static IReadOnlyList<CaseKind> Kinds => [Refused, Unanswered, ShutOut, NotArrived, NotConfirmed];

    public async IAsyncEnumerable<Finding> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var invoice in await db.Invoices.AsNoTracking().Where(i => i.State == InvoiceState.Refused).ToListAsync(cancel))
            yield return Found(Refused, invoice, invoice.IssuingAt ?? invoice.AskedAt, invoice.SaleNo, invoice.Fault ?? "");
        var late = (Instant?)(comparison.Now - ToIssue);
        var issuing = db.Invoices.AsNoTracking().Where(i => i.State == InvoiceState.Issuing);
        foreach (var invoice in await issuing.Where(i => i.Fault != null).ToListAsync(cancel))
            yield return Found(ShutOut, invoice, invoice.IssuingAt ?? invoice.AskedAt, invoice.SaleNo, invoice.Fault ?? "");
        foreach (var invoice in await issuing.Where(i => i.Fault == null && i.IssuingAt <= late).ToListAsync(cancel))
            yield return Found(Unanswered, invoice, invoice.IssuingAt ?? invoice.AskedAt, invoice.SaleNo);
        foreach (var mail in await mails.TroubledAsync(SendInvoice.Kind, ToSend, cancel))
        {
            if (await db.Invoices.AsNoTracking().FirstOrDefaultAsync(i => i.MailId == mail.Id, cancel) is { } invoice)
            {
                var state = new NotificationValue(Key: InvoiceWords.KeyOf(mail.State));
                yield return Found(NotArrived, invoice, mail.EndedAt ?? mail.QueuedAt, invoice.Number ?? "", state, mail.Fault ?? "");
            }
        }
        // Until another red one has taken its place.
        var all = db.Invoices.AsNoTracking();
        var failed = all.Where(r => r.RedOf != null && (r.State == InvoiceState.Lapsed || r.State == InvoiceState.Declined));
        foreach (var red in await failed.Where(r => !all.Any(l => l.RedOf == r.RedOf && l.Step > r.Step)).ToListAsync(cancel))
            yield return Found(NotConfirmed, red, red.ConfirmBy ?? red.AskedAt, red.ConfirmationNo ?? "");
    }

    private static Finding Found(CaseKind kind, InvoiceRow invoice, Instant since, params NotificationValue[] values) => new(
        kind, $"{invoice.Id.Value}", invoice.Number ?? invoice.SaleNo, $"/office/invoices/{invoice.Id.Value}", since, values)
    { Amount = new(Math.Abs((invoice.Net + invoice.Tax).Minor)) };
}
