namespace HaoSuan.Orders;

/// <summary>Removes codes that nobody can use and that no limit counts any more.</summary>
internal sealed class ForgetTrackCodes(Db db, TimeProvider time) : IRecurring
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public Task RunAsync(CancellationToken cancel)
    {
        var old = time.Now - Kept;
        return db.TrackCodes.Where(c => c.AskedAt < old).ExecuteDeleteAsync(cancel);
    }
}
