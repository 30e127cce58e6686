namespace HaoSuan.Reconciliation;

/// <summary>Says what movements of the bank account are (认领): what an upstream has paid, or something else, with a word about it.</summary>
public sealed class ClaimLines(Db db, RecordReceipts receipts, Actor actor, Audit audit, TimeProvider time)
{
    private const int LongestNote = 200;

    /// <summary>Books these as paid by the upstream, or none of them.</summary>
    /// <param name="file">The statement.</param>
    /// <param name="numbers">Its movements.</param>
    /// <param name="upstream">Who has paid; null: whoever the movement names.</param>
    /// <param name="note">A word about it. Never personal data.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<int>> AsReceiptsAsync(
        BankFileId file, IReadOnlyCollection<int> numbers, UpstreamId? upstream, string note, CancellationToken cancel = default) =>
        EachAsync(file, numbers, note, async line =>
        {
            if (line.Amount <= Money.Zero) return new Refusal("reconciliation.line_went_out", line.Serial);
            if ((upstream ?? line.UpstreamId) is not { } payer) return new Refusal("reconciliation.line_whose", line.Serial).On("upstream");
            if (!(await receipts.OfLineAsync(line, payer, note, cancel)).TryGet(out var receipt, out var refusals)) return refusals[0];
            (line.State, line.ReceiptId) = (BankLineState.Receipt, receipt);
            return null;
        }, cancel);

    /// <summary>Says that these are nothing that has to be booked here, and what they are.</summary>
    public Task<Result<int>> AsOtherAsync(BankFileId file, IReadOnlyCollection<int> numbers, string note, CancellationToken cancel = default) =>
        EachAsync(file, numbers, note, line =>
        {
            if (string.IsNullOrWhiteSpace(note)) return Task.FromResult<Refusal?>(new Refusal("reconciliation.reason_missing", LongestNote).On("note"));
            line.State = BankLineState.Other;
            return Task.FromResult<Refusal?>(null);
        }, cancel);

    private Task<Result<int>> EachAsync(
        BankFileId file, IReadOnlyCollection<int> numbers, string note, Func<BankLineRow, Task<Refusal?>> claim, CancellationToken cancel) =>
        db.InTransaction<Result<int>>(async () =>
        {
            if (note.Length > LongestNote) return new Refusal("reconciliation.note_too_long", LongestNote).On("note");
            var lines = await db.BankLines.Where(l => l.FileId == file && numbers.Contains(l.Number)).OrderBy(l => l.Number).ForUpdate().ToListAsync(cancel);
            if (lines.Count == 0 || lines.Count < numbers.Count) return new Refusal("reconciliation.no_lines");
            foreach (var line in lines)
            {
                if (line.State != BankLineState.Open) return new Refusal("reconciliation.line_claimed", line.Serial);
                if (await claim(line) is { } refusal) return refusal;
                (line.Note, line.DecidedAt, line.DecidedBy) = (note.Trim(), time.Now, actor.Name);
                audit.Record("bank_line.claimed", $"bank_file:{file.Value}:{line.Number}", $"{line.State} {line.Amount}");
            }
            return lines.Count;
        }, cancel);
}
