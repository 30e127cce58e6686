using System.Text.Json;

namespace HaoSuan.Settlements;

/// <summary>Replays the books every night, and whenever somebody asks, and keeps what was found.</summary>
internal sealed class VerifyNightly(Db db, VerifyBooks verify, Texts texts, TimeProvider time) : IRecurring
{
    public const string Name = "verify-books";

    /// <summary>At half past three in Shanghai.</summary>
    public const string Cron = "0 30 19 * * ?";

    public async Task RunAsync(CancellationToken cancel)
    {
        var verified = await verify.RunAsync(cancel);
        await db.InTransaction(() => Task.FromResult(db.Add(new VerificationRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            At = time.Now,
            Entries = verified.Entries,
            Orders = verified.Orders,
            Waiting = verified.Waiting,
            Seal = verified.Seal,
            Findings = JsonSerializer.Serialize(verified.Findings.Select(f => texts.Of(f)), Json.Options),
        })), cancel);
    }

    /// <summary>The last one; null before the first.</summary>
    public async Task<KeptVerification?> LastAsync(CancellationToken cancel) =>
        await db.Verifications.AsNoTracking().OrderByDescending(v => v.At).FirstOrDefaultAsync(cancel) is { } row
            ? new(row.At, row.Entries, row.Orders, row.Waiting, row.Seal, JsonSerializer.Deserialize<List<string>>(row.Findings, Json.Options)!)
            : null;
}
