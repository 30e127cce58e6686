using System.Globalization;
using CsCheck;
using HaoSuan.Ledger;
using HaoSuan.Settlements;

namespace HaoSuan.Tests.Engine;

/// <summary>A world to disturb settlement runs in, and what an undisturbed run on a copy of its database comes to.</summary>
public abstract class SettlementsSafetyTest(Databases engine) : SettlementsTest(engine)
{
    /// <summary>Small, so that a run has many transactions.</summary>
    protected const int PartSize = 4;

    private const int SeveralShops = 7;

    private readonly PCG _dice = new(1, 20260301);

    /// <summary>The randomness that a failure can be repeated with; when exactly something is hit depends on the machine as well.</summary>
    protected int Throw(int below) => (int)_dice.Next((uint)below);

    /// <summary>Activated orders of several chains, and a bonus that counts them.</summary>
    protected async Task<List<OrderId>> ActivatedOrders(int count)
    {
        var product = await Product();
        var bonus = Samples.Bonus.Replace("\"from\":101", "\"from\":6", StringComparison.Ordinal);
        _ = (await With<PublishBonus, Result<string>>(p => p.RunAsync(bonus, new Month(2026, 3), Cancel))).Value;
        List<OrderId> orders = [];
        for (var i = 0; i < count; i++)
        {
            orders.Add(await Order(product, Time.Now, new(9_90), [Member(Parent, ("first", 100_00)), Member(Shop(i % SeveralShops), ("first", 80_00 - i))]));
            await Record(orders[^1], "activated");
        }
        return orders;
    }

    protected static DistributorId Shop(int number) =>
        number == 0 ? Seller : new(Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"0198a000-0000-7000-8000-0000000001{number:00}")));

    /// <summary>What an undisturbed run posts now, on a copy of the database and in parts of the usual size.</summary>
    protected async Task<List<string>> Undisturbed()
    {
        await using var copy = await Database.CopyAsync();
        await using var services = Compose(copy).BuildServiceProvider();
        await In<RunSettlement, RunReport>(services, r => r.RunAsync(Time.Now, Cancel));
        return await JournalOf(services);
    }

    protected Task<List<string>> Posted() => JournalOf(Services);

    /// <summary>A run in small parts.</summary>
    protected Task<RunReport> RunInParts() => With<RunSettlement, RunReport>(run =>
    {
        run.PartSize = PartSize;
        return run.RunAsync(Time.Now, Cancel);
    });

    protected Task<List<RunReport>> Unfinished() => With<Runs, List<RunReport>>(async runs =>
        [.. (await runs.AllAsync(0, int.MaxValue, Cancel)).Where(r => r.FinishedAt is null)]);

    /// <summary>Every entry, but for what differs between two runs of the same: its id, its number and when it was posted.</summary>
    private async Task<List<string>> JournalOf(IServiceProvider services) =>
        [.. (await In<Books, IReadOnlyList<PostedEntry>>(services, b => b.WalkAsync([], -1, int.MaxValue, Cancel)))
            .Select(TextOf).Order(StringComparer.Ordinal)];

    private static string TextOf(PostedEntry e) =>
        $"{e.Source} {e.Kind} {e.Period} {e.At} {e.Memo} {e.OrderId}: {string.Join("; ", e.Postings.Select(p => $"{p.Account} {p.Amount} {p.Label}"))}";

    private async Task<T> In<TService, T>(IServiceProvider services, Func<TService, Task<T>> call) where TService : notnull
    {
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateScope(Tenant);
        return await call(scope.ServiceProvider.GetRequiredService<TService>());
    }
}
