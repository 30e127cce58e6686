using System.Data;
using HaoSuan.Ledger;

namespace HaoSuan.Settlements;

/// <summary>
/// Replays and compares everything that money rests on, in one snapshot of the database: the ledger by itself, lines with the
/// ledger, what is booked with the lines, and the target with what is booked. What is due for the next run is counted, not judged.
/// </summary>
public sealed class VerifyBooks
{
    private readonly Db _db;
    private readonly VerifyLedger _ledger;
    private readonly CompareLines _lines;
    private readonly CompareBooked _booked;
    private readonly CompareTargets _targets;

    internal VerifyBooks(Db db, VerifyLedger ledger, CompareLines lines, CompareBooked booked, CompareTargets targets) =>
        (_db, _ledger, _lines, _booked, _targets) = (db, ledger, lines, booked, targets);

    public async Task<BooksVerified> RunAsync(CancellationToken cancel = default)
    {
        await using var snapshot = await _db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var ledger = await _ledger.RunAsync(cancel);
        var (lines, upstream) = await _lines.FindAsync(cancel);
        var booked = await _booked.FindAsync(cancel);
        var targets = await _targets.FindAsync(upstream, cancel);
        return new(ledger.Entries, ledger.Seal, targets.Orders, targets.Waiting,
            [.. ledger.Findings, .. lines, .. booked, .. targets.Findings]);
    }
}
