using System.Data;
using HaoSuan.Ledger;

namespace HaoSuan.Settlements;

/// <summary>
/// Replays and compares everything that money rests on, in one snapshot of the database: the ledger by itself, what is
/// kept as booked with the ledger, and the target with what is booked. What is due for the next run is counted, not judged.
/// </summary>
public sealed class VerifyBooks
{
    private readonly Db _db;
    private readonly VerifyLedger _ledger;
    private readonly CompareBooked _booked;
    private readonly CompareTargets _targets;

    internal VerifyBooks(Db db, VerifyLedger ledger, CompareBooked booked, CompareTargets targets) =>
        (_db, _ledger, _booked, _targets) = (db, ledger, booked, targets);

    public async Task<BooksVerified> RunAsync(CancellationToken cancel = default)
    {
        await using var snapshot = await _db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var ledger = await _ledger.RunAsync(cancel);
        var booked = await _booked.FindAsync(cancel);
        var targets = await _targets.FindAsync(cancel);
        return new(ledger.Entries, ledger.Seal, targets.Orders, targets.Waiting,
            [.. ledger.Findings, .. booked, .. targets.Findings]);
    }
}
