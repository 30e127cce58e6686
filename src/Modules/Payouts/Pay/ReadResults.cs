using System.Security.Cryptography;

namespace HaoSuan.Payouts;

/// <summary>
/// Reads a bank's file of results into a batch. The same file a second time changes nothing; what speaks of no payment of the batch is listed.
/// </summary>
public sealed class ReadResults(Db db, EndPayout end, Actor actor, Audit audit, TimeProvider time)
{
    private const int LongestNote = 300, LongestNumber = 64;

    /// <returns>The id of the file as it was read, now or before.</returns>
    public Task<Result<Guid>> RunAsync(Guid batchId, byte[] content, CancellationToken cancel = default) =>
        db.InTransaction(() => ReadAsync(batchId, content, cancel), cancel);

    private async Task<Result<Guid>> ReadAsync(Guid batchId, byte[] content, CancellationToken cancel)
    {
        var batch = await db.PayoutBatches.Where(b => b.Id == batchId).ForUpdate().FirstOrDefaultAsync(cancel);
        if (BankFormats.Find(batch?.Format) is not { } format) return new Refusal("payouts.no_such_batch").On("file");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        if (await db.PayoutResultFiles.FirstOrDefaultAsync(f => f.BatchId == batchId && f.Sha256 == sha256, cancel) is { } known) return known.Id;
        if (!format.Read(content).TryGet(out var results, out var refusals)) return refusals.Select(r => r.On("file")).ToList();
        var file = new ResultFileRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            BatchId = batchId,
            Sha256 = sha256,
            ReadAt = time.Now,
            ReadBy = actor.Name,
        };
        db.Add(file);
        var lines = await db.PayoutBatchLines.AsNoTracking().Where(l => l.BatchId == batchId).ToDictionaryAsync(l => l.Reference, cancel);
        foreach (var result in results)
        {
            var outcome = lines.TryGetValue(result.Reference, out var line) ? await TakeAsync(line, result, cancel) : ResultOutcome.Unknown;
            db.Add(new ResultLineRow
            {
                FileId = file.Id,
                Line = result.Line,
                Reference = Short(result.Reference, LongestNumber),
                Outcome = outcome,
                Note = Short(result.Note, LongestNote),
            });
        }
        audit.Record("payout.results_read", $"payout_batch:{batchId}", $"{results.Count} lines");
        return file.Id;
    }

    private async Task<ResultOutcome> TakeAsync(BatchLineRow line, BankResult result, CancellationToken cancel)
    {
        var payout = await db.Payouts.Where(p => p.Id == line.PayoutId).ForUpdate().SingleAsync(cancel);
        if (payout.Reference != line.Reference) return result.Paid ? ResultOutcome.Contradicts : ResultOutcome.Known;
        if (!payout.IsOpen) return result.Paid == (payout.Status == PayoutStatus.Paid) ? ResultOutcome.Known : ResultOutcome.Contradicts;
        if (payout.SentAt is null) return ResultOutcome.Contradicts;        // the bank was never asked for it
        if (result.Paid) await end.PaidAsync(payout, Short(result.Note, LongestNumber), time.Now, null, cancel);
        else await end.ReturnAsync(payout, PayoutStatus.Failed, Short(result.Note, LongestNote), cancel);
        return result.Paid ? ResultOutcome.Paid : ResultOutcome.Failed;
    }

    private static string Short(string text, int most) => text.Length > most ? text[..most] : text;
}
