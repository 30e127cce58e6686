using HaoSuan.Ledger;

namespace HaoSuan.Settlements;

/// <summary>The last replay of all books has found nothing.</summary>
internal sealed class BooksVerifiedLast(VerifyNightly verify) : ICheckClosing
{
    public static ClosingStep Step => new("settlements.close_verified", 90, "/office/ledger/balances");

    public async Task<ClosingFinding> FindAsync(ClosingMonth month, CancellationToken cancel)
    {
        var last = await verify.LastAsync(cancel);
        return last is { Findings.Count: > 0 and var count }
            ? new([new(new Refusal("settlements.close_verified_findings", count), Step.Href)], At: last.At)
            : new([], At: last?.At);
    }
}
