using System.Runtime.CompilerServices;
using HaoSuan.Exceptions;

namespace HaoSuan.Payouts;

/// <summary>
/// Payouts of which their channel does not say what has become, and lines of banks' results that fit nothing: neither is repeated or given back by
/// itself.
/// </summary>
internal sealed class SilentTransfers(Db db) : ICompare
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private static readonly CaseKind Silent = new("payouts.case_silent", Policies.Finance, TimeSpan.FromHours(4));
    private static readonly CaseKind Odd = new("payouts.case_result", Policies.Finance, TimeSpan.FromDays(1));

    public static IReadOnlyList<CaseKind> Kinds => [Silent, Odd];

    public async IAsyncEnumerable<Finding> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancel)
    {
        var since = (Instant?)(comparison.Now - Patience);
        // Where the payee has yet to confirm, the channel has told how it stands.
        var silent = db.Payouts.AsNoTracking().Where(p => p.NextQueryAt != null && p.SentAt <= since && p.Confirmation == null);
        await foreach (var p in silent.AsAsyncEnumerable().WithCancellation(cancel))
        {
            yield return new(Silent, $"{p.Id.Value}:{p.Attempt}", p.Reference, $"/office/payouts/{p.Id.Value}", p.SentAt!.Value, p.Reference, p.Net)
            {
                Amount = p.Net,
            };
        }
        var odd = db.PayoutResultLines.AsNoTracking()
            .Where(l => l.Outcome == ResultOutcome.Unknown || l.Outcome == ResultOutcome.Contradicts)
            .Join(db.PayoutResultFiles, l => l.FileId, f => f.Id, (l, f) => new { l.FileId, l.Line, l.Reference, f.BatchId, f.ReadAt });
        await foreach (var l in odd.AsAsyncEnumerable().WithCancellation(cancel))
            yield return new(Odd, $"{l.FileId}:{l.Line}", l.Reference, $"/office/payouts/batches/{l.BatchId}", l.ReadAt, l.Reference, l.Line);
    }
}
