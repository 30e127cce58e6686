namespace HaoSuan.Upstreams;

/// <summary>How far orders have come on their way to their upstreams.</summary>
public sealed class Submissions(Db db)
{
    /// <summary>Those that nobody has tried to hand over are not among them.</summary>
    public async Task<IReadOnlyDictionary<OrderId, SubmissionState>> OfAsync(IReadOnlyCollection<OrderId> orders, CancellationToken cancel = default) =>
        await db.Submissions.Where(s => orders.Contains(s.OrderId)).ToDictionaryAsync(s => s.OrderId, s => s.State, cancel);
}
