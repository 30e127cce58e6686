namespace HaoSuan.Ledger;

/// <summary>The end of the sealed journal (检查点): whoever has noted its hash can tell later whether anything before it was changed.</summary>
public sealed record Checkpoint(int Height, string Hash, Instant SealedAt);

/// <summary>A statement that proves itself, after everything in its file was checked.</summary>
/// <param name="IsClosed">Whether the month was closed, so that its statement never changes.</param>
/// <param name="Postings">How many lines are proven.</param>
/// <param name="Height">The checkpoint's block.</param>
/// <param name="Hash">The checkpoint's hash: it has to be the one that the operator shows everybody.</param>
public sealed record CheckedStatement(
    Month Month, bool IsClosed, Money Opening, Money Moved, Money Closing, int Postings, int Height, string Hash)
{
    /// <summary>Checks a file without a server or a database. Every fault is a refusal.</summary>
    /// <param name="file">The file.</param>
    /// <param name="noted">The hash of a checkpoint that was noted elsewhere, to compare.</param>
    public static Result<CheckedStatement> Of(ReadOnlySpan<byte> file, string? noted = null)
    {
        if (!ProvenStatement.Read(file).TryGet(out var read, out var refusals)) return refusals.ToList();
        try
        {
            if (new CheckStatement(read).Run(noted) is { Count: > 0 } faults) return faults.ToList();
        }
        catch (OverflowException e)
        {
            return new Refusal("ledger.statement_unreadable", e.Message);
        }
        return new CheckedStatement(
            read.Month, read.Closed, read.Total.Opening, read.Total.Moved, read.Total.Closing, read.Postings().Count(),
            read.Checkpoint.Height, Convert.ToHexStringLower(read.Checkpoint.Hash));
    }
}
