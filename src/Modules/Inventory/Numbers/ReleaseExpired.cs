namespace HaoSuan.Inventory;

internal sealed class ReleaseExpired(Numbers numbers) : IRecurring
{
    public Task RunAsync(CancellationToken cancel) => numbers.ReleaseExpiredAsync(cancel);
}
