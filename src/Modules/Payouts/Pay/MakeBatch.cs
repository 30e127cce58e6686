using System.Globalization;

namespace HaoSuan.Payouts;

/// <summary>A payout of a batch is due: it goes to its transfer channel.</summary>
internal sealed record PayoutDue(PayoutId PayoutId, int Attempt = 1) : IEvent;

/// <summary>
/// Puts approved payouts of one way into a batch (付款批次) and sends it: transfers one by one to their channel, payments to bank accounts in one
/// file. Whoever is paid nothing for now is left out and waits for a later one.
/// </summary>
public sealed class MakeBatch(Db db, Holds holds, TenantScope tenant, Actor actor, Audit audit, Outbox outbox, TimeProvider time)
{
    private const int Most = 500;

    /// <param name="method">The way.</param>
    /// <param name="format">The format of the bank's file; null for transfers.</param>
    /// <param name="only">These of them; null: all that wait.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Guid>> RunAsync(
        PayoutMethod method, string? format, IReadOnlyCollection<PayoutId>? only = null, CancellationToken cancel = default) =>
        db.InTransaction(() => MakeAsync(method, format, only, cancel), cancel);

    private async Task<Result<Guid>> MakeAsync(PayoutMethod method, string? format, IReadOnlyCollection<PayoutId>? only, CancellationToken cancel)
    {
        var isFile = method == PayoutMethod.Bank;
        if (isFile && BankFormats.Find(format) is null) return new Refusal("payouts.bank_format").On("format");
        var query = db.Payouts.Where(p => p.Status == PayoutStatus.Approved && p.BatchId == null && p.SentAt == null && p.Method == method);
        if (only is not null) query = query.Where(p => only.Contains(p.Id));
        var waiting = await query.OrderBy(p => p.Number).Take(Most).ForUpdate().ToListAsync(cancel);
        var held = await holds.OfAsync(waiting.Select(p => p.DistributorId), cancel);
        var payouts = waiting.Where(p => !held.ContainsKey(p.DistributorId)).ToList();
        if (payouts.Count == 0) return new Refusal(waiting.Count == 0 ? "payouts.batch_empty" : "payouts.batch_held", waiting.Count);
        var id = Guid.CreateVersion7(time.GetUtcNow());
        db.Add(new PayoutBatchRow
        {
            Id = id,
            Number = string.Create(CultureInfo.InvariantCulture, $"PB{tenant.Zone.DateOf(time.Now):yyMMdd}{id.ToString("N")[^8..].ToUpperInvariant()}"),
            Method = method,
            Format = isFile ? format : null,
            MadeAt = time.Now,
            MadeBy = actor.Name,
        });
        foreach (var payout in payouts)
        {
            payout.BatchId = id;
            db.Add(new BatchLineRow { BatchId = id, Reference = payout.Reference, PayoutId = payout.Id, Amount = payout.Net });
            if (!isFile) outbox.Publish(new PayoutDue(payout.Id, payout.Attempt));
        }
        audit.Record("payout.batch_made", $"payout_batch:{id}", $"{method} {payouts.Count}");
        return id;
    }
}
